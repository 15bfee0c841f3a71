import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import type { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { ITerraformDependable, TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { logicalId, withId } from "../logical-id";
import { bucketRole, customRoleId, NARROW_PERMISSIONS } from "./roles";

export interface GrantProps {
  readonly provider: TerraformProvider;
  readonly project: string;
  readonly bucket: StorageBucket;
  /** Name of the bucket; gives all here its address. */
  readonly name: string;
  /** E-mail address of the service account that is let in. */
  readonly serviceAccount: string;
  /** Whether by a role narrower than the documented one. */
  readonly narrowed: boolean;
  /** What the binding names, and so must be there before it. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * One service account's access to one bucket, and to nothing else of the project. An organization that restricts the
 * domains of members (`iam.allowedPolicyMemberDomains`) has to make an exception for W&B's.
 */
export class Grant extends Construct {
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: GrantProps) {
    super(scope, id);
    const { provider, project, name, narrowed } = props;
    const address = logicalId("gcp", name);
    const roles = narrowed
      ? [
          withId(
            new ProjectIamCustomRole(this, "role", {
              provider,
              project,
              roleId: customRoleId(name),
              title: `W&B on ${name}`,
              description: "Less than the documented roles/storage.admin: reads and writes objects, reads the bucket",
              permissions: [...NARROW_PERMISSIONS],
              stage: "GA",
            }),
            address,
          ),
        ]
      : [];
    const before = [...roles, ...props.dependsOn];
    const member = new StorageBucketIamMember(this, "member", {
      provider,
      bucket: props.bucket.name,
      role: bucketRole(project, name, narrowed),
      member: `serviceAccount:${props.serviceAccount}`,
      ...(before.length ? { dependsOn: before } : {}), // named, not referred to
    });
    this.ready = [...roles, withId(member, address)];
  }
}
