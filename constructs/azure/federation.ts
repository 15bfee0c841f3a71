import * as z from "zod";
import { at, quote, type Fault, type Issue } from "../issue";

/** How many federated credentials an identity may have. */
const MAX_CREDENTIALS = 20;
const LIMITS =
  "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations#general-federated-identity-credential-considerations";

/** What Entra ID asks of a token that is traded for one of its own. */
export const AUDIENCE = "api://AzureADTokenExchange";

/**
 * Kubernetes service accounts of W&B's pods that use the storage, as W&B's own module lists them in June 2026. W&B adds
 * and renames pods, so a deployment file may give another list.
 *
 * @see https://github.com/wandb/terraform-azurerm-wandb/tree/main/modules/secure_storage_connector
 */
export const SERVICE_ACCOUNTS = [
  ...["wandb-app", "wandb-api", "wandb-console", "wandb-executor", "wandb-parquet", "wandb-filestream"],
  ...["wandb-filemeta", "wandb-glue", "wandb-weave", "wandb-weave-trace", "wandb-settings-migration-job"],
  ...["bufstream-service-account", "wandb-bucket-access"],
];

/** The fields of a storage that W&B's pods sign in to with the tokens of their Kubernetes cluster. */
export const federationFields = {
  oidcIssuerUrl: z.string().describe('OIDC issuer of the cluster that W&B runs in, from W&B, with its "/" at the end'),
  namespace: z.string().optional().describe("Kubernetes namespace that W&B runs in. Default: default"),
  serviceAccounts: z
    .array(z.string())
    .optional()
    .describe(
      `Kubernetes service accounts of W&B that may sign in, at most ${MAX_CREDENTIALS}. Default: the ${SERVICE_ACCOUNTS.length} of W&B's module`,
    ),
};

/** Which pods sign in. */
export interface Federation {
  readonly oidcIssuerUrl: string;
  /** @default default */
  readonly namespace?: string | undefined;
  /** @default - {@link SERVICE_ACCOUNTS} */
  readonly serviceAccounts?: readonly string[] | undefined;
}

/** How Entra ID names a service account. */
export function subjectOf({ namespace = "default" }: Federation, serviceAccount: string): string {
  return `system:serviceaccount:${namespace}:${serviceAccount}`;
}

/** All that is wrong with which pods are to sign in; paths begin at the fields. */
export function federationIssues({ oidcIssuerUrl, namespace, serviceAccounts }: Federation): Issue[] {
  return [
    ...at(["oidcIssuerUrl"], issuerFaults(oidcIssuerUrl)),
    ...at(["namespace"], namespace === undefined ? [] : namespaceFaults(namespace)),
    ...(serviceAccounts === undefined ? [] : serviceAccountIssues(serviceAccounts)),
  ];
}

function issuerFaults(url: string): Fault[] {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const asWritten = parsed && [parsed.href, parsed.href.replace(/\/$/, "")].includes(url);
  const rules: [boolean, string, string][] = [
    [
      !asWritten || parsed.protocol !== "https:" || /[?#@]/.test(url),
      "be an https:// address in lower case, without user, port, query or fragment",
      "Copy it from `az aks show --query oidcIssuerProfile.issuerUrl`, or ask W&B for it.",
    ],
    [
      !url.endsWith("/"),
      'end with "/"',
      'Add the "/": Entra ID compares the address letter by letter with the one in the pods\' tokens, which has it.',
    ],
  ];
  return rules
    .filter(([isBroken]) => isBroken)
    .map(([, rule, fix]) => ({
      message: `Cannot trust the OIDC issuer: must ${rule}, got ${quote(url)}`,
      fix,
      source: "https://github.com/wandb/terraform-azurerm-wandb/tree/main/examples/secure-storage-connector",
    }));
}

const LABEL_MAX = 63;

function namespaceFaults(namespace: string): Fault[] {
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(namespace) && namespace.length <= LABEL_MAX) return [];
  return [
    {
      message: `Cannot use the namespace: must be 1 to ${LABEL_MAX} of a-z, 0-9 and "-", a letter or digit at both ends, got ${quote(namespace)}`,
      fix: "Give the Kubernetes namespace of W&B's pods, or drop `namespace`.",
    },
  ];
}

/** A credential is named after its service account, so Azure's bounds for the one hold for the other. */
const CREDENTIAL_NAME = { min: 3, max: 120 };

function serviceAccountIssues(names: readonly string[]): Issue[] {
  const { min, max } = CREDENTIAL_NAME;
  const count = {
    message: `Cannot let the service accounts sign in: must be 1 to ${MAX_CREDENTIALS}, got ${names.length}`,
    fix: "List those that W&B's pods run as: an identity takes no more credentials.",
    source: LIMITS,
  };
  const each = names.flatMap((name, index) => {
    const isName = /^[a-z0-9][a-z0-9-]*[a-z0-9]$/.test(name) && name.length >= min && name.length <= max;
    const shape = isName ? "" : `be ${min} to ${max} of a-z, 0-9 and "-", a letter or digit at both ends`;
    const rule = shape || (names.indexOf(name) < index ? "be listed once" : "");
    const message = `Cannot let the service account sign in: must ${rule}, got ${quote(name)}`;
    return at(["serviceAccounts", String(index)], rule ? [{ message, fix: "Correct or drop the name." }] : []);
  });
  return [...at(["serviceAccounts"], names.length < 1 || names.length > MAX_CREDENTIALS ? [count] : []), ...each];
}
