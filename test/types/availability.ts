/**
 * What the types allow and refuse; `tsc` is the judge (npm run types, and test/stacks/types.test.ts). Nothing here runs.
 */
import { App } from "cdktf";
import { DedicatedStack } from "../../stacks/dedicated";
import { SaasStack } from "../../stacks/saas";
import { SelfManagedStack } from "../../stacks/self-managed";

const app = new App();
const aws = { cloud: "aws", account: "111122223333", region: "us-east-1", bucket: "acme-wandb" } as const;
const gcp = { cloud: "gcp", project: "acme-ml", location: "EU", bucket: "acme-wandb" } as const;
const user = "arn:aws:iam:::user/wandb";
const s3 = {
  cloud: "s3-compatible",
  kind: "minio",
  endpoint: "s3.acme.com",
  region: "x",
  bucket: "b-b",
  principal: user,
} as const;
const wandb = { url: "https://acme.wandb.io" };
const principal = "arn:aws:iam::111122223333:role/wandb";

// Legal
new SaasStack(app, "a", { storage: { main: aws, other: gcp }, teams: { x: { storage: "main" } } });
new SaasStack(app, "b", {
  wandb: { url: "https://wandb.ai" },
  storage: { main: aws },
  teams: { x: { storage: "main", path: "x" } },
});
new DedicatedStack(app, "c", {
  wandb,
  storage: { main: aws, s3 },
  instance: { storage: "main" },
  teams: { x: { storage: "s3" } },
});
new SelfManagedStack(app, "d", { wandb, storage: { main: { ...aws, principal } }, instance: { storage: "main" } });

// @ts-expect-error SaaS has no instance level
new SaasStack(app, "e", { storage: { main: aws }, instance: { storage: "main" } });

// @ts-expect-error SaaS has no Azure
new SaasStack(app, "f", { storage: { main: { cloud: "azure" } }, teams: { x: { storage: "main" } } });

// @ts-expect-error SaaS has no S3-compatible storage
new SaasStack(app, "g", { storage: { s3 }, teams: { x: { storage: "s3" } } });

// @ts-expect-error SaaS does not let you choose the principal
new SaasStack(app, "h", { storage: { main: { ...aws, principal } }, teams: { x: { storage: "main" } } });

// @ts-expect-error SaaS does not let you choose where it runs
new SaasStack(app, "i", { wandb: { runsOn: "aws" }, storage: { main: aws }, teams: { x: { storage: "main" } } });

// @ts-expect-error a storage that isn't declared
new DedicatedStack(app, "j", { wandb, storage: { main: aws }, instance: { storage: "mian" } });

// @ts-expect-error Dedicated has a URL
new DedicatedStack(app, "k", { storage: { main: aws }, instance: { storage: "main" } });

// @ts-expect-error Self-managed names its own role
new SelfManagedStack(app, "l", { wandb, storage: { main: aws }, instance: { storage: "main" } });

// @ts-expect-error a cloud that W&B does not know
new DedicatedStack(app, "m", { wandb, storage: { main: { ...aws, cloud: "oracle" } }, instance: { storage: "main" } });

// @ts-expect-error SaaS does not let you choose the service account
new SaasStack(app, "p", { storage: { main: { ...gcp, serviceAccount: "x" } }, teams: { x: { storage: "main" } } });

// @ts-expect-error Self-managed names its own service account
new SelfManagedStack(app, "q", { wandb, storage: { main: gcp }, instance: { storage: "main" } });

const unreasoned = { ...aws, versioning: { suspended: true } } as const;
// @ts-expect-error an opt-out without a reason
new SaasStack(app, "n", { storage: { main: unreasoned }, teams: { x: { storage: "main" } } });

const { region, ...nowhere } = aws;
// @ts-expect-error a missing field
new SaasStack(app, region, { storage: { main: nowhere }, teams: { x: { storage: "main" } } });
