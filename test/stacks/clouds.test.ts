import { readdirSync } from "node:fs";
import { HOSTS } from "../../stacks/access";
import {
  AVAILABILITY,
  CLOUDS,
  SCOPES,
  TYPES,
  type Cloud,
  type DeploymentType,
  type Scope,
} from "../../stacks/availability";
import {
  ACCOUNT_KEY,
  AWS_STORAGE,
  AZURE_STORAGE,
  COREWEAVE_STORAGE,
  FEDERATED,
  GCP_STORAGE,
  OWN_ROLE,
  OWN_SERVICE_ACCOUNT,
  PLATFORM,
  S3_COMPATIBLE_STORAGE,
} from "../support/deployments";
import { issuesOf } from "../support/refused";
import { addresses, synth } from "../support/synth";
import { accept } from "../../stacks/request";

describe("every cloud's folder has the same files", () => {
  const files = (cloud: string) => readdirSync(`constructs/${cloud}`).sort();

  /** Files that not all clouds have, and why. */
  const OWN: Record<string, string> = {
    "key.ts": "what encrypts the files; the other stores do without one of yours",
    "endpoints.ts": "a store of one's own has an address",
    "kinds.ts": "what each store that is compatible with S3 can do, as data",
    "guards.ts": "the statements of a policy that each kind of store understands",
    "not-enforced.ts": "what a store can't be told to refuse, for the review",
    "arn.ts": "AWS alone has ARNs and partitions",
    "policy.ts": "Google Cloud and Azure bind roles instead",
    "access-key.ts": "a user with credentials, on request",
    "service-account-key.ts": "a service account with credentials, on request",
    "pre-signed.ts": "AWS alone can tell a pre-signed URL, and its age, in a policy",
    "private-bucket.ts": "what AWS's two kinds of buckets share; Google's bucket.ts serves both",
    "bucket.ts": "Azure has an account and a container instead",
    "account.ts": "Azure's account holds the settings that are a bucket's elsewhere",
    "container.ts": "what is told to W&B on Azure",
    "principal.ts": "on Azure it is a part of how W&B signs in: access.ts",
    "access.ts": "Azure alone has several ways to sign in",
    "access-logs.ts": "on Azure these are a diagnostic setting of the account",
    "identity.ts": "Azure alone makes an identity for W&B",
    "federation.ts": "and trusts W&B's cluster",
    "existing.ts": "Azure's key vault and log destination exist already",
    "ids.ts": "Azure's resource ids and GUIDs",
    "network.ts": "Azure's network rules",
    "ip-filter.ts": "Google's network rules",
    "ip-filter-rules.ts": "Google's network rules",
    "locations.ts": "Google's locations, and those of its keys",
    "roles.ts": "AWS has policies instead",
    "grant.ts": "Google's binding of a role, on Azure a few lines of storage.ts",
    "data-access-logs.ts": "Google's audit logs, a setting of the project",
    "encryption.ts": "Google's key is an opt-in, with rules of its own",
  };

  test.each(CLOUDS)("%s", (cloud) => {
    const everywhere = files("aws").filter((name) => CLOUDS.every((other) => files(other).includes(name)));
    expect(everywhere).toEqual(["address.ts", "names.ts", "props.ts", "provider.ts", "storage.ts"]);
    expect(files(cloud).filter((name) => !everywhere.includes(name) && !OWN[name])).toEqual([]);
  });

  test("no reason is left over", () => {
    const all = CLOUDS.flatMap(files);
    expect(Object.keys(OWN).filter((name) => !all.includes(name))).toEqual([]);
  });
});

describe("every cell of the matrix", () => {
  /** The smallest storage that fits a cell, W&B running in the same cloud. */
  function storageFor(cloud: Cloud, type: DeploymentType, scope: Scope): object {
    const own = type === "self-managed";
    switch (cloud) {
      case "aws":
        return { ...AWS_STORAGE, ...(own ? { principal: OWN_ROLE } : {}) };
      case "gcp":
        return { ...GCP_STORAGE, ...(own ? { serviceAccount: OWN_SERVICE_ACCOUNT } : {}) };
      case "azure":
        return { ...AZURE_STORAGE, access: scope === "instance" ? PLATFORM : FEDERATED };
      case "s3-compatible":
        return S3_COMPATIBLE_STORAGE;
      case "coreweave":
        return {
          ...COREWEAVE_STORAGE,
          ...(type === "saas" ? { organizationId: "acme" } : { customerNamespace: "acme" }),
        };
    }
  }

  const CELLS = TYPES.flatMap((type) => SCOPES.flatMap((scope) => CLOUDS.map((cloud) => ({ type, scope, cloud }))));

  test.each(CELLS)("$type, $scope, $cloud", ({ type, scope, cloud }) => {
    const deployment = {
      name: "acme",
      type,
      ...(type === "saas"
        ? {}
        : { wandb: { url: "https://acme.wandb.io", runsOn: HOSTS.find((host) => host === cloud) ?? "aws" } }),
      storage: { main: storageFor(cloud, type, scope) },
      ...(scope === "instance" ? { instance: { storage: "main" } } : { teams: { omega: { storage: "main" } } }),
    };
    const legal = (AVAILABILITY[type][scope] as readonly string[]).includes(cloud);
    if (legal) {
      expect(synth(deployment).output).toHaveProperty(scope === "instance" ? "instance" : "team_omega");
    } else {
      const messages = issuesOf(() => accept(deployment)).map(({ message }) => message);
      expect(messages).toContainEqual(expect.stringMatching(`at ${scope} level on SaaS`));
    }
  });
});

