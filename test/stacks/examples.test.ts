import { readDeployments } from "../../stacks/deployment-file";
import { SERVICE_ACCOUNTS } from "../../constructs/azure/federation";
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

/** Every resource of a storage on Google Cloud, and why it is there. */
const onGcp = (bucket: string, logBucket?: string) => [
  ...[
    "google_storage_bucket", // holds the files
    "google_storage_bucket_iam_member", // lets W&B in
  ].map((type) => `${type}.gcp_${bucket}`),
  ...(logBucket
    ? [
        `google_storage_bucket.gcp_${logBucket}`, // says who used which URL
        `google_storage_bucket_iam_member.gcp_${logBucket}`, // lets Google write there
      ]
    : []),
];

/** Every resource of a storage on Azure, and why it is there. */
const onAzure = (account: string, container: string, federated: boolean) => [
  `azurerm_storage_account.azure_${account}`, // holds the files, with their versions, CORS rules and encryption
  `azurerm_storage_container.azure_${account}_${container}`, // what W&B is told of
  `azurerm_storage_management_policy.azure_${account}`, // previous versions go, nothing else does
  `azurerm_management_lock.azure_${account}`, // nobody deletes the account by mistake
  `azurerm_role_assignment.azure_${account}_Reader`, // W&B sees the account's settings
  `azurerm_role_assignment.azure_${account}_Storage-Blob-Data-Contributor`, // W&B reads and writes the files
  ...(federated
    ? [
        `azurerm_user_assigned_identity.azure_${account}_wandb`, // whom W&B's pods sign in as
        ...SERVICE_ACCOUNTS.map((name) => `azurerm_federated_identity_credential.azure_${account}_${name}`), // one a pod
      ]
    : []),
];

/** Every resource of a bucket for the logs of one on AWS, and why it is there. */
const logsOnAws = (bucket: string, logBucket: string) => [
  `aws_s3_bucket_logging.aws_${bucket}`, // has the requests logged
  ...[
    "aws_s3_bucket", // holds the logs
    "aws_s3_bucket_public_access_block", // no policy or ACL can make it public
    "aws_s3_bucket_ownership_controls", // no ACL counts
    "aws_s3_bucket_server_side_encryption_configuration", // S3 delivers to SSE-S3 only
    "aws_s3_bucket_lifecycle_configuration", // the names of users go after a year
    "aws_s3_bucket_policy", // S3's logging service writes, nobody else
  ].map((type) => `${type}.aws_${logBucket}`),
];

const INVENTORY: Record<string, string[]> = {
  "example-saas": [...onAws("example-saas-wandb-research"), ...onGcp("example-saas-wandb-perception")],
  "example-dedicated": [
    ...onAws("example-dedicated-wandb"),
    ...logsOnAws("example-dedicated-wandb", "example-dedicated-wandb-logs"),
    ...onAws("example-dedicated-wandb-secure", false), // its key exists already
    ...onGcp("example-dedicated-wandb-partner", "example-dedicated-wandb-partner-logs"),
  ],
  "example-self-managed": [
    ...onAzure("examplewandb", "wandb", false),
    ...onAzure("examplewandbsecure", "wandb", true),
    ...onAws("example-self-managed-wandb"),
  ],
};

const PROVIDERS: Record<string, object> = {
  aws: { source: "aws", version: "6.25.0" },
  google: { source: "google", version: "6.50.0" },
  azurerm: { source: "azurerm", version: "4.55.0" },
};

describe.each(requests.map((request) => ({ name: request.name, request })))("$name", ({ name, request }) => {
  const terraform = synthRequest(request);

  test("makes what is needed and nothing else", () => {
    expect(addresses(terraform).sort()).toEqual([...(INVENTORY[name] ?? [])].sort());
  });

  test("pins the providers that it uses", () => {
    const used = Object.keys(terraform.provider);
    expect(terraform.terraform.required_providers).toEqual(
      Object.fromEntries(used.map((provider) => [provider, PROVIDERS[provider]])),
    );
  });

  test("holds no token in a policy", () => {
    const policies = JSON.stringify(terraform.resource).match(/"policy":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(policies.length).toBeGreaterThan(0);
    for (const policy of policies) expect(policy).not.toMatch(/\$\{|TfToken/);
  });

  test("is as it was", () => expect(forSnapshot(terraform)).toMatchSnapshot());
});
