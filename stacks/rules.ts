import { awsIssues, awsProviderIssues, awsProviderAlias, type AwsAccountProps } from "../constructs/aws/props";
import { oneOf, quote, type Issue } from "../constructs/issue";
import { accessOf, HOSTS, type Host } from "./access";
import { attachmentIssues, attachmentsOf, scopesOf } from "./attachments";
import { cloudsOf, TYPE_NAMES } from "./availability";
import type { DeploymentShape, StorageShape } from "./schema";

/** All that W&B or a cloud does not allow in a deployment whose shape is right. */
export function issuesOf(shape: DeploymentShape): Issue[] {
  return [
    ...nameIssues(shape),
    ...wandbIssues(shape),
    ...storageIssues(shape),
    ...attachmentIssues(shape),
    ...retiredIssues(shape),
    ...providerIssues(shape),
    ...stateIssues(shape),
  ];
}

/** What is allowed but should be known. */
export function warningsOf(shape: DeploymentShape): Issue[] {
  if (shape.state && shape.state.backend !== "local") return [];
  return [
    {
      path: ["state"],
      message: "State is kept in a local file: whoever lacks that file can't change or even plan this deployment",
      fix: "Give `state` a backend that your team shares: s3, gcs, azurerm or cloud.",
      source: "https://developer.hashicorp.com/terraform/language/backend",
    },
  ];
}

/** Where W&B runs, if it can be told: as said, else the cloud of the instance storage. */
export function runsOnOf(shape: DeploymentShape): Host | undefined {
  if (shape.type === "saas") return undefined;
  const cloud = shape.instance && shape.storage[shape.instance.storage]?.cloud;
  return shape.wandb?.runsOn ?? HOSTS.find((host) => host === cloud);
}

const NAME_MAX = 63;

function nameIssues({ name, storage }: DeploymentShape): Issue[] {
  const issues: Issue[] = [];
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) || name.length > NAME_MAX) {
    issues.push({
      path: ["name"],
      message: `Cannot name the deployment: must be 1 to ${NAME_MAX} of a-z, 0-9 and "-", a letter or digit at both ends, got ${quote(name)}`,
      fix: 'Write a name such as "acme-dedicated": it becomes the name of the stack and of its folder.',
    });
  }
  for (const alias of Object.keys(storage)) {
    if (/^[A-Za-z][\w-]*$/.test(alias)) continue;
    issues.push({
      path: ["storage", alias],
      atKey: true,
      message: `Cannot name the storage: must be a letter, then letters, digits, "_" and "-", got ${quote(alias)}`,
      fix: 'Write a name such as "main".',
    });
  }
  return issues;
}

function wandbIssues(shape: DeploymentShape): Issue[] {
  const { type, wandb } = shape;
  const issues: Issue[] = [];
  if (wandb?.url !== undefined) issues.push(...urlIssues(wandb.url, type === "self-managed"));
  else if (type !== "saas") {
    issues.push({
      path: ["wandb", "url"],
      message: `Cannot tell where W&B's web pages are: must have \`wandb.url\` on ${TYPE_NAMES[type]}, got none`,
      fix: "Add `wandb: { url: https://… }`, the address your users type: the bucket's CORS lets that origin in.",
    });
  }
  if (type === "saas" && wandb?.runsOn) {
    issues.push({
      path: ["wandb", "runsOn"],
      message: `Cannot choose where SaaS runs: must have no \`wandb.runsOn\`, got ${quote(wandb.runsOn)}`,
      fix: "Drop `runsOn`: it is for Dedicated Cloud and Self-managed.",
    });
  }
  if (type !== "saas" && runsOnOf(shape) === undefined) {
    issues.push({
      path: ["wandb", "runsOn"],
      message: "Cannot tell where W&B runs: must have `wandb.runsOn`, or an instance storage on AWS, GCP or Azure",
      fix: `Add \`runsOn\` (${oneOf(HOSTS)}) below \`wandb\`: it decides whether W&B needs credentials for a bucket.`,
    });
  }
  return issues;
}

function urlIssues(url: string, mayBePlain: boolean): Issue[] {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const schemes = mayBePlain ? ["https:", "http:"] : ["https:"];
  const fits = parsed && schemes.includes(parsed.protocol) && /^[\w.[\]:-]+$/.test(parsed.host);
  if (fits && parsed.origin === url) return [];
  return [
    {
      path: ["wandb", "url"],
      message: `Cannot use W&B's URL: must be an origin (${schemes.map((s) => `${s}//<host>`).join(" or ")}, nothing behind it), got ${quote(url)}`,
      fix: fits
        ? `Write ${quote(parsed.origin)}.`
        : 'Write the address of W&B\'s web pages, such as "https://acme.wandb.io".',
    },
  ];
}

