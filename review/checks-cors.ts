import { MET, notApplicable, unknown, unmet, waiverOf, type Check, type Outcome } from "./checks";
import { BYOB, CORS_EXPOSED, CORS_METHODS } from "./contract";
import { CLOUDS, partOf, type Facts, type Storage } from "./facts";
import { blocks, isOpen, listOf, pick, texts, type Json, type JsonObject } from "./value";

/** A CORS rule in one form for all clouds. */
interface CorsRule {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly exposed: readonly string[];
  /** Headers that a page may send; Google has none of its own. */
  readonly allowed: readonly string[];
}

/** Where each cloud keeps its rules, and what their fields are called. */
function rulesValue(storage: Storage): Json | undefined {
  const s3 = partOf(storage, "aws_s3_bucket_cors_configuration") ?? partOf(storage, "aws_s3_bucket");
  switch (storage.cloud) {
    case "aws":
    case "s3-compatible":
    case "coreweave":
      return s3?.values["cors_rule"];
    case "gcp":
      return partOf(storage, "google_storage_bucket")?.values["cors"];
    case "azure":
      return pick(partOf(storage, "azurerm_storage_account")?.values["blob_properties"], "cors_rule") === undefined
        ? undefined
        : blocks(partOf(storage, "azurerm_storage_account")?.values["blob_properties"])[0]?.["cors_rule"];
    default:
      return storage.cloud satisfies never;
  }
}

function ruleOf(block: JsonObject): CorsRule {
  const any = (...keys: readonly string[]) => keys.flatMap((key) => texts(block[key]));
  return {
    origins: any("allowed_origins", "origin"),
    methods: any("allowed_methods", "method"),
    exposed: any("expose_headers", "exposed_headers", "response_header"),
    allowed: "response_header" in block || "origin" in block ? ["*"] : any("allowed_headers"),
  };
}

const made = ({ parts, resource }: Storage) =>
  resource !== undefined || parts.some(({ type }) => type.includes("cors"));

function evaluate(
  storage: Storage,
  facts: Facts,
  what: (rules: readonly CorsRule[], facts: Facts) => Outcome,
): Outcome {
  const value = rulesValue(storage);
  if (!made(storage)) return notApplicable("The bucket and its CORS are made elsewhere");
  if (listOf(value).some(isOpen) || blocks(value).some((rule) => JSON.stringify(rule).includes("${"))) {
    return unknown("The CORS rules are not known here.");
  }
  const rules = blocks(value).map(ruleOf);
  const fix = "Add a CORS rule for GET, HEAD and PUT that exposes ETag.";
  return rules.length ? what(rules, facts) : unmet("There is no CORS rule, so that W&B's pages can show no file.", fix);
}

const base = {
  severity: "error",
  source: BYOB,
  controls: [],
  kind: "contract",
  clouds: CLOUDS,
  purposes: ["wandb"],
} as const;

const exposes = (rule: CorsRule) =>
  rule.exposed.some((name) => name === "*" || name.toLowerCase() === CORS_EXPOSED.toLowerCase());

function methodCheck(method: string): Check {
  return {
    ...base,
    id: `contract-cors-${method.toLowerCase()}`,
    title: `CORS lets pages ${method}`,
    why: "W&B's pages use pre-signed URLs in the browser, which asks the bucket first.",
    evaluate: (storage, facts) =>
      evaluate(storage, facts, (rules) =>
        rules.some(({ methods }) => methods.includes(method))
          ? MET
          : unmet(`No CORS rule has ${method}.`, `Add ${method}.`),
      ),
  };
}

/** The rules that concern W&B's origin. */
function originOutcome(rules: readonly CorsRule[], { intent }: Facts): Outcome {
  const url = intent?.wandbUrl;
  const origin = url && URL.canParse(url) ? new URL(url).origin : undefined;
  if (origin === undefined) return MET;
  const found = rules.some(({ origins }) => origins.some((allowed) => allowed === "*" || allowed === origin));
  return found ? MET : unmet(`No CORS rule has W&B's origin ${origin}.`, `Add ${origin} to the origins.`);
}

function anyOriginOutcome(rules: readonly CorsRule[], facts: Facts, storage: Storage): Outcome {
  if (!rules.some(({ origins }) => origins.includes("*"))) return MET;
  const waiver = waiverOf(storage, facts, "cors");
  const saas = facts.intent?.type === "saas";
  if (waiver) return waiver;
  if (saas)
    return {
      state: "waived",
      reason: "W&B publishes no list of its Multi-tenant pages' origins, and its own page says any",
    };
  return unmet("Pages of any origin may use pre-signed URLs that they get hold of.", "Name W&B's origin.");
}

/** What browsers need. */
export const corsChecks: readonly Check[] = [
  ...CORS_METHODS.map(methodCheck),
  {
    ...base,
    id: "contract-cors-etag",
    title: `CORS exposes ${CORS_EXPOSED}`,
    why: "The client of an upload in parts reads the ETag of each part.",
    evaluate: (storage, facts) =>
      evaluate(storage, facts, (rules) =>
        rules.some(exposes) ? MET : unmet("No CORS rule exposes ETag.", "Expose ETag."),
      ),
  },
  {
    ...base,
    id: "contract-cors-headers",
    title: "CORS lets pages send any header",
    why: "Uploads send headers that W&B chooses, such as Content-MD5.",
    clouds: ["aws", "azure", "s3-compatible", "coreweave"],
    evaluate: (storage, facts) =>
      evaluate(storage, facts, (rules) =>
        rules.some(({ allowed }) => allowed.includes("*"))
          ? MET
          : unmet("No CORS rule lets pages send any header.", 'Allow "*".'),
      ),
  },
  {
    ...base,
    id: "contract-cors-origin",
    title: "CORS has the origin of W&B's pages",
    why: "The browser asks for the origin of the page that it shows.",
    evaluate: (storage, facts) => evaluate(storage, facts, originOutcome),
  },
  {
    ...base,
    id: "cors-any-origin",
    kind: "control",
    severity: "warning",
    title: "CORS has no more origins than W&B's",
    why: "A page of another origin could use a pre-signed URL that it got hold of.",
    evaluate: (storage, facts) => evaluate(storage, facts, (rules) => anyOriginOutcome(rules, facts, storage)),
  },
];
