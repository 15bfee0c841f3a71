import { accessOf } from "./access";
import { policiesOf } from "./access-s3";
import { askBucket, BY_HEADER, pathsOf } from "./ask";
import { anyOf } from "./check-values";
import { MET, notApplicable, unknown, unmet, waiverOf, type Check, type Outcome } from "./checks";
import { testsOf } from "./condition-words";
import { BUCKET_ACTIONS, BYOB, KEY_ACTIONS } from "./contract";
import { partsOf, type Facts, type Storage } from "./facts";
import { askedName, storeName } from "./foreign-arns";
import { fits } from "./iam-condition";
import { identities, type UnreadPolicy } from "./s3-policy";
import { textAt } from "./value";

const S3_DOCS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide";
const FSBP = "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html";

const base = { severity: "error", kind: "control", clouds: ["aws"], source: FSBP } as const;
const BY_HEADER_TEXT = BY_HEADER as Readonly<Record<string, string>>;
const SSE = "s3:x-amz-server-side-encryption";

/** What the policies of a bucket and its key must refuse, and what they may not allow: asked of them, never read off. */
export const S3_POLICY_CHECKS: readonly Check[] = [
  {
    ...base,
    id: "s3-tls",
    title: "Nobody gets in without TLS",
    why: "A pre-signed URL over plain HTTP can be read, and used, by whoever sees it pass.",
    source: `${S3_DOCS}/security-best-practices.html`,
    controls: ["FSBP S3.5", "CIS AWS 3.1.1", "CCC.Core.CN01"],
    evaluate: (storage, facts) =>
      anyOf(
        ["s3:GetObject", "s3:PutObject", "s3:ListBucket"].map((action) =>
          refusedToAll(storage, facts, action, { ...BY_HEADER_TEXT, "aws:SecureTransport": "false" }),
        ),
      ),
  },
  {
    ...base,
    id: "s3-own-key-uploads",
    title: "Nobody uploads with a key of their own (SSE-C)",
    why: "Such a file can be read by no one else, the owner of the bucket included.",
    source: `${S3_DOCS}/ServerSideEncryptionCustomerKeys.html`,
    controls: ["CCC.ObjStor.CN01"],
    evaluate: (storage, facts) =>
      refusedToAll(storage, facts, "s3:PutObject", { ...BY_HEADER_TEXT, [`${SSE}-customer-algorithm`]: "AES256" }),
  },
  {
    ...base,
    id: "s3-other-encryption",
    title: "Whoever asks for an encryption asks for the bucket's",
    why: "An upload may name another encryption than the default, and then the key doesn't protect it.",
    controls: ["CCC.ObjStor.CN01"],
    evaluate: (storage, facts) => refusedToAll(storage, facts, "s3:PutObject", { ...BY_HEADER_TEXT, [SSE]: "AES256" }),
  },
  {
    ...base,
    id: "s3-foreign-key",
    title: "Whoever names a key names the bucket's",
    why: "With a key of another account, that account could take the files away.",
    controls: ["CCC.ObjStor.CN01"],
    evaluate: (storage, facts) =>
      refusedToAll(storage, facts, "s3:PutObject", {
        ...BY_HEADER_TEXT,
        [SSE]: "aws:kms",
        [`${SSE}-aws-kms-key-id`]: "arn:aws:kms:us-east-1:999999999999:key/0f0f0f0f-0000-4000-8000-000000000000",
      }),
  },
  {
    ...base,
    id: "s3-only-documented-actions",
    title: "The policies allow no action that W&B doesn't document",
    why: "More than the eleven actions on the bucket and five on the key is access that nothing needs.",
    source: BYOB,
    controls: ["FSBP S3.6", "CCC.KeyMgmt.CN02"],
    clouds: ["aws", "s3-compatible", "coreweave"],
    evaluate: (storage) => onlyDocumented(storage),
  },
  {
    ...base,
    id: "s3-endpoint-tls",
    title: "The store is asked over TLS",
    why: "Files, and the signatures of URLs, could otherwise be read on the way.",
    source: BYOB,
    controls: ["CCC.Core.CN01"],
    clouds: ["s3-compatible", "coreweave"],
    evaluate: (storage, facts) => {
      const plain = storage.owner?.startsWith("http:");
      return plain
        ? (waiverOf(storage, facts, "tls") ?? unmet(`${storage.owner} has no TLS.`, "Give an endpoint with TLS."))
        : MET;
    },
  },
  {
    ...base,
    id: "coreweave-organization",
    title: "W&B is let in for one organization of W&B's",
    why: "All of W&B's customers share its identity on CoreWeave: without the condition, or with a wildcard, any of them is let in.",
    source: BYOB,
    controls: ["CCC.Core.CN05"],
    clouds: ["coreweave"],
    evaluate: (storage) => organization(storage),
  },
  {
    ...base,
    id: "s3-one-policy",
    title: "One policy is set on the bucket",
    why: "A bucket has one policy: of two resources that set it, whichever Terraform applies last wins.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket_policy",
    controls: [],
    clouds: ["aws", "s3-compatible", "coreweave"],
    evaluate: (storage) => {
      const parts = partsOf(storage, "aws_s3_bucket_policy", "coreweave_object_storage_bucket_policy");
      return parts.length > 1
        ? unmet(`Set by ${parts.map(({ address }) => address).join(" and ")}.`, "Make one of them.", parts[1]?.address)
        : MET;
    },
  },
];

