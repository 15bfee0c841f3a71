import { quote, type Issue } from "../constructs/issue";
import { deploymentSchema, type DeploymentShape } from "./schema";
import { translate } from "./zod-issues";

/** The shape of a deployment, or everything that is wrong with it. */
export type ShapeResult = { readonly shape: DeploymentShape } | { readonly issues: readonly Issue[] };

/** Checks the shape of a deployment: keys, types and enumerations. */
export function parseShape(raw: unknown): ShapeResult {
  const issues = hygieneIssues(raw);
  const result = deploymentSchema.safeParse(raw);
  if (!result.success) issues.push(...result.error.issues.flatMap((issue) => translate(issue, deploymentSchema, raw)));
  return result.success && issues.length === 0 ? { shape: result.data } : { issues };
}

/** Faults that a schema can't see: keys that JavaScript would drop, text that Terraform would evaluate or no one can read. */
function hygieneIssues(value: unknown, path: readonly string[] = []): Issue[] {
  if (typeof value === "string") return textIssues(value, path);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key];
    if (key === "__proto__") {
      return [
        {
          path: here,
          atKey: true,
          message: `Cannot use the name: must not be ${quote(key)}, which JavaScript reserves`,
          fix: "Choose another name.",
        },
      ];
    }
    return [...textIssues(key, here, true), ...hygieneIssues(inner, here)];
  });
}

function textIssues(text: string, path: readonly string[], atKey = false): Issue[] {
  const found: Issue[] = [];
  if (/[$%#]\{/.test(text)) {
    found.push({
      path,
      atKey,
      message: `Cannot use the text: must be literal, without "\${", "%{" or "#{", got ${quote(text)}`,
      fix: "Write the value itself: Terraform would evaluate it, and a reviewer couldn't read the policy that names it.",
    });
  }
  if (/(?![\t\n])[\p{Cc}\p{Cf}]/u.test(text)) {
    found.push({
      path,
      atKey,
      message: `Cannot use the text: must have no control or invisible characters, got ${quote(text)}`,
      fix: "Type the value again.",
    });
  }
  return found;
}
