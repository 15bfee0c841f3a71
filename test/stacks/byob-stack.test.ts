import { App } from "cdktf";
import { ByobStack } from "../../stacks/byob-stack";
import { SaasStack } from "../../stacks/saas";
import { accept } from "../../stacks/request";
import { AWS_RESOURCE_TYPES, awsAddresses } from "../../constructs/aws/storage";
import { dedicated, KEY_ARN, OWN_USER, saas, selfManaged } from "../support/deployments";
import { issuesOf } from "../support/refused";
import { addresses, only, synth, synthApp, type Terraform } from "../support/synth";
import { tempFolder } from "../support/temp";

describe("addresses are a contract: a new one is a new bucket", () => {
  test("of what holds data", () => {
    const terraform = synth(dedicated());
    const stateful = addresses(terraform).filter((address) => /^aws_(s3_bucket|kms_key)\./.test(address));
    expect(stateful.sort()).toEqual(["aws_kms_key.aws_acme-wandb", "aws_s3_bucket.aws_acme-wandb"]);
  });

  test("they do not depend on the name that the deployment file gives to a storage", () => {
    const renamed = dedicated({}, { instance: { storage: "primary" } });
    const { main, ...rest } = renamed.storage;
    expect(rest).toEqual({});
    const terraform = synth({ ...renamed, storage: { primary: main } });
    expect(addresses(terraform)).toEqual(addresses(synth(dedicated())));
    expect(terraform.resource).toEqual(synth(dedicated()).resource);
  });

  test("a retired storage has every address that a storage can have", () => {
    const wandb = { url: "https://acme.wandb.io", runsOn: "gcp" };
    const elsewhere = dedicated({ credentials: { create: true, reason: "W&B runs on Google Cloud" } }, { wandb });
    const variants = [
      dedicated({ logging: { targetBucket: "company-logs" } }),
      dedicated({ kmsKeyArn: KEY_ARN }),
      elsewhere,
    ];
    expect(addresses(synth(elsewhere))).toContain("aws_iam_access_key.aws_acme-wandb");
    const all = new Set(variants.flatMap((variant) => addresses(synth(variant))));
    expect(awsAddresses({ bucket: "acme-wandb" }).sort()).toEqual([...all].sort());
    expect(all.size).toBe(AWS_RESOURCE_TYPES.length);
  });
});

describe("preventDestroy", () => {
  test("is on all that holds data, and on nothing else", () => {
    const { resource } = synth(dedicated());
    const guarded = Object.entries(resource).flatMap(([type, byId]) =>
      Object.values(byId).flatMap((block) => (JSON.stringify(block["lifecycle"])?.includes("true") ? [type] : [])),
    );
    expect(guarded.sort()).toEqual(["aws_kms_key", "aws_s3_bucket"]);
  });
});

describe("provider configurations", () => {
  const two = synth(
    dedicated(
      { assumeRole: { roleArn: "arn:aws:iam::111122223333:role/deploy", externalId: "abc" } },
      {
        storage: {
          main: { cloud: "aws", account: "111122223333", region: "us-east-1", bucket: "acme-one", profile: "one" },
          same: { cloud: "aws", account: "111122223333", region: "us-east-1", bucket: "acme-two", profile: "one" },
          far: { cloud: "aws", account: "111122223333", region: "eu-west-1", bucket: "acme-far" },
          other: { cloud: "aws", account: "444455556666", region: "us-east-1", bucket: "acme-other" },
        },
        teams: { same: { storage: "same" }, far: { storage: "far" }, other: { storage: "other" } },
      },
    ),
  );

  test("one for each account and region, pinned to the account", () => {
    expect(two.provider["aws"]).toEqual([
      {
        alias: "aws_111122223333_us-east-1",
        region: "us-east-1",
        allowed_account_ids: ["111122223333"],
        profile: "one",
      },
      { alias: "aws_111122223333_eu-west-1", region: "eu-west-1", allowed_account_ids: ["111122223333"] },
      { alias: "aws_444455556666_us-east-1", region: "us-east-1", allowed_account_ids: ["444455556666"] },
    ]);
  });

  test("every resource has the one of its bucket", () => {
    const expected: Record<string, string> = {
      "aws_acme-one": "aws.aws_111122223333_us-east-1",
      "aws_acme-two": "aws.aws_111122223333_us-east-1",
      "aws_acme-far": "aws.aws_111122223333_eu-west-1",
      "aws_acme-other": "aws.aws_444455556666_us-east-1",
    };
    for (const byId of Object.values(two.resource)) {
      for (const [id, block] of Object.entries(byId)) expect([id, block["provider"]]).toEqual([id, expected[id]]);
    }
  });

  test("assumeRole", () => {
    const assumeRole = { roleArn: "arn:aws:iam::111122223333:role/deploy", externalId: "abc" };
    expect(synth(dedicated({ assumeRole })).provider["aws"]).toMatchObject([
      { assume_role: [{ role_arn: assumeRole.roleArn, external_id: "abc" }] },
    ]);
  });
});

