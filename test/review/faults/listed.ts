import { editPolicy, statement } from "../fixture";
import { BUCKET_ACTIONS, KEY_ACTIONS } from "../../../review/contract";
import { SAAS, bucketPolicy, key, set, type Fault } from "./plant";

/** One fault for each line of a list: an action that W&B lacks, a method that CORS lacks, a block that is open. */
export const LISTED: readonly Fault[] = [
  ...Object.keys(BUCKET_ACTIONS).map((action): Fault => ({
    name: `${action} is taken away`,
    into: SAAS,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => {
        for (const one of all.filter(({ Effect }) => Effect === "Allow")) {
          one.Action = (one.Action as string[]).filter((name) => name !== action);
        }
      }),
    rule: `contract-action-${action.replace(":", "-").replace("*", "")}`,
  })),
  ...Object.keys(KEY_ACTIONS).map((action): Fault => ({
    name: `${action} is taken away from the key`,
    into: SAAS,
    plant: (terraform) =>
      editPolicy(key(terraform), (all) => {
        const one = statement(all, "WAndBUsesKey");
        one.Action = (one.Action as string[]).filter((name) => name !== action);
      }),
    rule: `contract-key-${action.replace(":", "-").replace("*", "")}`,
  })),
  ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map(
    (path): Fault => ({
      name: `${path} is false`,
      into: SAAS,
      plant: set("aws_s3_bucket_public_access_block", path, false),
      rule: `s3-${path.replaceAll("_", "-")}`,
    }),
  ),
  ...(["GET", "HEAD", "PUT"] as const).map((method): Fault => ({
    name: `CORS lacks ${method} on AWS`,
    into: SAAS,
    plant: set(
      "aws_s3_bucket_cors_configuration",
      "cors_rule.allowed_methods",
      ["GET", "HEAD", "PUT"].filter((one) => one !== method),
    ),
    rule: `contract-cors-${method.toLowerCase()}`,
  })),
];
