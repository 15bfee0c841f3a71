import { testRgw } from "../../support/rgw/test-rgw";
import type { Bucket } from "../../store/bucket";
import { wordsOf, type Call } from "../../store/call";
import { openStore, type Store } from "../../store/store";
import { CEPH_STORAGE, policyOf } from "./fixture";

const NEAR = "127.0.1.5";
const FAR = "127.0.2.5";

/** What is asked of a real Ceph: with which fields, who asks (W&B's user is `ownUser`), for what, and what it must say. */
type Row = [answer: "let in" | "refused", who: "ownUser" | "owner" | "analyst" | "stranger" | "anonymous", call: Call];

// prettier-ignore
const PLAIN: Row[] = [
  ["let in", "ownUser", { does: "GetObject" }],
  ["let in", "ownUser", { does: "GetObject", signed: "pre-signed" }],
  ["let in", "ownUser", { does: "PutObject" }],
  ["let in", "ownUser", { does: "PutObject", signed: "pre-signed" }], // without any header of encryption
  ["let in", "ownUser", { does: "UploadPart", signed: "pre-signed" }],
  ["let in", "ownUser", { does: "DeleteObject" }],
  ["let in", "ownUser", { does: "AbortMultipartUpload" }],
  ["let in", "ownUser", { does: "ListObjects" }],
  ["let in", "ownUser", { does: "ListObjectVersions" }],
  ["let in", "ownUser", { does: "ListMultipartUploads" }],
  ["let in", "ownUser", { does: "GetBucketLocation" }],
  ["let in", "ownUser", { does: "GetBucketVersioning" }],
  ["let in", "ownUser", { does: "GetBucketCors" }],
  ["refused", "ownUser", { does: "GetBucketPolicy" }],
  ["refused", "ownUser", { does: "PutObjectAcl" }],
  ["refused", "ownUser", { does: "DeleteObjectVersion" }],
  ["refused", "ownUser", { does: "GetObject", over: "http" }],
  ["refused", "ownUser", { does: "PutObject", over: "http", signed: "pre-signed" }],
  ["refused", "ownUser", { does: "ListObjects", over: "http" }],
  ["refused", "owner", { does: "PutObject", over: "http" }],
  ["let in", "owner", { does: "PutObject" }],
  ["let in", "owner", { does: "GetBucketPolicy" }],
  ["refused", "analyst", { does: "GetObject" }],
  ["refused", "stranger", { does: "GetObject" }],
  ["refused", "anonymous", { does: "GetObject" }],
  ["refused", "anonymous", { does: "ListObjects" }],
];

// prettier-ignore
const NETWORK: Row[] = [
  ["let in", "ownUser", { does: "GetObject", from: NEAR }],
  ["let in", "ownUser", { does: "PutObject", from: NEAR, signed: "pre-signed" }],
  ["refused", "ownUser", { does: "GetObject", from: FAR }],
  ["refused", "ownUser", { does: "GetObject", from: FAR, signed: "pre-signed" }],
  ["refused", "ownUser", { does: "PutObject", from: FAR, signed: "pre-signed" }],
  ["refused", "ownUser", { does: "DeleteObject", from: FAR }],
  ["let in", "ownUser", { does: "ListObjects", from: FAR }],
  ["let in", "owner", { does: "GetObject", from: FAR }],
  ["let in", "owner", { does: "GetBucketPolicy", from: FAR }],
  ["refused", "ownUser", { does: "GetObject", from: NEAR, over: "http" }],
];

// prettier-ignore
const AT_PROXY: Row[] = [
  ["let in", "ownUser", { does: "GetObject", over: "http" }], // as the proxy asks
  ["refused", "analyst", { does: "GetObject", over: "http" }],
];

let store: Store;
beforeAll(async () => (store = await openStore()), 60_000);
afterAll(() => store?.close());

describe.each([
  { variant: "by default", bucket: "plain", change: {}, rows: PLAIN },
  {
    variant: "with a network",
    bucket: "network",
    change: { network: { cidrs: ["127.0.1.0/24", "2001:db8:1::/48"] } },
    rows: NETWORK,
  },
  { variant: "with TLS at a proxy", bucket: "proxy", change: { tls: { mode: "at-proxy" } }, rows: AT_PROXY },
])("Ceph takes the policy $variant", ({ bucket: name, change, rows }) => {
  let bucket: Bucket;
  beforeAll(async () => (bucket = await store.bucket(name, policyOf({ ...change, bucket: name }))));

  testRgw.each(rows.map(([answer, who, call]) => ({ answer, who, call, words: wordsOf(call) })))(
    "$who $words: $answer",
    async ({ answer, who, call }) => {
      expect(await bucket.ask(call, store.cast[who].keys)).toBe(answer);
    },
  );
});

describe("what the row of Ceph rests on", () => {
  const withStatement = (change: object) => {
    const policy = policyOf({ bucket: "row" });
    return {
      ...policy,
      Statement: policy.Statement.map((each, index) => (index === 1 ? { ...each, ...change } : each)),
    };
  };

  testRgw("W&B's user is the one of the policy", () => {
    expect(store.cast.ownUser.arn).toBe(CEPH_STORAGE.principal);
  });

  testRgw("it refuses a policy with s3:GetEncryptionConfiguration, and takes one without", async () => {
    const bucket = await store.bucket("row");
    await expect(bucket.put(withStatement({ Action: ["s3:GetEncryptionConfiguration"] }))).rejects.toThrow();
    await expect(bucket.put(withStatement({}))).resolves.not.toThrow();
  });
});