/** Asks the policy for what must be refused to everyone, the owner included, wherever in the bucket. */
function refusedToAll(
  storage: Storage,
  facts: Facts,
  action: string,
  context: Readonly<Record<string, string>>,
): Outcome {
  const { bucket, unread } = policiesOf(storage);
  if (unread.length) return unjudged(unread);
  if (!bucket.length) return withoutPolicy(storage);
  const asked = accessOf(storage, facts).map(({ principal }) => askedName(principal.id));
  const principals = ["*", ...asked.filter((id) => id.startsWith("arn:"))];
  const paths = pathsOf(storage);
  const passes = principals.find((principal) =>
    paths.some((path) => askBucket(storage, { principal, action, context, path }) !== "deny"),
  );
  return passes === undefined
    ? MET
    : unmet(`${action} of ${passes} is not refused.`, "Add the Deny.", bucket[0]?.address);
}

function withoutPolicy({ resource }: Storage): Outcome {
  if (!resource) return notApplicable("The bucket's policy is not in these files");
  return unmet("The bucket has no policy.", "Add the Deny.");
}

function unjudged([first]: readonly UnreadPolicy[]): Outcome {
  return unknown(`${first?.address} can't be judged: ${first?.why}`, first?.address);
}

function onlyDocumented(storage: Storage): Outcome {
  const { bucket, key, unread } = policiesOf(storage);
  const documented = [...Object.keys(BUCKET_ACTIONS), ...Object.keys(KEY_ACTIONS)];
  const more = [...bucket, ...key].flatMap((policy) =>
    policy.parts
      .filter(({ raw }) => raw.Effect === "Allow" && !isOwnersRoot(raw.Principal, storage) && !isService(raw.Principal))
      .flatMap(({ name, raw }) =>
        [raw.Action]
          .flat()
          .filter((action) => !documented.some((known) => fits(known.toLowerCase(), action.toLowerCase())))
          .map((action) => ({ action, name, address: policy.address })),
      ),
  );
  const [first] = more;
  if (first) {
    const said = more.map(({ action, name }) => `${action} ("${name}")`).join(", ");
    return unmet(`Allowed beyond the documentation: ${said}.`, "Take them out.", first.address);
  }
  return unread.length ? unjudged(unread) : MET;
}

function organization(storage: Storage): Outcome {
  const { bucket, unread } = policiesOf(storage);
  if (unread.length) return unjudged(unread);
  const allows = bucket
    .flatMap(({ parts }) => parts)
    .filter(({ raw }) => raw.Effect === "Allow" && identities(raw.Principal).some(isWandbs));
  const open = allows.find(({ raw }) => {
    const named = testsOf(raw.Condition).find(
      ({ key, operator }) => key === "wandb:orgid" && /^String(Equals|Like)$/.test(operator),
    );
    return !named || named.values.some((value) => /[*?]/.test(value));
  });
  return open
    ? unmet(`"${open.name}" names no single organization.`, "Add the condition wandb:OrgID.", bucket[0]?.address)
    : MET;
}

const isWandbs = (id: string) => storeName(id).startsWith("arn:aws:iam::wandb:");

/** The owner's own account needs no documentation of W&B's. */
function isOwnersRoot(principal: unknown, { owner, cloud, declared }: Storage): boolean {
  const organization = declared && textAt(declared.fields, "storageOrganization");
  if (cloud === "coreweave")
    return identities(principal).every((id) => storeName(id) === `arn:aws:iam::${organization}:*`);
  const named = JSON.stringify(principal ?? "");
  return (
    owner !== undefined &&
    (named.includes(`:iam::${owner}:root"`) || named.includes(`"${owner}"`)) &&
    !named.includes(",")
  );
}

const isService = (principal: unknown) => JSON.stringify(principal ?? "").startsWith('{"Service"');
