import { BUCKET_ACTIONS, OBJECT_ACTIONS, type Policy } from "../../../constructs/aws/policy";
import { decide, readPolicy, type Question } from "../../../review/iam";
import {
  DEDICATED,
  NAMED,
  NAMESPACE,
  ORGANIZATION,
  OWNER,
  policyOf,
  REASON,
  SAAS,
  SELF_MANAGED,
  type CoreweavePolicy,
} from "./fixture";

const BUCKET = "arn:aws:s3:::acme-wandb";
const FILE = `${BUCKET}/omega/run/file.h5`;
const NO_OWNER = { storageOrganization: undefined, ownerStatement: { omitted: true, reason: REASON } };

describe("the policy", () => {
  test.each([
    ["saas", SAAS, {}, "wandb-integration-public", ORGANIZATION],
    ["dedicated", DEDICATED, NAMED, "wandb-integration", NAMESPACE],
    ["self-managed", SELF_MANAGED, NAMED, "wandb-integration", NAMESPACE],
  ])("on %s, word for word", (_, context, change, identity, organization) => {
    const Principal = { CW: `arn:aws:iam::wandb:static/${identity}` };
    const Condition = { StringLike: { "wandb:OrgID": [organization] } };
    expect(policyOf(change, context)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WAndBObjectAccess",
          Effect: "Allow",
          Principal,
          Action: OBJECT_ACTIONS,
          Resource: `${BUCKET}/*`,
          Condition,
        },
        { Sid: "WAndBBucketAccess", Effect: "Allow", Principal, Action: BUCKET_ACTIONS, Resource: BUCKET, Condition },
        {
          Sid: "OwnerOrganization",
          Effect: "Allow",
          Principal: { CW: `arn:aws:iam::${OWNER}:*` },
          Action: "s3:*",
          Resource: [BUCKET, `${BUCKET}/*`],
        },
      ],
    });
  });

  test("leaves the owner out where that is given up", () => {
    expect(policyOf(NO_OWNER).Statement.map(({ Sid }) => Sid)).toEqual(["WAndBObjectAccess", "WAndBBucketAccess"]);
  });

  test("has only letters and digits in a Sid: CoreWeave takes nothing else", () => {
    for (const { Sid } of policyOf().Statement) expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
  });

  test("is plain text, known before anything is made", () => expect(JSON.stringify(policyOf())).not.toContain("${"));
});

const WANDB = "arn:aws:iam::000000000001:user/wandb";
const OWN = "arn:aws:iam::000000000002:root";
const SOMEONE_OF_OURS = "arn:aws:iam::000000000002:user/someone";
const STRANGER = "arn:aws:iam::000000000003:user/stranger";
const OURS = { "wandb:OrgID": ORGANIZATION };

/** The evaluator knows AWS's principals: W&B's identity and everyone of the owner's organization become such. */
function asAws(policy: CoreweavePolicy): Policy {
  const mapped: Readonly<Record<string, string>> = {
    "arn:aws:iam::wandb:static/wandb-integration-public": WANDB,
    [`arn:aws:iam::${OWNER}:*`]: OWN,
  };
  const Statement = policy.Statement.map((each) => ({ ...each, Principal: { AWS: mapped[each.Principal.CW] ?? "?" } }));
  return { ...policy, Statement };
}

type Row = [question: string, answer: "allow" | "implicit-deny", asked: Partial<Question> & Pick<Question, "action">];

