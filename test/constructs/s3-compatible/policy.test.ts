import { BUCKET_ACTIONS, OBJECT_ACTIONS, type Policy, type Statement } from "../../../constructs/aws/policy";
import { KIND_NAMES, KINDS } from "../../../constructs/s3-compatible/kinds";
import { CEPH_STORAGE, CIDRS, MINIO_USER, ofKind, policyOf, userPolicyOf, VARIANTS } from "./fixture";
import { ask, SUBJECTS } from "./questions";

/** Policies that lack one thing: a statement, a condition of one, or an action of one. */
function mutants(policy: Policy): { lacking: string; mutant: Policy }[] {
  const replaced = (index: number, by: Policy["Statement"]) => ({
    ...policy,
    Statement: policy.Statement.flatMap((each, other) => (other === index ? by : each)),
  });
  const all = policy.Statement.flatMap((statement, index) => {
    const { Sid, Condition, ...bare } = statement;
    const actions = statement.Effect === "Allow" ? [statement.Action].flat() : [];
    return [
      { lacking: Sid, mutant: replaced(index, []) },
      ...Object.keys(Condition ?? {}).map((operator) => {
        const { [operator]: _, ...rest } = Condition ?? {};
        const left = Object.keys(rest).length ? { Condition: rest } : {};
        return { lacking: `${Sid} ${operator}`, mutant: replaced(index, [{ Sid, ...bare, ...left }]) };
      }),
      ...actions.map((action) => {
        const Action = actions.filter((other) => other !== action);
        return { lacking: `${Sid} ${action}`, mutant: replaced(index, [{ ...statement, Action }]) };
      }),
    ];
  });
  return all.filter(({ mutant }) => mutant.Statement.length > 0);
}

describe.each(SUBJECTS)("the policy $variant", ({ policy, rows }) => {
  test.each(rows.map(([question, answer, asked]) => ({ question, answer, asked })))(
    "$answer: $question",
    ({ answer, asked }) => expect(ask(policy, asked)).toBe(answer),
  );

  test.each(mutants(policy))("without $lacking, some answer is another", ({ mutant }) => {
    expect(rows.some(([, answer, asked]) => ask(mutant, asked) !== answer)).toBe(true);
  });
});

describe("what is granted", () => {
  const granted = ({ Statement }: { readonly Statement: readonly Pick<Statement, "Effect" | "Action">[] }) =>
    Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
  const ALL = [...OBJECT_ACTIONS, ...BUCKET_ACTIONS];

  test("is W&B's documented list on a store that isn't known", () => {
    expect(granted(policyOf(ofKind("other")))).toEqual(ALL);
  });

  test("lacks one action on Ceph, which refuses a policy that names it", () => {
    expect(granted(policyOf())).toEqual(ALL.filter((action) => action !== "s3:GetEncryptionConfiguration"));
  });

  test("has MinIO's spelling on MinIO, which compares case", () => {
    const spelt = ALL.map((action) => (action === "s3:GetBucketCORS" ? "s3:GetBucketCors" : action));
    expect(granted(userPolicyOf(ofKind("minio")) ?? { Statement: [] })).toEqual(spelt);
    expect(granted(policyOf(ofKind("minio")))).toEqual([]);
  });

  test("goes to one user by name, never to everyone", () => {
    for (const { Effect, Principal } of policyOf().Statement)
      if (Effect === "Allow") expect(Principal).toEqual({ AWS: CEPH_STORAGE.principal });
  });
});

test("a user has a policy of its own where the bucket's isn't asked about it, and only there", () => {
  expect(userPolicyOf({})).toBeUndefined();
  expect(userPolicyOf(ofKind("other"))).toBeUndefined();
  expect(userPolicyOf(ofKind("minio"))?.Statement.some((statement) => "Principal" in statement)).toBe(false);
  expect(JSON.stringify(userPolicyOf(ofKind("minio")))).not.toContain(MINIO_USER);
});

test("a network on Ceph is about W&B's object actions, word for word", () => {
  const { Statement } = policyOf({ network: { cidrs: CIDRS } });
  expect(Statement.find(({ Sid }) => Sid === "DenyOtherNetworks")).toEqual({
    Sid: "DenyOtherNetworks",
    Effect: "Deny",
    Principal: { AWS: CEPH_STORAGE.principal },
    Action: OBJECT_ACTIONS,
    Resource: "arn:aws:s3:::acme-wandb/*",
    Condition: { NotIpAddress: { "aws:SourceIp": CIDRS } },
  });
});

test("the owner is never under a network's or a URL's deny", () => {
  for (const change of Object.values(VARIANTS)) {
    const denies = policyOf(change).Statement.filter(({ Sid }) => /Network|Urls/.test(Sid));
    for (const { Principal } of denies) expect(Principal).toEqual({ AWS: CEPH_STORAGE.principal });
  }
});

describe("no statement asks for what a kind doesn't know", () => {
  const NETWORK = { network: { cidrs: CIDRS } };

  test.each(KIND_NAMES.map((kind) => ({ kind })))("$kind", ({ kind }) => {
    const change = { ...ofKind(kind), ...(kind === "other" ? {} : NETWORK) };
    const { conditionKeys, operators } = KINDS[kind];
    const conditions = [...policyOf(change).Statement, ...(userPolicyOf(change)?.Statement ?? [])].map(
      ({ Condition = {} }) => Condition,
    );
    const words = (list: readonly string[]) => expect.arrayContaining([...new Set(list)]) as unknown;
    expect(operators).toEqual(words(conditions.flatMap(Object.keys)));
    expect(conditionKeys).toEqual(words(conditions.flatMap(Object.values).flatMap(Object.keys)));
  });

  test.each([
    ["s3:authType"],
    ["s3:signatureAge"],
    ["s3:signatureversion"],
    ["customer-algorithm"],
    ['"Null"'],
    ['"Bool"'],
  ])("Ceph is never asked for %s", (word) => {
    for (const change of Object.values(VARIANTS))
      if (!("kind" in change)) expect(JSON.stringify(policyOf(change))).not.toContain(word);
    expect(JSON.stringify(policyOf(NETWORK))).not.toContain(word);
  });

  test.each([
    ["tls off", { mode: "off", reason: "the store is in this rack" }],
    ["TLS at a proxy", { mode: "at-proxy" }],
  ])("%s: TLS is not asked for", (_, tls) => {
    for (const kind of KIND_NAMES) {
      expect(JSON.stringify(policyOf({ ...ofKind(kind), tls }))).not.toContain("SecureTransport");
      expect(JSON.stringify(userPolicyOf({ ...ofKind(kind), tls }) ?? "")).not.toContain("SecureTransport");
    }
  });

  test("URLs of any age, where that was asked for", () => {
    const unrestricted = { unrestricted: true, reason: "an old client keeps its URLs" };
    const sids = (change: object) => userPolicyOf({ ...ofKind("minio"), ...change })?.Statement.map(({ Sid }) => Sid);
    expect(sids({})?.filter((sid) => sid.endsWith("Urls"))).toHaveLength(3);
    expect(sids({ urlLifetime: unrestricted })?.filter((sid) => sid.endsWith("Urls"))).toEqual([]);
  });
});
