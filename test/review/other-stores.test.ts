import { editPolicy, resource, reviewed, statement, type Editable } from "./fixture";

const OBJECT_ACTIONS = ["s3:GetObject*", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"];
const BUCKET_ACTIONS = [
  ...["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads", "s3:GetBucketLocation"],
  ...["s3:GetBucketVersioning", "s3:GetBucketCORS", "s3:GetEncryptionConfiguration"],
];
const ARN = "arn:aws:s3:::acme-files";

/** What these stores are made with, written by hand: the review reads files, whoever wrote them. */
function stack(storage: Editable, provider: object, resources: object): Editable {
  const attachments = [{ scope: "instance", storage: "main" }];
  const byob = {
    version: 1,
    type: "dedicated",
    wandb: { url: "https://acme.wandb.io" },
    storages: [{ name: "main", bucket: "acme-files", ...storage }],
    attachments,
    optOuts: [],
    retired: [],
    warnings: [],
  };
  const cors_rule = [
    {
      allowed_headers: ["*"],
      allowed_methods: ["GET", "HEAD", "PUT"],
      allowed_origins: ["https://acme.wandb.io"],
      expose_headers: ["ETag"],
    },
  ];
  return JSON.parse(
    JSON.stringify({
      "//": { byob },
      provider,
      resource: {
        aws_s3_bucket_cors_configuration: { main: { provider: "aws.store", bucket: "acme-files", cors_rule } },
        ...resources,
      },
      output: { instance: { value: { bucket: "acme-files", path: "" } } },
    }),
  ) as Editable;
}

const allow = (Principal: object, more: object = {}) => [
  { Sid: "WAndBObjectAccess", Effect: "Allow", Principal, Action: OBJECT_ACTIONS, Resource: `${ARN}/*`, ...more },
  { Sid: "WAndBBucketAccess", Effect: "Allow", Principal, Action: BUCKET_ACTIONS, Resource: ARN, ...more },
];
const written = (Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

function coreweave(): Editable {
  const wandb = allow(
    { CW: "arn:aws:iam::wandb:static/wandb-integration" },
    { Condition: { StringLike: { "wandb:OrgID": ["acme"] } } },
  );
  const owner = {
    Sid: "OwnerOrganization",
    Effect: "Allow",
    Principal: { CW: "arn:aws:iam::abc123:*" },
    Action: "s3:*",
    Resource: [ARN, `${ARN}/*`],
  };
  return stack(
    { cloud: "coreweave", zone: "US-EAST-04A", customerNamespace: "acme", storageOrganization: "abc123" },
    { coreweave: [{ alias: "cw" }], aws: [{ alias: "store", endpoints: [{ s3: "https://cwobject.com" }] }] },
    {
      coreweave_object_storage_bucket: {
        main: {
          provider: "coreweave.cw",
          name: "acme-files",
          zone: "US-EAST-04A",
          lifecycle: { prevent_destroy: true },
        },
      },
      coreweave_object_storage_bucket_policy: {
        main: {
          provider: "coreweave.cw",
          bucket: "${coreweave_object_storage_bucket.main.name}",
          policy: written([...wandb, owner]),
        },
      },
    },
  );
}

function store(kind: string, principal: string, statements: readonly object[], scheme = "https"): Editable {
  return stack(
    { cloud: "s3-compatible", kind, endpoint: "store.acme.com", principal },
    { aws: [{ alias: "store", endpoints: [{ s3: `${scheme}://store.acme.com` }] }] },
    { aws_s3_bucket_policy: { main: { provider: "aws.store", bucket: "acme-files", policy: written(statements) } } },
  );
}

const TENANT_USER = "arn:aws:iam::tenant:user/wandb";
const ceph = (scheme?: string) => store("ceph", TENANT_USER, allow({ AWS: TENANT_USER }), scheme);
const minio = () =>
  store("minio", "arn:aws:iam:::user/wandb", [
    {
      Sid: "DenyAnonymous",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: [ARN, `${ARN}/*`],
      Condition: { StringEquals: { "aws:principaltype": "Anonymous" } },
    },
  ]);

const rules = (terraform: Editable) =>
  reviewed(terraform)
    .findings.filter(({ severity }) => severity === "error")
    .map(({ rule }) => rule);
const policy = (terraform: Editable) => resource(terraform, "coreweave_object_storage_bucket_policy");

describe("CoreWeave", () => {
  test("W&B's identity and the owner's organization are named, and what they may do", () => {
    const { access, verdict, unknowns } = reviewed(coreweave());
    expect(verdict).toBe("caution");
    expect(unknowns).toEqual([]);
    expect(access).toMatchObject([
      {
        principal: { label: "W&B: wandb:static/wandb-integration", kind: "wandb" },
        cells: {
          read: { answer: "yes", limits: [{ text: 'only where wandb:orgid is "acme"' }] },
          administer: { answer: "no" },
        },
      },
      {
        principal: { label: "everyone in the organization abc123", kind: "own" },
        cells: { administer: { answer: "yes" } },
      },
    ]);
  });

  test.each<[string, string, (terraform: Editable) => void]>([
    [
      "another identity of W&B's",
      "access-unknown-principal",
      (terraform) =>
        editPolicy(policy(terraform), (all) => {
          statement(all, "WAndBObjectAccess").Principal = { CW: "arn:aws:iam::wandb:static/wandb-integration-public" };
        }),
    ],
    [
      "another organization",
      "access-unknown-principal",
      (terraform) =>
        editPolicy(policy(terraform), (all) => {
          statement(all, "WAndBObjectAccess").Principal = { CW: "arn:aws:iam::thief:*" };
        }),
    ],
    [
      "everyone",
      "access-public",
      (terraform) =>
        editPolicy(policy(terraform), (all) => {
          statement(all, "WAndBObjectAccess").Principal = "*";
        }),
    ],
    [
      "any organization of W&B's",
      "coreweave-organization",
      (terraform) =>
        editPolicy(policy(terraform), (all) => {
          statement(all, "WAndBObjectAccess").Condition = { StringLike: { "wandb:OrgID": ["*"] } };
        }),
    ],
    [
      "no condition",
      "coreweave-organization",
      (terraform) =>
        editPolicy(policy(terraform), (all) => {
          delete statement(all, "WAndBObjectAccess").Condition;
        }),
    ],
    [
      "another W&B organization",
      "contract-action-s3-GetObject",
      (terraform) =>
        editPolicy(policy(terraform), (all) => {
          statement(all, "WAndBObjectAccess").Condition = { StringLike: { "wandb:OrgID": ["other"] } };
        }),
    ],
    [
      "more actions",
      "s3-only-documented-actions",
      (terraform) =>
        editPolicy(policy(terraform), (all) => {
          statement(all, "WAndBObjectAccess").Action = ["s3:*"];
        }),
    ],
  ])("%s is found", (_, rule, plant) => {
    const terraform = coreweave();
    plant(terraform);
    expect(rules(terraform)).toContain(rule);
  });
});

describe("an S3-compatible store", () => {
  test("whose bucket policy is asked about everything is judged by it", () => {
    const { verdict, access, unknowns } = reviewed(ceph());
    expect(unknowns).toEqual([]);
    expect(verdict).toBe("caution");
    expect(access).toMatchObject([
      {
        principal: { label: "W&B as tenant:user/wandb", kind: "own" },
        cells: { read: { answer: "yes" }, "change policy": { answer: "no" } },
      },
    ]);
  });

  test("whose users have policies of their own: what W&B may do is not told, and is no alarm", () => {
    const { verdict, access, results } = reviewed(minio());
    expect(verdict).toBe("caution");
    expect(access).toMatchObject([
      {
        principal: { label: "W&B as :user/wandb" },
        cells: { read: { answer: "unknown", because: [expect.stringContaining("store's own user")] } },
      },
    ]);
    expect(results.find(({ check }) => check === "contract-action-s3-GetObject")?.outcome.state).toBe("does-not-apply");
  });

  test("another principal is found", () => {
    const terraform = ceph();
    editPolicy(resource(terraform, "aws_s3_bucket_policy"), (all) => {
      statement(all, "WAndBObjectAccess").Principal = { AWS: "arn:aws:iam::thief:user/x" };
    });
    expect(rules(terraform)).toContain("access-unknown-principal");
  });

  test("without TLS is waived with its reason, or found", () => {
    const terraform = ceph("http");
    expect(rules(terraform)).toContain("s3-endpoint-tls");
    const byob = (terraform["//"] as { byob: Editable }).byob;
    byob["optOuts"] = [{ path: ["storage", "main", "tls"], what: "tls.off", reason: "a lab without a network" }];
    expect(rules(terraform)).not.toContain("s3-endpoint-tls");
  });
});
