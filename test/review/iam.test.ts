import {
  allOf,
  decide,
  readPolicy,
  UnanswerableQuestion,
  UnreadablePolicy,
  type Decision,
  type Question,
} from "../../review/iam";

const ACCOUNT = "111122223333";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/app/Uploader`;
const session = (name: string, account = ACCOUNT) => `arn:aws:sts::${account}:assumed-role/${name}`;
const SESSION = session("Uploader/i-0abc");
const USER = `arn:aws:iam::${ACCOUNT}:user/ada`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const PLAIN = `arn:aws:iam::${ACCOUNT}:role/Uploader`;
const OTHER = "444455556666";
const STRANGER = ROLE.replace(ACCOUNT, OTHER);
const LOGGING = "logging.s3.amazonaws.com";
const s3 = (path: string) => `arn:aws:s3:::${path}`;
const OBJECT = s3("photos/2024/cat.jpg");
const KEY = "arn:aws:kms:us-east-1:111122223333:key/0f1e";

/** A statement that lets everyone do everything, but for what a case changes. */
function statement(changes: object = {}): object {
  return { Sid: "S", Effect: "Allow", Principal: "*", Action: "*", Resource: "*", ...changes };
}

function policy(...statements: readonly object[]): object {
  return { Version: "2012-10-17", Statement: statements };
}

function effect(statements: object | readonly object[], question: Partial<Question> = {}): Decision["effect"] {
  const asked = { principal: ROLE, action: "s3:GetObject", resource: OBJECT, ...question };
  return decide(readPolicy(policy(...[statements].flat())), asked).effect;
}

const allowAll = statement({ Sid: "AllowAll" });
const denyAll = statement({ Sid: "DenyAll", Effect: "Deny" });
const denyOther = statement({ Sid: "DenyOther", Effect: "Deny", Action: "s3:PutObject" });
const allowOther = statement({ Sid: "AllowOther", Action: "s3:PutObject" });

describe("a decision", () => {
  test.each([
    { name: "an Allow that applies allows", statements: [allowAll], effect: "allow", by: "AllowAll" },
    { name: "nothing that applies denies implicitly", statements: [allowOther], effect: "implicit-deny" },
    { name: "a Deny that doesn't apply denies nothing", statements: [denyOther], effect: "implicit-deny" },
    { name: "a Deny before an Allow wins", statements: [denyAll, allowAll], effect: "deny", by: "DenyAll" },
    { name: "a Deny behind an Allow wins", statements: [allowAll, denyAll], effect: "deny", by: "DenyAll" },
    { name: "a Deny needs no Allow to deny", statements: [denyAll], effect: "deny", by: "DenyAll" },
    { name: "a Deny of another action", statements: [denyOther, allowAll], effect: "allow", by: "AllowAll" },
    { name: "the first of two Allows is named", statements: [statement(), allowAll], effect: "allow", by: "S" },
    { name: "no Sid is a place", statements: [allowOther, statement({ Sid: undefined })], effect: "allow", by: "#2" },
    { name: "an empty Sid is none", statements: [statement({ Sid: "" })], effect: "allow", by: "#1" },
  ])("$name", ({ statements, effect, by }) => {
    const question = { principal: ROLE, action: "s3:GetObject", resource: OBJECT };
    expect(decide(readPolicy(policy(...statements)), question)).toEqual(by ? { effect, statement: by } : { effect });
  });

  test.each([
    { name: "a single statement needs no array", json: { Version: "2012-10-17", Statement: statement() } },
    { name: "an Id changes nothing", json: { ...policy(statement()), Id: "An id, with spaces" } },
    { name: "a Sid may have spaces", json: policy(statement({ Sid: "Enable IAM User Permissions" })) },
    { name: "two statements may lack a Sid", json: policy(statement({ Sid: "" }), statement({ Sid: "" })) },
    { name: "text is parsed", json: JSON.stringify(policy(statement()), null, "\t") },
  ])("$name", ({ json }) => {
    expect(decide(readPolicy(json), { principal: ROLE, action: "s3:GetObject", resource: OBJECT }).effect).toBe(
      "allow",
    );
  });
});

describe("Principal", () => {
  test.each([
    { name: "* is a role", granted: "*", asking: ROLE, is: true },
    { name: "* is anonymous", granted: "*", asking: "*", is: true },
    { name: "* is a service", granted: "*", asking: LOGGING, is: true },
    { name: '{"AWS": "*"} is anonymous', granted: { AWS: "*" }, asking: "*", is: true },
    { name: "* within a list is anonymous", granted: { AWS: [USER, "*"] }, asking: "*", is: true },
    { name: "a role is itself", granted: { AWS: ROLE }, asking: ROLE, is: true },
    { name: "a role is its sessions", granted: { AWS: ROLE }, asking: SESSION, is: true },
    { name: "a role is no namesake elsewhere", granted: { AWS: ROLE }, asking: STRANGER, is: false },
    {
      name: "no session of a longer name",
      granted: { AWS: ROLE },
      asking: session("MyUploader/s"),
      is: false,
    },
    { name: "no session of a shorter name", granted: { AWS: ROLE }, asking: session("loader/s"), is: false },
    { name: "no path, and its session", granted: { AWS: PLAIN }, asking: SESSION, is: true },
    {
      name: "no path, and no longer name",
      granted: { AWS: PLAIN },
      asking: session("MyUploader/s"),
      is: false,
    },
    { name: "a role is no session of its name", granted: { AWS: ROLE }, asking: session("Other/Uploader"), is: false },
    { name: "a role is no session elsewhere", granted: { AWS: ROLE }, asking: session("Uploader/s", OTHER), is: false },
    { name: "a role is no user", granted: { AWS: ROLE }, asking: USER, is: false },
    { name: "a role is not anonymous", granted: { AWS: ROLE }, asking: "*", is: false },
    { name: "a role is no service", granted: { AWS: ROLE }, asking: LOGGING, is: false },
    { name: "names are compared with their case", granted: { AWS: ROLE }, asking: ROLE.toLowerCase(), is: false },
    { name: "a session is itself", granted: { AWS: SESSION }, asking: SESSION, is: true },
    { name: "a session is not its role", granted: { AWS: SESSION }, asking: ROLE, is: false },
    { name: "a session is no other session", granted: { AWS: SESSION }, asking: `${SESSION}2`, is: false },
    { name: "a user is itself", granted: { AWS: USER }, asking: USER, is: true },
    { name: "a user is no other user", granted: { AWS: USER }, asking: `${USER}m`, is: false },
    { name: "a root is itself", granted: { AWS: ROOT }, asking: ROOT, is: true },
    { name: "a root is every role of its account", granted: { AWS: ROOT }, asking: ROLE, is: true },
    { name: "a root is every session of its account", granted: { AWS: ROOT }, asking: SESSION, is: true },
    { name: "a root is every user of its account", granted: { AWS: ROOT }, asking: USER, is: true },
    { name: "a root is no role of another account", granted: { AWS: ROOT }, asking: STRANGER, is: false },
    { name: "a root is not anonymous", granted: { AWS: ROOT }, asking: "*", is: false },
    { name: "a root is no service", granted: { AWS: ROOT }, asking: LOGGING, is: false },
    { name: "a root is of its partition", granted: { AWS: ROOT }, asking: ROLE.replace("aws", "aws-cn"), is: false },
    { name: "an account number is every role of it", granted: { AWS: ACCOUNT }, asking: ROLE, is: true },
    { name: "an account number is its root", granted: { AWS: ACCOUNT }, asking: ROOT, is: true },
    { name: "an account number is no other's", granted: { AWS: ACCOUNT }, asking: STRANGER, is: false },
    { name: "a role is not all of its account", granted: { AWS: ROLE }, asking: ROOT, is: false },
    { name: "any of a list will do", granted: { AWS: [USER, ROLE] }, asking: ROLE, is: true },
    { name: "a service is itself", granted: { Service: LOGGING }, asking: LOGGING, is: true },
    { name: "any of two will do", granted: { Service: ["s3.amazonaws.com", LOGGING] }, asking: LOGGING, is: true },
    { name: "a service is no other", granted: { Service: LOGGING }, asking: "s3.amazonaws.com", is: false },
    { name: "a service is no role", granted: { Service: LOGGING }, asking: ROLE, is: false },
    { name: "a service is not anonymous", granted: { Service: LOGGING }, asking: "*", is: false },
    { name: "AWS and Service join", granted: { AWS: ROLE, Service: LOGGING }, asking: LOGGING, is: true },
  ])("$name", ({ granted, asking, is }) => {
    const effects = ["Allow", "Deny"].map((Effect) =>
      effect(statement({ Principal: granted, Effect }), { principal: asking }),
    );
    expect(effects).toEqual(is ? ["allow", "deny"] : ["implicit-deny", "implicit-deny"]);
  });
});

describe("Action", () => {
  test.each([
    { name: "an action is itself", granted: "s3:GetObject", asking: "s3:GetObject", is: true },
    { name: "case doesn't matter in the policy", granted: "S3:GETOBJECT", asking: "s3:GetObject", is: true },
    { name: "case doesn't matter in the question", granted: "s3:GetObject", asking: "s3:getobject", is: true },
    { name: "a prefix is not enough", granted: "s3:GetObject", asking: "s3:GetObjectAcl", is: false },
    { name: "* is every action", granted: "*", asking: "kms:Decrypt", is: true },
    { name: "* of a service is no other service's", granted: "s3:*", asking: "kms:Decrypt", is: false },
    { name: "* at the end may be empty", granted: "s3:GetObject*", asking: "s3:GetObject", is: true },
    { name: "* at the end is any rest", granted: "s3:GetObject*", asking: "s3:GetObjectVersion", is: true },
    { name: "* in the middle is any part", granted: "s3:*Object", asking: "s3:DeleteObject", is: true },
    { name: "* in the middle leaves the end", granted: "s3:*Object", asking: "s3:GetObjectAcl", is: false },
    { name: "? is one character", granted: "s3:?etObject", asking: "s3:GetObject", is: true },
    { name: "? is not none", granted: "s3:GetObject?", asking: "s3:GetObject", is: false },
    { name: "any of a list will do", granted: ["s3:PutObject", "s3:Get*"], asking: "s3:GetObject", is: true },
  ])("$name", ({ granted, asking, is }) => {
    expect(effect(statement({ Action: granted }), { action: asking })).toBe(is ? "allow" : "implicit-deny");
  });
});

describe("Resource", () => {
  test.each([
    { name: "an object is itself", granted: OBJECT, asking: OBJECT, is: true },
    { name: "case matters", granted: s3("photos/CAT"), asking: s3("photos/cat"), is: false },
    { name: "* crosses slashes", granted: s3("photos/*"), asking: OBJECT, is: true },
    { name: "* crosses colons", granted: s3("photos/*"), asking: s3("photos/a:b"), is: true },
    { name: "a bucket is not its objects", granted: s3("photos"), asking: OBJECT, is: false },
    { name: "objects are not their bucket", granted: s3("photos/*"), asking: s3("photos"), is: false },
    { name: "a pattern may reach other buckets", granted: s3("photos*"), asking: s3("photos2"), is: true },
    { name: "? is one character", granted: s3("photos/202?/*"), asking: OBJECT, is: true },
    { name: "? is not two", granted: s3("photos/20?/*"), asking: OBJECT, is: false },
    { name: "* backtracks", granted: s3("photos/*a*t.jpg"), asking: OBJECT, is: true },
    { name: "any of a list will do", granted: [s3("x"), OBJECT], asking: OBJECT, is: true },
    { name: "* in a key policy is the key", granted: "*", asking: KEY, is: true },
    { name: "a dot is a dot", granted: s3("photos/2024/cat.jpg"), asking: s3("photos/2024/catXjpg"), is: false },
  ])("$name", ({ granted, asking, is }) => {
    expect(effect(statement({ Resource: granted }), { resource: asking })).toBe(is ? "allow" : "implicit-deny");
  });

  test("a pattern that would blow up a regular expression is judged at once", () => {
    const Resource = `arn:aws:s3:::photos/${"*a".repeat(200)}b`;
    expect(effect(statement({ Resource }), { resource: `arn:aws:s3:::photos/${"a".repeat(900)}` })).toBe(
      "implicit-deny",
    );
  });
});

describe("a policy that can't be judged is refused, even where the statement would not apply", () => {
  const odd = (changes: object) => policy(allowAll, statement({ Sid: "Odd", Effect: "Deny", ...changes }));
  const aws = (AWS: unknown) => odd({ Principal: { AWS } });
  test.each([
    { name: "no JSON", json: "${data.aws_iam_policy_document.x.json}", says: "the policy must be JSON, got" },
    { name: "no object", json: "[]", says: "the policy must be an object that isn't empty, got []" },
    {
      name: "a key twice",
      json: '{"Id":"a",\t"I\\u0064":"b"}',
      says: "the policy must have no key twice in one object, got",
    },
    {
      name: "a version",
      json: { Version: "2008-10-17" },
      says: 'Version must be "2012-10-17", got "2008-10-17"',
    },
    { name: "no version", json: { Statement: allowAll }, says: 'Version must be "2012-10-17", got undefined' },
    {
      name: "an element",
      json: { Extra: 1 },
      says: 'must have no elements but Version, Id, Statement, got "Extra"',
    },
    { name: "an Id that is no text", json: { ...policy(allowAll), Id: 7 }, says: "Id must be text, got 7" },
    { name: "no statement", json: policy(), says: "Statement must hold a value, got []" },
    { name: "a text for a statement", json: { ...policy(), Statement: "x" }, says: 'statement "#1" must be an object' },
    { name: "a Sid twice", json: policy(allowAll, allowAll), says: 'statement "AllowAll" must have a Sid of its own' },
    { name: "a Sid, a number", json: policy(statement({ Sid: 1 })), says: 'statement "#1": Sid must be text, got 1' },
    { name: "NotAction", json: odd({ NotAction: "s3:*" }), says: 'statement "Odd" must have no elements but' },
    { name: "NotResource", json: odd({ NotResource: "*" }), says: 'got "NotResource"' },
    { name: "NotPrincipal", json: odd({ NotPrincipal: "*" }), says: 'got "NotPrincipal"' },
    { name: "an element in another case", json: odd({ action: "*" }), says: 'got "action"' },
    { name: "an effect's case", json: odd({ Effect: "deny" }), says: 'Effect must be "Allow" or "Deny", got "deny"' },
    { name: "no effect", json: odd({ Effect: undefined }), says: "Effect must be" },
    { name: "no principal", json: odd({ Principal: undefined }), says: 'statement "Odd": Principal must be an object' },
    { name: "a bare principal", json: odd({ Principal: ROLE }), says: 'Principal must be "*" or an object, got "arn:' },
    { name: "an empty principal", json: aws([]), says: "Principal.AWS must hold a value, got []" },
    { name: "a canonical user", json: odd({ Principal: { CanonicalUser: "79a5" } }), says: 'got "CanonicalUser"' },
    { name: "a federated principal", json: odd({ Principal: { Federated: "x" } }), says: 'got "Federated"' },
    { name: "another cloud's principal", json: odd({ Principal: { CW: "x" } }), says: 'got "CW"' },
    { name: "a wildcard in a role", json: aws(`${ROLE}*`), says: 'AWS must be "*", an account or the ARN of one root' },
    { name: "a wildcard in a session", json: aws(`${SESSION}*`), says: "Principal.AWS must" },
    { name: "a wildcard for the account", json: aws("arn:aws:iam::*:root"), says: "Principal.AWS must" },
    { name: "a group", json: aws(`arn:aws:iam::${ACCOUNT}:group/g`), says: "Principal.AWS must" },
    { name: "the id of a deleted role", json: aws("AROAEXAMPLE"), says: 'got "AROAEXAMPLE"' },
    { name: "an account of 11 digits", json: aws("11112222333"), says: "Principal.AWS must" },
    { name: "an account as a number", json: aws(111122223333), says: "got 111122223333" },
    { name: "a role of STS", json: aws("arn:aws:sts::111122223333:role/r"), says: "Principal.AWS must" },
    { name: "any service", json: odd({ Principal: { Service: "*" } }), says: 'must be as "s3.amazonaws.com", got "*"' },
    { name: "an expression as principal", json: aws("${aws_iam_role.r.arn}"), says: "Principal.AWS must" },
    { name: "no action", json: odd({ Action: undefined }), says: 'Action must be "*" or actions such as' },
    { name: "an empty action", json: odd({ Action: [] }), says: "Action must hold a value, got []" },
    { name: "an action without service", json: odd({ Action: "GetObject" }), says: 'got "GetObject"' },
    { name: "a wildcard for the service", json: odd({ Action: "s?:GetObject" }), says: 'got "s?:GetObject"' },
    { name: "no resource", json: odd({ Resource: undefined }), says: "Resource must be" },
    {
      name: "a resource that is no ARN",
      json: odd({ Resource: "photos/*" }),
      says: 'must be "*" or ARNs of six parts',
    },
    { name: "a resource of a few parts", json: odd({ Resource: "arn:aws:s3*" }), says: 'got "arn:aws:s3*"' },
    {
      name: "a resource of any service",
      json: odd({ Resource: "arn:aws:*:::b" }),
      says: "without a wildcard for the service",
    },
    {
      name: "a policy variable",
      json: odd({ Resource: s3("${aws:username}") }),
      says: "Resource must hold no policy variable",
    },
    { name: "a Terraform expression", json: odd({ Resource: "${aws_s3_bucket.b.arn}/*" }), says: "Resource must" },
  ])("$name", ({ json, says }) => {
    const read = () => readPolicy(json);
    expect(read).toThrow(UnreadablePolicy);
    expect(read).toThrow(/^Cannot read the policy: /);
    expect(read).toThrow(says);
  });
});

describe("a question that AWS is never asked is refused", () => {
  test.each<{ name: string; question: Partial<Question>; says: string }>([
    { name: "an action's wildcard", question: { action: "s3:*" }, says: 'must be one action such as "s3:GetObject"' },
    { name: "an action without service", question: { action: "GetObject" }, says: 'got "GetObject"' },
    { name: "a resource's wildcard", question: { resource: s3("b/*") }, says: "must be the ARN of one resource" },
    { name: "every resource", question: { resource: "*" }, says: 'got "*"' },
    { name: "a name for a resource", question: { resource: "photos" }, says: 'got "photos"' },
    { name: "a principal's wildcard", question: { principal: `${ROLE}*` }, says: "principal must be" },
    { name: "an account as principal", question: { principal: "111122223333" }, says: 'got "111122223333"' },
    {
      name: "a context key without prefix",
      question: { context: { Ip: "::1" } },
      says: 'such as "aws:SourceIp", got "Ip"',
    },
    { name: "a context key twice", question: { context: { "s3:a": "1", "S3:A": "2" } }, says: "have each key once" },
  ])("$name", ({ question, says }) => {
    expect(() => effect(statement(), question)).toThrow(UnanswerableQuestion);
    expect(() => effect(statement(), question)).toThrow(says);
  });
});

describe("allOf()", () => {
  const allow: Decision = { effect: "allow", statement: "A" };
  const allowToo: Decision = { effect: "allow", statement: "B" };
  const deny: Decision = { effect: "deny", statement: "D" };
  const nothing: Decision = { effect: "implicit-deny" };
  test.each([
    { name: "all allow", decisions: [allow, allowToo], expected: allow },
    { name: "one is silent", decisions: [allow, nothing], expected: nothing },
    { name: "one denies", decisions: [allow, deny], expected: deny },
    { name: "one is silent, then one denies", decisions: [nothing, deny, allow], expected: deny },
    { name: "there is none", decisions: [], expected: nothing },
  ])("$name", ({ decisions, expected }) => expect(allOf(decisions)).toEqual(expected));

  test("a PUT to a bucket with SSE-KMS needs both the bucket and the key", () => {
    const bucket = readPolicy(policy(statement({ Principal: { AWS: ROLE }, Action: "s3:PutObject" })));
    const key = (Action: string) => readPolicy(policy(statement({ Principal: { AWS: ROLE }, Action })));
    const put = (keyAction: string) =>
      allOf([
        decide(bucket, { principal: ROLE, action: "s3:PutObject", resource: OBJECT }),
        decide(key(keyAction), { principal: ROLE, action: "kms:GenerateDataKey", resource: KEY }),
      ]).effect;
    expect([put("kms:GenerateDataKey*"), put("kms:Decrypt")]).toEqual(["allow", "implicit-deny"]);
  });
});
