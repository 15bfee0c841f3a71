import { readFolder } from "../../review/folder";
import { tempFolder } from "../support/temp";
import { factsOf, reviewed } from "./fixture";

/** Terraform as people write it elsewhere, without anything of this project. */
const BY_HAND = {
  variable: { name: { default: "acme-data" } },
  locals: { role: "arn:aws:iam::725579432336:role/WandbIntegration" },
  provider: { aws: { region: "eu-west-1" } },
  resource: {
    aws_s3_bucket: { data: { bucket: "${var.name}" } },
    aws_s3_bucket_policy: {
      data: { bucket: "${aws_s3_bucket.data.id}", policy: "${data.aws_iam_policy_document.data.json}" },
    },
  },
  data: {
    aws_iam_policy_document: {
      data: {
        statement: [
          {
            sid: "Wandb",
            principals: { type: "AWS", identifiers: ["${local.role}"] },
            actions: ["s3:GetObject*", "s3:PutObject"],
            resources: ["${aws_s3_bucket.data.arn}/*"],
          },
          {
            sid: "Tls",
            effect: "Deny",
            principals: { type: "*", identifiers: ["*"] },
            actions: ["s3:*"],
            resources: ["${aws_s3_bucket.data.arn}", "${aws_s3_bucket.data.arn}/*"],
            condition: { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
          },
        ],
      },
    },
  },
};

test("a bucket, a policy document and references by hand are followed to who can do what", () => {
  const { access, storages } = reviewed(BY_HAND);
  expect(storages).toMatchObject([{ id: "aws:acme-data", place: "eu-west-1" }]);
  expect(access).toMatchObject([
    {
      principal: { label: "W&B: 725579432336:role/WandbIntegration", kind: "wandb" },
      cells: {
        read: { answer: "yes", limits: [{ text: "TLS only" }] },
        write: { answer: "yes" },
        list: { answer: "no" },
        delete: { answer: "no" },
      },
    },
  ]);
});

test("it is held against W&B's contract, since W&B is let in", () => {
  const unmet = reviewed(BY_HAND)
    .results.filter(({ outcome }) => outcome.state === "unmet")
    .map(({ check }) => check);
  expect(unmet).toEqual(
    expect.arrayContaining([
      "contract-action-s3-ListBucket",
      "contract-action-s3-DeleteObject",
      "s3-encryption",
      "contract-cors-get",
    ]),
  );
  expect(unmet).not.toContain("s3-tls");
});

test("who uses it is not known, and said so", () => {
  const { unknowns, isolation, verdict } = reviewed(BY_HAND);
  expect(isolation).toBeUndefined();
  expect(unknowns.map(({ why }) => why).join()).toMatch(/Who uses which storage is said not in the file/);
  expect(verdict).toBe("blocked");
});

test("a bucket of another purpose needs no contract of W&B's", () => {
  const { results } = reviewed({ resource: { aws_s3_bucket: { b: { bucket: "b" } } } });
  const contract = results.filter(({ kind, check }) => kind === "contract" && check.includes("action"));
  expect(new Set(contract.map(({ outcome }) => outcome.state))).toEqual(new Set(["does-not-apply"]));
});

test("a bucket made elsewhere, of which the policy is set here", () => {
  const { storages } = factsOf({
    resource: { aws_s3_bucket_policy: { p: { bucket: "there-already", policy: "{}" } } },
  });
  expect(storages).toMatchObject([{ id: "aws:there-already", resource: undefined, purpose: "wandb" }]);
});

test("several .tf.json files are one module", () => {
  const { data, resource, ...rest } = BY_HAND;
  const folder = tempFolder({
    "a.tf.json": JSON.stringify({ resource, ...rest }),
    "b.tf.json": JSON.stringify({ data, resource: { aws_s3_bucket: { more: { bucket: "more" } } } }),
  });
  const [stack] = readFolder(folder);
  expect([...(stack?.resources.keys() ?? [])]).toEqual([
    "aws_s3_bucket.data",
    "aws_s3_bucket_policy.data",
    "aws_s3_bucket.more",
    "data.aws_iam_policy_document.data",
  ]);
});

test("a count and a generated block are not taken for what they generate", () => {
  const { unknowns } = reviewed({
    resource: {
      aws_s3_bucket: { b: { bucket: "b", count: "${var.how_many}" } },
      aws_s3_bucket_cors_configuration: {
        b: { bucket: "b", dynamic: { cors_rule: { for_each: "${var.rules}", content: {} } } },
      },
    },
  });
  expect(unknowns.map(({ address, what }) => `${address} ${what}`)).toEqual(
    expect.arrayContaining(["aws_s3_bucket.b not followed", "aws_s3_bucket_cors_configuration.b cors_rule"]),
  );
});

test.each([
  ["S3-compatible", "https://minio.acme.com", "s3-compatible"],
  ["CoreWeave", "https://cwobject.com", "coreweave"],
  ["AWS by an endpoint of its own", "https://s3.eu-west-1.amazonaws.com", "aws"],
])("a provider of AWS that speaks to %s", (_, s3, cloud) => {
  const { storages } = factsOf({
    provider: { aws: [{ endpoints: [{ s3 }] }] },
    resource: { aws_s3_bucket: { b: { bucket: "b" } } },
  });
  expect(storages).toMatchObject([{ id: `${cloud}:b`, cloud }]);
});