describe("principals", () => {
  const principals = (terraform: Terraform) => [
    ...new Set(
      [only(terraform, "aws_s3_bucket_policy"), only(terraform, "aws_kms_key")].flatMap(({ policy }) =>
        (JSON.parse(policy as string) as { Statement: { Principal: unknown }[] }).Statement.map(({ Principal }) =>
          JSON.stringify(Principal),
        ),
      ),
    ),
  ];
  const ROOT = '{"AWS":"arn:aws:iam::111122223333:root"}';

  test("W&B's role on SaaS", () => {
    expect(principals(synth(saas()))).toEqual([
      '{"AWS":"arn:aws:iam::725579432336:role/WandbIntegration"}',
      '"*"',
      ROOT,
    ]);
  });

  test("W&B's account on Dedicated", () => {
    expect(principals(synth(dedicated()))).toEqual(['{"AWS":"arn:aws:iam::830241207209:root"}', '"*"', ROOT]);
  });

  test("a role in W&B's account on Dedicated, if one is named", () => {
    const principal = "arn:aws:iam::830241207209:role/acme-node";
    expect(principals(synth(dedicated({ principal })))).toEqual([`{"AWS":"${principal}"}`, '"*"', ROOT]);
  });

  test("the user's role on Self-managed", () => {
    expect(principals(synth(selfManaged()))).toEqual(['{"AWS":"arn:aws:iam::111122223333:role/wandb"}', '"*"', ROOT]);
  });

  test.each([dedicated, selfManaged])(
    "the user of the access key, and never W&B's, where W&B runs elsewhere",
    (type) => {
      const wandb = { url: "https://acme.wandb.io", runsOn: "gcp" };
      const found = principals(synth(type({ principal: OWN_USER }, { wandb })));
      expect(found).toEqual([`{"AWS":"${OWN_USER}"}`, '"*"', ROOT]);
    },
  );

  test("the partition of the region", () => {
    const gov = { region: "us-gov-west-1", principal: "arn:aws-us-gov:iam::111122223333:role/wandb" };
    const text = JSON.stringify(synth(selfManaged(gov)).resource);
    expect(text).toContain("arn:aws-us-gov:s3:::acme-wandb/*");
    expect(text).toContain("arn:aws-us-gov:iam::111122223333:root");
    expect(text).toContain("arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/*");
    expect(text).not.toContain("arn:aws:");
  });
});

