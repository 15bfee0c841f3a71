import { readDeployments } from "../../stacks/deployment-file";
import { addresses, forSnapshot, synthRequest } from "../support/synth";

const requests = readDeployments(["deployments"]);

/** Every resource of a storage on AWS, and why it is there. */
const onAws = (bucket: string, withKey = true) =>
  [
    "aws_s3_bucket", // holds the files
    "aws_s3_bucket_versioning", // an overwritten or deleted file can be had back
    "aws_s3_bucket_public_access_block", // no policy or ACL can make it public
    "aws_s3_bucket_ownership_controls", // no ACL counts, and the account owns what W&B writes
    "aws_s3_bucket_server_side_encryption_configuration", // every file is encrypted with one key
    "aws_s3_bucket_cors_configuration", // browsers can use W&B's pre-signed URLs
    "aws_s3_bucket_lifecycle_configuration", // what W&B deleted goes, unfinished uploads go, nothing else does
    "aws_s3_bucket_policy", // lets W&B in, and keeps out what nobody may do
    ...(withKey
      ? [
          "aws_kms_key", // encrypts the files; W&B's principal may use it
          "aws_kms_alias", // tells people what the key is for
        ]
      : []),
  ].map((type) => `${type}.aws_${bucket}`);

const INVENTORY: Record<string, string[]> = {
  "example-saas": onAws("example-saas-wandb-research"),
  "example-dedicated": [
    ...onAws("example-dedicated-wandb"),
    ...onAws("example-dedicated-wandb-secure", false), // its key exists already
  ],
  "example-self-managed": onAws("example-self-managed-wandb"),
};

describe.each(requests.map((request) => ({ name: request.name, request })))("$name", ({ name, request }) => {
  const terraform = synthRequest(request);

  test("makes what is needed and nothing else", () => {
    expect(addresses(terraform).sort()).toEqual([...(INVENTORY[name] ?? [])].sort());
  });

  test("pins the provider", () => {
    expect(terraform.terraform.required_providers).toEqual({ aws: { source: "aws", version: "6.25.0" } });
  });

  test("holds no token in a policy", () => {
    const policies = JSON.stringify(terraform.resource).match(/"policy":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(policies.length).toBeGreaterThan(0);
    for (const policy of policies) expect(policy).not.toMatch(/\$\{|TfToken/);
  });

  test("is as it was", () => expect(forSnapshot(terraform)).toMatchSnapshot());
});