function storageIssues(shape: DeploymentShape): Issue[] {
  const { type, storage } = shape;
  const runsOn = runsOnOf(shape);
  const attachments = attachmentsOf(shape);
  const entries = Object.entries(storage);
  if (entries.length === 0 && !shape.retired?.length) {
    return [
      {
        path: ["storage"],
        message: "Cannot make a deployment of nothing: must have a storage, got none",
        fix: "Declare a bucket below `storage`, and attach the instance or a team to it.",
      },
    ];
  }
  return entries.flatMap(([alias, props]) => {
    const path = ["storage", alias];
    const offered = cloudsOf(type).includes(props.cloud); // else the attachment says so
    return [
      ...sameBucketIssues(entries, alias, props),
      ...(offered
        ? cloudIssues(props, {
            type,
            access: runsOn || type === "saas" ? accessOf(type, runsOn, props.cloud) : "role",
            scopes: scopesOf(alias, attachments),
          })
        : []
      ).map((issue) => ({
        ...issue,
        path: [...path, ...issue.path],
      })),
    ];
  });
}

/** The name under which a bucket exists in the world: no two storages may have the same. */
function physicalName(props: StorageShape): string {
  switch (props.cloud) {
    case "aws":
    case "gcp":
    case "coreweave":
      return `${props.cloud} ${props.bucket}`;
    case "azure":
      return `azure ${props.account} ${props.container}`;
    case "s3-compatible":
      return `s3-compatible ${props.endpoint} ${props.bucket}`;
    default:
      return props satisfies never;
  }
}

function sameBucketIssues(entries: [string, StorageShape][], alias: string, props: StorageShape): Issue[] {
  const first = entries.find(([, other]) => physicalName(other) === physicalName(props));
  if (!first || first[0] === alias) return [];
  const key = props.cloud === "azure" ? "container" : "bucket";
  return [
    {
      path: ["storage", alias, key],
      message: `Cannot declare the bucket twice: must be declared once, got ${quote(physicalName(props))} as ${quote(first[0])} and as ${quote(alias)}`,
      fix: `Drop ${quote(alias)} and attach its users to ${quote(first[0])}, each with a \`path\` of its own.`,
    },
  ];
}

function cloudIssues(props: StorageShape, context: Parameters<typeof awsIssues>[1]): Issue[] {
  switch (props.cloud) {
    case "aws":
      return awsIssues(props, context);
    case "gcp":
    case "azure":
    case "s3-compatible":
    case "coreweave":
      return [
        {
          path: ["cloud"],
          message: `Cannot make the bucket: must be in "aws", the cloud that this version builds, got ${quote(props.cloud)}`,
          fix: "W&B offers it; this version of wandb-byob does not build it yet.",
        },
      ];
    default:
      return props satisfies never;
  }
}

function retiredIssues({ retired = [], storage }: DeploymentShape): Issue[] {
  return retired.flatMap((gone, index) => {
    const path = ["retired", String(index)];
    const alias = Object.entries(storage).find(
      ([, props]) => props.cloud === gone.cloud && props.bucket === gone.bucket,
    );
    const issues: Issue[] = awsProviderIssues(gone).map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
    if (alias) {
      issues.push({
        path: [...path, "bucket"],
        message: `Cannot retire the bucket: must not be in use, got ${quote(gone.bucket)}, which is storage ${quote(alias[0])}`,
        fix: `Drop storage ${quote(alias[0])}, or keep the bucket and drop it here.`,
      });
    }
    return issues;
  });
}

/** One provider configuration serves an account and region: two ways to sign in to it can't both hold. */
function providerIssues({ storage, retired = [] }: DeploymentShape): Issue[] {
  const users: [string[], AwsAccountProps][] = [
    ...Object.entries(storage).flatMap(([alias, props]): [string[], AwsAccountProps][] =>
      props.cloud === "aws" ? [[["storage", alias], props]] : [],
    ),
    ...retired.map((gone, index): [string[], AwsAccountProps] => [["retired", String(index)], gone]),
  ];
  return users.flatMap(([path, props]) => {
    const first = users.find(([, other]) => awsProviderAlias(other) === awsProviderAlias(props));
    const signIn = (p: AwsAccountProps) => JSON.stringify([p.profile, p.assumeRole?.roleArn, p.assumeRole?.externalId]);
    if (!first || signIn(first[1]) === signIn(props)) return [];
    return [
      {
        path,
        message: `Cannot sign in to account ${quote(props.account)} in ${quote(props.region)} in two ways: must have the \`profile\` or \`assumeRole\` of ${quote(first[0].join("."))}, got another`,
        fix: "Give both the same `profile` or `assumeRole`.",
      },
    ];
  });
}

function stateIssues({ state, storage }: DeploymentShape): Issue[] {
  if (state?.backend !== "s3" && state?.backend !== "gcs") return [];
  const cloud = state.backend === "s3" ? "aws" : "gcp";
  const own = Object.values(storage).some((props) => props.cloud === cloud && props.bucket === state.bucket);
  if (!own) return [];
  return [
    {
      path: ["state", "bucket"],
      message: `Cannot keep the state there: must not be a bucket that W&B uses, got ${quote(state.bucket)}`,
      fix: "Choose a bucket that exists before this deployment and that W&B can't read: state may hold secrets.",
    },
  ];
}
