import { oneOf, quote, type Issue } from "../constructs/issue";
import { HOSTS } from "./access";
import { attachmentIssues } from "./attachments";
import { TYPE_NAMES } from "./availability";
import { physicalNames } from "./clouds";
import type { DeploymentShape } from "./schema";
import type { State } from "./state";
import { storageIssues, storageWarnings } from "./storage-rules";
import { runsOnOf } from "./where";

/** All that W&B or a cloud does not allow in a deployment whose shape is right. */
export function issuesOf(shape: DeploymentShape): Issue[] {
  return [
    ...nameIssues(shape),
    ...wandbIssues(shape),
    ...storageIssues(shape),
    ...attachmentIssues(shape),
    ...stateIssues(shape),
  ];
}

/** What is allowed but should be known. */
export function warningsOf(shape: DeploymentShape): Issue[] {
  return [...stateWarnings(shape), ...storageWarnings(shape)];
}

function stateWarnings({ state }: DeploymentShape): Issue[] {
  if (state && state.backend !== "local") return [];
  return [
    {
      path: ["state"],
      message: "State is kept in a local file: whoever lacks that file can't change or even plan this deployment",
      fix: "Give `state` a backend that your team shares: s3, gcs, azurerm or cloud.",
      source: "https://developer.hashicorp.com/terraform/language/backend",
    },
  ];
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
  if (type === "dedicated" && wandb?.runsOn === "onprem") {
    issues.push({
      path: ["wandb", "runsOn"],
      message: 'Cannot run Dedicated Cloud there: must be "aws", "gcp" or "azure", got "onprem"',
      fix: "Name the cloud that W&B runs your deployment in, or write `type: self-managed`.",
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

/** State that W&B's principal may read, overwrite and delete would be lost or, with secrets in it, leaked. */
function stateIssues({ state, storage }: DeploymentShape): Issue[] {
  const place = statePlace(state);
  const taken = Object.values(storage).flatMap((props) => physicalNames(props).map(({ name }) => name));
  if (!place || !taken.includes(place.name)) return [];
  return [
    {
      path: ["state", place.key],
      message: `Cannot keep the state there: must not be where W&B keeps its files, got ${quote(place.name)}`,
      fix: "Choose a place that exists before this deployment and that W&B can't read: state may hold secrets.",
    },
  ];
}

function statePlace(state: State | undefined): { key: string; name: string } | undefined {
  switch (state?.backend) {
    case "s3":
      return { key: "bucket", name: `aws bucket ${state.bucket}` };
    case "gcs":
      return { key: "bucket", name: `gcp bucket ${state.bucket}` };
    case "azurerm":
      return { key: "storageAccountName", name: `azure storage account ${state.storageAccountName}` };
    default:
      return undefined;
  }
}