/** Whoever is not named is W&B, for the organization that is let in, asking for a file. */
// prettier-ignore
const ROWS: Row[] = [
  ["W&B reads a file", "allow", { action: "s3:GetObject" }],
  ["W&B uploads a file", "allow", { action: "s3:PutObject" }],
  ["W&B deletes a file", "allow", { action: "s3:DeleteObject" }],
  ["W&B aborts an upload", "allow", { action: "s3:AbortMultipartUpload" }],
  ["W&B lists", "allow", { action: "s3:ListBucket", resource: BUCKET }],
  ["W&B lists versions", "allow", { action: "s3:ListBucketVersions", resource: BUCKET }],
  ["W&B lists uploads", "allow", { action: "s3:ListBucketMultipartUploads", resource: BUCKET }],
  ["W&B reads the location", "allow", { action: "s3:GetBucketLocation", resource: BUCKET }],
  ["W&B reads the versioning", "allow", { action: "s3:GetBucketVersioning", resource: BUCKET }],
  ["W&B reads the CORS rules", "allow", { action: "s3:GetBucketCORS", resource: BUCKET }],
  ["W&B reads the encryption", "allow", { action: "s3:GetEncryptionConfiguration", resource: BUCKET }],
  ["W&B deletes a version", "implicit-deny", { action: "s3:DeleteObjectVersion" }],
  ["W&B changes the policy", "implicit-deny", { action: "s3:PutBucketPolicy", resource: BUCKET }],
  ["W&B deletes the bucket", "implicit-deny", { action: "s3:DeleteBucket", resource: BUCKET }],
  ["W&B reads a file of another bucket", "implicit-deny", { action: "s3:GetObject", resource: "arn:aws:s3:::acme-wandb-2/x" }],
  ["W&B reads for another organization", "implicit-deny", { action: "s3:GetObject", context: { "wandb:OrgID": "another" } }],
  ["W&B reads for one whose id begins alike", "implicit-deny", { action: "s3:GetObject", context: { "wandb:OrgID": `${ORGANIZATION}2` } }],
  ["W&B reads for nobody", "implicit-deny", { action: "s3:GetObject", context: {} }],
  ["W&B lists for another organization", "implicit-deny", { action: "s3:ListBucket", resource: BUCKET, context: { "wandb:OrgID": "another" } }],
  ["W&B lists for nobody", "implicit-deny", { action: "s3:ListBucket", resource: BUCKET, context: {} }],
  ["the owner's people read", "allow", { action: "s3:GetObject", principal: SOMEONE_OF_OURS, context: {} }],
  ["the owner's people mend the policy", "allow", { action: "s3:PutBucketPolicy", principal: SOMEONE_OF_OURS, resource: BUCKET, context: {} }],
  ["the owner's people reach another bucket", "implicit-deny", { action: "s3:GetObject", principal: SOMEONE_OF_OURS, resource: "arn:aws:s3:::acme-wandb-2/x", context: {} }],
  ["a stranger reads", "implicit-deny", { action: "s3:GetObject", principal: STRANGER }],
  ["anyone reads", "implicit-deny", { action: "s3:GetObject", principal: "*" }],
];

const ask = (policy: Policy, { principal = WANDB, resource = FILE, context = OURS, action }: Row[2]) =>
  decide(readPolicy(policy), { principal, resource, context, action }).effect;

describe("the policy's answers", () => {
  const policy = asAws(policyOf());

  test.each(ROWS.map(([question, answer, asked]) => ({ question, answer, asked })))(
    "$answer: $question",
    ({ answer, asked }) => expect(ask(policy, asked)).toBe(answer),
  );

  const changed = (Statement: Policy["Statement"]) =>
    ROWS.some(([, answer, asked]) => ask({ ...policy, Statement }, asked) !== answer);

  test.each(policy.Statement.map(({ Sid }) => Sid))("without %s, some is another", (sid) => {
    expect(changed(policy.Statement.filter(({ Sid }) => Sid !== sid))).toBe(true);
  });

  test.each(["WAndBObjectAccess", "WAndBBucketAccess"])("without the condition of %s, some is another", (sid) => {
    const bare = policy.Statement.map(({ Condition, ...each }) =>
      each.Sid === sid || !Condition ? each : { ...each, Condition },
    );
    expect(changed(bare)).toBe(true);
  });

  test("without its owner, the owner's people are shut out", () => {
    const without = asAws(policyOf(NO_OWNER));
    expect(ask(without, { action: "s3:GetObject", principal: SOMEONE_OF_OURS })).toBe("implicit-deny");
  });
});
