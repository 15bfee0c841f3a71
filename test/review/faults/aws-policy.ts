import { editPolicy, statement } from "../fixture";
import {
  SAAS,
  DEDICATED,
  bucketPolicy,
  set,
  dropStatement,
  principal,
  addAction,
  dropAction,
  OTHER_ROLE,
  type Fault,
} from "./plant";

export const AWS_POLICY_FAULTS: readonly Fault[] = [
  {
    name: "the principal is another account's role",
    into: SAAS,
    plant: principal({ AWS: OTHER_ROLE }),
    rule: "access-unknown-principal",
    says: /999999999999/,
  },
  {
    name: "a second principal is let in",
    into: SAAS,
    plant: principal({ AWS: ["arn:aws:iam::725579432336:role/WandbIntegration", OTHER_ROLE] }),
    rule: "access-unknown-principal",
  },
  {
    name: "the principal is widened to W&B's whole SaaS account",
    into: SAAS,
    plant: principal({ AWS: "arn:aws:iam::725579432336:root" }),
    rule: "access-unknown-principal",
  },
  {
    name: "the principal is that of Dedicated Cloud",
    into: SAAS,
    plant: principal({ AWS: "arn:aws:iam::830241207209:root" }),
    rule: "access-unknown-principal",
  },
  { name: "everyone is let in", into: SAAS, plant: principal("*"), rule: "access-public" },
  {
    name: "everyone is let in, in another spelling",
    into: SAAS,
    plant: principal({ AWS: "*" }),
    rule: "access-public",
  },
  {
    name: "the condition of the TLS statement is turned round",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => {
        statement(all, "DenyInsecureTransport").Condition = { Bool: { "aws:SecureTransport": "true" } };
      }),
    rule: "s3-tls",
  },
  { name: "the TLS statement is dropped", into: SAAS, plant: dropStatement("DenyInsecureTransport"), rule: "s3-tls" },
  {
    name: "the TLS statement is for one action only",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => {
        statement(all, "DenyInsecureTransport").Action = "s3:GetObject";
      }),
    rule: "s3-tls",
  },
  {
    name: "the TLS statement is for one folder only",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => {
        statement(all, "DenyInsecureTransport").Resource = "arn:aws:s3:::example-saas-wandb-research/vision/*";
      }),
    rule: "s3-tls",
  },
  {
    name: "W&B is let into the folder of one team only",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => {
        statement(all, "WAndBObjectAccess").Resource = "arn:aws:s3:::example-saas-wandb-research/vision/*";
      }),
    rule: "contract-action-s3-GetObject",
  },
  {
    name: "the TLS statement is for W&B only",
    into: DEDICATED,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => {
        statement(all, "DenyInsecureTransport").Principal = { AWS: "arn:aws:iam::830241207209:root" };
      }),
    rule: "s3-tls",
  },
  {
    name: "uploads with a key of one's own are let through",
    into: SAAS,
    plant: dropStatement("DenyCustomerProvidedKey"),
    rule: "s3-own-key-uploads",
  },
  {
    name: "uploads with another encryption are let through",
    into: SAAS,
    plant: dropStatement("DenyOtherEncryption"),
    rule: "s3-other-encryption",
  },
  {
    name: "uploads with another key are let through",
    into: SAAS,
    plant: dropStatement("DenyForeignKey"),
    rule: "s3-foreign-key",
  },
  {
    name: "W&B may change the policy",
    into: SAAS,
    plant: addAction("WAndBBucketAccess", "s3:PutBucketPolicy"),
    rule: "access-own-change-policy",
  },
  {
    name: "W&B may delete versions for good",
    into: SAAS,
    plant: addAction("WAndBObjectAccess", "s3:DeleteObjectVersion"),
    rule: "s3-only-documented-actions",
    says: /DeleteObjectVersion/,
  },
  {
    name: "W&B may do anything with files",
    into: SAAS,
    plant: addAction("WAndBObjectAccess", "s3:*"),
    rule: "s3-only-documented-actions",
  },
  {
    name: "W&B may not delete",
    into: SAAS,
    plant: dropAction("WAndBObjectAccess", "s3:DeleteObject"),
    rule: "contract-action-s3-DeleteObject",
  },
  {
    name: "W&B may not list",
    into: SAAS,
    plant: dropAction("WAndBBucketAccess", "s3:ListBucket"),
    rule: "contract-action-s3-ListBucket",
  },
  {
    name: "W&B may not see the CORS rules",
    into: SAAS,
    plant: dropAction("WAndBBucketAccess", "s3:GetBucketCORS"),
    rule: "contract-action-s3-GetBucketCORS",
  },
  {
    name: "uploads without an encryption header are refused",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => [
        ...all,
        {
          Sid: "DenyUnencrypted",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::example-saas-wandb-research/*",
          Condition: { Null: { "s3:x-amz-server-side-encryption": "true" } },
        },
      ]),
    rule: "contract-presigned-write",
  },
  {
    name: "URLs end before W&B's do",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => [
        ...all,
        {
          Sid: "DenyOldUrls",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "arn:aws:s3:::example-saas-wandb-research/*",
          Condition: { NumericGreaterThan: { "s3:signatureAge": "3600000" } },
        },
      ]),
    rule: "contract-presigned-write",
    says: /before its end/,
  },
  {
    name: "the resource is another bucket",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => {
        statement(all, "WAndBObjectAccess").Resource = "arn:aws:s3:::another/*";
      }),
    rule: "contract-action-s3-GetObject",
  },
  {
    name: "a policy that can't be judged",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => {
        const one = statement(all, "DenyInsecureTransport");
        one["NotPrincipal"] = one.Principal;
        delete one.Principal;
      }),
    rule: "unknown",
    verdict: "unknown",
  },
  {
    name: "a policy known only after apply",
    into: SAAS,
    plant: set("aws_s3_bucket_policy", "policy", "${data.aws_iam_policy_document.gone.json}"),
    rule: "unknown",
    verdict: "unknown",
    says: /known only after apply/,
  },
  {
    name: "a policy with a key twice",
    into: SAAS,
    plant: (terraform) => {
      const block = bucketPolicy(terraform);
      block["policy"] = String(block["policy"]).replace('"Effect":"Allow"', '"Effect":"Deny","Effect":"Allow"');
    },
    rule: "unknown",
    verdict: "unknown",
    says: /twice/,
  },
];
