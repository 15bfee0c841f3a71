import { accept } from "../../stacks/request";
import {
  ACCOUNT_KEY,
  AZURE_STORAGE,
  dedicated,
  GCP_STORAGE,
  OWN_SERVICE_ACCOUNT,
  OWN_USER,
  saas,
} from "../support/deployments";
import { issuesOf } from "../support/refused";
import { only, synth } from "../support/synth";

const ON_GCP = { wandb: { url: "https://acme.wandb.io", runsOn: "gcp" } };
const ON_AWS = { wandb: { url: "https://acme.wandb.io", runsOn: "aws" } };
const CREATE = { create: true, reason: "nobody else makes users here" };
const on = (storage: object, rest: object) => ({ ...dedicated({}, rest), storage: { main: storage } });

const onAws = synth(dedicated({ principal: OWN_USER }, ON_GCP));
const madeOnAws = synth(dedicated({ credentials: CREATE }, ON_GCP));
const onGcp = synth(on({ ...GCP_STORAGE, serviceAccount: OWN_SERVICE_ACCOUNT }, ON_AWS));
const madeOnGcp = synth(on({ ...GCP_STORAGE, credentials: CREATE }, ON_AWS));
const onAzure = synth(on({ ...AZURE_STORAGE, access: ACCOUNT_KEY }, ON_AWS));

describe("where W&B gets at a bucket by a role", () => {
  test.each([dedicated(), saas()])("there is no secret: no variable, no sensitive output", (deployment) => {
    const terraform = synth(deployment);
    expect(terraform).not.toHaveProperty("variable");
    for (const output of Object.values(terraform.output ?? {})) expect(output).not.toHaveProperty("sensitive");
  });
});

describe("where W&B needs credentials", () => {
  test("they come from sensitive variables, empty by default", () => {
    expect(onAws).toMatchObject({
      variable: {
        aws_acme_wandb_access_key_id: { type: "string", sensitive: true, default: "" },
        aws_acme_wandb_secret_access_key: { type: "string", sensitive: true, default: "" },
      },
    });
    expect(onGcp).toMatchObject({ variable: { gcp_acme_wandb_private_key: { sensitive: true, default: "" } } });
  });

  test.each([
    ["AWS, given", onAws, ["access_key_id", "secret_access_key"]],
    ["AWS, made", madeOnAws, ["access_key_id", "secret_access_key"]],
    ["Google Cloud, given", onGcp, ["private_key"]],
    ["Google Cloud, made", madeOnGcp, ["private_key"]],
    ["Azure", onAzure, ["account_key"]],
  ])("%s: every secret is in a sensitive output, and in no other", (_, terraform, parts) => {
    const { credentials_instance: secret, ...others } = terraform.output ?? {};
    expect(secret).toMatchObject({ sensitive: true });
    expect(Object.keys(secret?.value ?? {})).toEqual(parts);
    const values = Object.values(secret?.value ?? {}) as string[];
    expect(values.every((value) => value.startsWith("${"))).toBe(true);
    for (const value of values) expect(JSON.stringify(others)).not.toContain(value);
    expect(JSON.stringify(terraform["//"])).not.toMatch(/\$\{/);
  });
});

describe("credentials that are made", () => {
  test("on AWS belong to a user without any policy, who is there before the policies that name him", () => {
    expect(only(madeOnAws, "aws_iam_user")).toMatchObject({ name: "acme-wandb", path: "/wandb-byob/" });
    expect(Object.keys(madeOnAws.resource).filter((type) => type.startsWith("aws_iam"))).toEqual([
      "aws_iam_access_key",
      "aws_iam_user",
    ]);
    for (const type of ["aws_s3_bucket_policy", "aws_kms_key"]) {
      const { policy, depends_on } = only(madeOnAws, type);
      expect(policy).toContain("arn:aws:iam::111122223333:user/wandb-byob/acme-wandb");
      expect(policy).not.toContain("830241207209");
      expect(depends_on).toContain("aws_iam_user.aws_acme-wandb");
    }
  });

  test("on Google Cloud belong to a service account without any role but that on the bucket", () => {
    const { account_id } = only(madeOnGcp, "google_service_account");
    expect(account_id).toMatch(/^wandb-acme-wandb-[0-9a-f]{8}$/);
    expect(only(madeOnGcp, "google_storage_bucket_iam_member")).toMatchObject({
      member: `serviceAccount:${account_id as string}@acme-ml.iam.gserviceaccount.com`,
      depends_on: ["google_service_account.gcp_acme-wandb"],
    });
    expect(madeOnGcp.output?.["instance"]?.value["service_account"]).toBe(
      `${account_id as string}@acme-ml.iam.gserviceaccount.com`,
    );
  });

  test("on Google Cloud have an id of 6 to 30 characters, another for each bucket", () => {
    const ids = ["a".repeat(63), `${"a".repeat(62)}b`, "abc", "a_b"].map(
      (bucket) =>
        only(synth(on({ ...GCP_STORAGE, bucket, credentials: CREATE }, ON_AWS)), "google_service_account")[
          "account_id"
        ] as string,
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
  });

  test.each([
    [
      "a role would do",
      dedicated({ credentials: CREATE }),
      "storage.main.principal",
      "must be where W&B runs outside AWS",
    ],
    [
      "a user is named",
      dedicated({ credentials: CREATE, principal: OWN_USER }, ON_GCP),
      "storage.main.principal",
      "must be for a user that is made",
    ],
    [
      "a role would do on Google Cloud",
      on({ ...GCP_STORAGE, credentials: CREATE }, ON_GCP),
      "storage.main.serviceAccount",
      "must be where W&B runs outside Google Cloud",
    ],
    [
      "a service account is named",
      on({ ...GCP_STORAGE, credentials: CREATE, serviceAccount: OWN_SERVICE_ACCOUNT }, ON_AWS),
      "storage.main.serviceAccount",
      "must be for a service account that is made",
    ],
    [
      "no reason is given",
      dedicated({ credentials: { create: true } }, ON_GCP),
      "storage.main.credentials.reason",
      "must have the key",
    ],
  ])("are refused where %s", (_, deployment, path, message) => {
    const issues = issuesOf(() => accept(deployment));
    expect(issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([
      [path, expect.stringContaining(message)],
    ]);
  });
});
