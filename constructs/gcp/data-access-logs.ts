import { ProjectIamAuditConfig } from "@cdktf/provider-google/lib/project-iam-audit-config";
import type { TerraformProvider, TerraformStack } from "cdktf";
import { logicalId, withId } from "../logical-id";
import { once } from "../once";
import { DATA_ACCESS_LOGS } from "./roles";

/**
 * The Data Access audit logs of Cloud Storage in a project, made on first use: there is one such setting for a project and
 * a service, so the storages of a project share it. It is authoritative: whatever is set there for Cloud Storage, by hand
 * or by another program, this replaces, and what it says goes with the last storage that asks for it.
 *
 * @see https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_iam#google_project_iam_audit_config
 */
export function dataAccessLogs(
  stack: TerraformStack,
  provider: TerraformProvider,
  project: string,
): ProjectIamAuditConfig {
  return once(stack, "data-access-logs", project, (scope, id) =>
    withId(
      new ProjectIamAuditConfig(scope, id, {
        provider,
        project,
        service: DATA_ACCESS_LOGS.service,
        auditLogConfig: DATA_ACCESS_LOGS.types.map((logType) => ({ logType })), // nobody is exempted
      }),
      logicalId("gcp", project),
    ),
  );
}
