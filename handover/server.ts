import type { AddressResult } from "./address";
import type { AttachmentFacts } from "./facts";

/** A setting of W&B's server, by the name of its environment variable or Helm value. */
export type Settings = Readonly<Record<string, string>>;

/** How the instance's bucket is set: by environment variables, or by Helm. */
export interface InstanceSettings {
  readonly env: Settings;
  /** `global.bucket` of the chart operator-wandb. */
  readonly helm: Settings;
}

const SECRET = "(the secret; --reveal shows it)";

/**
 * The settings of the instance's bucket.
 *
 * @see https://github.com/wandb/helm-charts/tree/main/charts/operator-wandb `global.bucket`
 */
export function instanceSettings(facts: AttachmentFacts, reveal: boolean): InstanceSettings {
  const { form, path, credentials = {} } = facts;
  const {
    bucket = "",
    region = "",
    kms_key_arn: kmsKey = "",
    account_name = "",
    container_name = "",
    endpoint = "",
  } = form;
  const below = (root: string) => (path ? `${root}/${path}` : root);
  const secret = (part: string) => (!credentials[part] ? "" : reveal ? credentials[part] : SECRET);
  const accessKey = { accessKey: secret("access_key_id"), secretKey: secret("secret_access_key") };
  switch (facts.cloud) {
    case "aws":
      return given({
        env: { BUCKET: below(`s3://${bucket}`), AWS_REGION: region, AWS_S3_KMS_ID: kmsKey },
        helm: { provider: "s3", name: bucket, path, region, kmsKey, ...accessKey },
      });
    case "gcp":
      return given({ env: { BUCKET: below(`gs://${bucket}`) }, helm: { provider: "gcs", name: bucket, path } });
    case "azure":
      return given({
        env: { BUCKET: below(`az://${account_name}/${container_name}`), AZURE_STORAGE_KEY: secret("account_key") },
        helm: { provider: "az", name: account_name, path: below(container_name), secretKey: secret("account_key") },
      });
    case "s3-compatible":
      return given({
        env: { BUCKET: below(`s3://${endpoint}/${bucket}`), AWS_REGION: region },
        helm: { provider: "s3", name: endpoint, path: below(bucket), region, ...accessKey },
      });
    case "coreweave":
      return given({ env: { BUCKET: below(`cw://${bucket}`) }, helm: { provider: "cw", name: bucket, path } });
    default:
      return facts.cloud satisfies never;
  }
}

function given({ env, helm }: InstanceSettings): InstanceSettings {
  const filled = (settings: Settings) =>
    Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ""));
  return { env: filled(env), helm: filled(helm) };
}

/** What stands in `GORILLA_SUPPORTED_FILE_STORES` for an attachment's store, and what to know of it. */
export interface SupportedStore {
  readonly value: string;
  readonly note?: string;
}

/**
 * The store of a team, as W&B's server must know it before the team is made; undefined where it needs not. How several are
 * separated is documented nowhere, hence one line for each.
 *
 * CoreWeave's is the exact text `cw://`, although W&B's page also writes a whole address with credentials.
 */
export function supportedStore(
  { cloud, form }: Pick<AttachmentFacts, "cloud" | "form">,
  address: AddressResult | undefined,
): SupportedStore | undefined {
  if (cloud === "coreweave") {
    const whole = `cw://<accessKey>:<secretAccessKey>@cwobject.com/${form["bucket"]}?tls=true`;
    return {
      value: "cw://",
      note: `W&B's page says exactly this text, and also documents ${whole}; the two contradict each other, so ask W&B's support`,
    };
  }
  if (!address) return undefined;
  return "address" in address
    ? { value: address.address }
    : { value: "", note: `give ${address.missing.join(" and ")} by a Terraform variable, deploy, and hand over again` };
}