describe("all clouds in one deployment", () => {
  const storage = {
    one: AWS_STORAGE,
    far: { ...AWS_STORAGE, region: "eu-west-1", bucket: "acme-far" },
    lab: { ...GCP_STORAGE, serviceAccount: OWN_SERVICE_ACCOUNT },
    lab2: { ...GCP_STORAGE, project: "acme-two", bucket: "acme-two", serviceAccount: OWN_SERVICE_ACCOUNT },
    blue: { ...AZURE_STORAGE, access: ACCOUNT_KEY },
    blue2: {
      ...AZURE_STORAGE,
      subscription: "0a1b2c3d-0000-4000-8000-000000000002",
      account: "acmewandb2",
      access: ACCOUNT_KEY,
    },
  };
  const teams = Object.fromEntries(Object.keys(storage).map((name) => [`team-${name}`, { storage: name }]));
  const terraform = synth({
    name: "acme",
    type: "dedicated",
    wandb: { url: "https://acme.wandb.io", runsOn: "aws" },
    storage,
    teams,
  });

  test("has a provider configuration for each account and region, project and subscription", () => {
    const aliases = Object.values(terraform.provider).flatMap((list) => list.map(({ alias }) => alias));
    expect(aliases.sort()).toEqual([
      "aws_111122223333_eu-west-1",
      "aws_111122223333_us-east-1",
      "azure_0a1b2c3d-0000-4000-8000-000000000001",
      "azure_0a1b2c3d-0000-4000-8000-000000000002",
      "gcp_acme-ml",
      "gcp_acme-two",
    ]);
  });

  test("every resource has the one of its storage", () => {
    const expected: [RegExp, string][] = [
      [/^aws_acme-wandb$/, "aws.aws_111122223333_us-east-1"],
      [/^aws_acme-far$/, "aws.aws_111122223333_eu-west-1"],
      [/^gcp_acme-wandb$/, "google.gcp_acme-ml"],
      [/^gcp_acme-two$/, "google.gcp_acme-two"],
      [/^azure_acmewandb(_|$)/, "azurerm.azure_0a1b2c3d-0000-4000-8000-000000000001"],
      [/^azure_acmewandb2(_|$)/, "azurerm.azure_0a1b2c3d-0000-4000-8000-000000000002"],
    ];
    const all = Object.values(terraform.resource).flatMap((byId) => Object.entries(byId));
    expect(all).toHaveLength(addresses(terraform).length);
    for (const [id, { provider }] of all) {
      expect([id, provider]).toEqual([id, expected.find(([form]) => form.test(id))?.[1]]);
    }
  });

  test("has an output for each team", () => {
    const names = Object.keys(terraform.output ?? {});
    expect(names.filter((name) => name.startsWith("team_"))).toHaveLength(6);
    expect(names.filter((name) => name.startsWith("credentials_"))).toHaveLength(4); // W&B runs on AWS
  });
});

describe("retired", () => {
  const gcp = { ...GCP_STORAGE, bucket: "acme-stays" };
  const base = { name: "acme", type: "saas", teams: { omega: { storage: "main" } } };
  const audited = { dataAccessLogs: { authoritative: true, reason: "the auditors ask for it" } };

  test("on Google Cloud and Azure, too", () => {
    const retired = [
      { cloud: "gcp", project: "acme-two", bucket: "acme-old", logBucket: "acme-old-logs", reason: "its team is gone" },
      {
        cloud: "azure",
        subscription: AZURE_STORAGE.subscription,
        account: "acmeold",
        container: "wandb",
        reason: "its team is gone",
      },
    ];
    const terraform = synth({ ...base, storage: { main: gcp }, retired });
    const from = terraform.removed?.map((block) => block["from"]);
    expect(from).toEqual(
      expect.arrayContaining(["google_storage_bucket.gcp_acme-old", "google_storage_bucket.gcp_acme-old-logs"]),
    );
    expect(from).toEqual(
      expect.arrayContaining([
        "azurerm_storage_account.azure_acmeold",
        "azurerm_storage_container.azure_acmeold_wandb",
      ]),
    );
    expect(Object.keys(terraform.provider)).toEqual(["azurerm", "google"]);
  });

  test("forgets nothing that a storage that stays has, too", () => {
    const retired = [{ cloud: "gcp", project: gcp.project, bucket: "acme-old", reason: "its team is gone" }];
    const from = (main: object) =>
      synth({ ...base, storage: { main }, retired }).removed?.map((block) => block["from"]);
    const shared = `google_project_iam_audit_config.gcp_${gcp.project}`;
    expect(from(gcp)).toContain(shared);
    expect(from({ ...gcp, ...audited })).not.toContain(shared);
  });
});

test("what a cloud can't be told to refuse stands in the file, for the review", () => {
  const storage = {
    lab: { ...GCP_STORAGE, serviceAccount: OWN_SERVICE_ACCOUNT },
    blue: { ...AZURE_STORAGE, access: ACCOUNT_KEY },
    ceph: S3_COMPATIBLE_STORAGE,
  };
  const teams = Object.fromEntries(Object.keys(storage).map((name) => [name, { storage: name }]));
  const wandb = { url: "https://acme.wandb.io", runsOn: "aws" };
  const made = synth({ name: "acme", type: "dedicated", wandb, storage, teams })["//"].byob["storages"] as {
    notEnforced: string[];
  }[];
  expect(
    made.map(({ notEnforced }) => notEnforced.some((line) => /age of (pre-signed )?URLs|older|lifetime/i.test(line))),
  ).toEqual([true, true, true]);
  expect(made[1]?.notEnforced).toContainEqual(expect.stringContaining("who used a URL"));
});