describe("outputs", () => {
  test("say what W&B's form asks for, per attachment, once all of the storage is there", () => {
    const terraform = synth(saas());
    expect(Object.keys(terraform.output ?? {})).toEqual(["team_omega"]);
    expect(terraform.output?.["team_omega"]).toEqual({
      description: "What W&B asks for: team omega",
      value: {
        storage_type: "External storage",
        provider: "AWS",
        bucket: "acme-wandb",
        region: "us-east-1",
        kms_key_arn: "${aws_kms_key.aws_acme-wandb.arn}",
        path: "omega",
      },
      depends_on: expect.any(Array) as string[],
    });
  });

  test("wait for all of the storage but the key's alias", () => {
    const terraform = synth(saas());
    const needed = addresses(terraform).filter((address) => !address.startsWith("aws_kms_alias"));
    expect([...(terraform.output?.["team_omega"]?.["depends_on"] as string[])].sort()).toEqual(needed.sort());
  });

  test("hold the statement for the policy of a key that is not ours", () => {
    const value = synth(saas({ kmsKeyArn: KEY_ARN })).output?.["team_omega"]?.value;
    expect(value?.["kms_key_arn"]).toBe(KEY_ARN);
    expect(JSON.parse(value?.["kms_key_policy_statement"] as string)).toEqual({
      Sid: "WAndBUsesKey",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::725579432336:role/WandbIntegration" },
      Action: ["kms:Decrypt", "kms:Describe*", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
      Resource: "*",
    });
  });
});

describe("metadata for reviewers", () => {
  test("holds what Terraform does not", () => {
    const overlappingPaths = { allowed: true, reason: "one team of two names" };
    const terraform = synth(dedicated({ overlappingPaths }, { teams: { omega: { storage: "main", path: "o" } } }));
    expect(terraform["//"].byob).toMatchObject({
      version: 1,
      name: "acme-dedicated",
      type: "dedicated",
      wandb: { url: "https://acme.wandb.io", runsOn: "aws" },
      attachments: [
        { scope: "instance", storage: "main" },
        { scope: "team", team: "omega", storage: "main", path: "o" },
      ],
      optOuts: [
        {
          path: ["storage", "main", "overlappingPaths"],
          what: "overlappingPaths.allowed",
          reason: overlappingPaths.reason,
        },
      ],
      warnings: [{ path: ["state"] }],
    });
  });

  test("where W&B runs is, untold, the cloud of the instance storage", () => {
    const terraform = synth(dedicated({}, { wandb: { url: "https://acme.wandb.io" } }));
    expect(terraform["//"].byob["wandb"]).toEqual({ url: "https://acme.wandb.io", runsOn: "aws" });
  });
});

describe("retired", () => {
  const retired = [
    { cloud: "aws", account: "444455556666", region: "eu-west-1", bucket: "acme-old", reason: "its team is gone" },
  ];

  test("Terraform forgets every address and destroys none", () => {
    const { removed } = synth(dedicated({}, { retired }));
    expect(removed?.map(({ from }) => from)).toEqual(awsAddresses({ bucket: "acme-old" }));
    for (const block of removed ?? []) expect(block["lifecycle"]).toEqual({ destroy: false });
  });

  test("the provider configuration stays: Terraform asks for it even to forget", () => {
    expect(synth(dedicated({}, { retired })).provider["aws"]).toContainEqual({
      alias: "aws_444455556666_eu-west-1",
      region: "eu-west-1",
      allowed_account_ids: ["444455556666"],
    });
  });

  test("what a storage had and dropped is forgotten, not destroyed", () => {
    const { removed } = synth(dedicated({ kmsKeyArn: KEY_ARN }));
    expect(removed).toEqual([{ from: "aws_kms_key.aws_acme-wandb", lifecycle: { destroy: false } }]);
    expect(synth(dedicated()).removed).toBeUndefined();
  });

  test("the last storage of a deployment may go", () => {
    const last = { name: "acme", type: "saas", storage: {}, retired };
    expect(synth(last).removed).toHaveLength(AWS_RESOURCE_TYPES.length);
  });
});

describe("state", () => {
  const backend = (state?: object) => synth(dedicated({}, state ? { state } : {})).terraform.backend;

  test("is a local file in the project's root by default", () => {
    expect(backend()).toEqual({ local: { path: "../../../terraform.acme-dedicated.tfstate" } });
  });

  test.each([
    [{ backend: "local" }, { local: { path: "../../../terraform.acme-dedicated.tfstate" } }],
    [
      { backend: "s3", bucket: "states", region: "us-east-1" },
      {
        s3: {
          bucket: "states",
          region: "us-east-1",
          key: "wandb-byob/acme-dedicated.tfstate",
          encrypt: true,
          use_lockfile: true,
        },
      },
    ],
    [{ backend: "gcs", bucket: "states" }, { gcs: { bucket: "states", prefix: "wandb-byob/acme-dedicated" } }],
    [
      { backend: "azurerm", storageAccountName: "states", containerName: "tf" },
      {
        azurerm: {
          storage_account_name: "states",
          container_name: "tf",
          key: "wandb-byob/acme-dedicated.tfstate",
          use_azuread_auth: true,
        },
      },
    ],
  ])("%j", (state, expected) => expect(backend(state)).toEqual(expected));

  test("cloud", () => {
    const { terraform } = synth(dedicated({}, { state: { backend: "cloud", organization: "acme" } }));
    expect(terraform).toMatchObject({
      cloud: { organization: "acme", workspaces: { name: "wandb-byob-acme-dedicated" } },
    });
  });

  test("a shared backend is not warned of", () => {
    const { warnings } = accept(dedicated({}, { state: { backend: "gcs", bucket: "states" } }));
    expect(warnings).toEqual([]);
  });
});

describe("TypeScript", () => {
  const aws = { cloud: "aws", account: "111122223333", region: "us-east-1", bucket: "acme-wandb" } as const;

  test("says the same as a file", () => {
    const fromClass = synthApp((app) => {
      new SaasStack(app, "acme-saas", { storage: { main: aws }, teams: { omega: { storage: "main", path: "omega" } } });
    });
    expect(fromClass["acme-saas"]).toEqual(synth(saas()));
  });

  test("is refused with all issues, before anything is made", () => {
    const app = new App({ outdir: tempFolder() });
    const issues = issuesOf(
      () =>
        new SaasStack(app, "acme", {
          storage: { main: { ...aws, account: "1", bucket: "B" } },
          teams: { omega: { storage: "main" } },
        }),
    );
    expect(issues.map(({ path }) => path.join("."))).toEqual([
      "storage.main.account",
      "storage.main.bucket",
      "storage.main.bucket",
    ]);
    expect(app.node.children).toEqual([]);
  });

  test("a stack takes a request that was accepted before", () => {
    const stacks = synthApp((app) => new ByobStack(app, accept(saas())));
    expect(Object.keys(stacks)).toEqual(["acme-saas"]);
  });
});
