import * as z from "zod";
import type { AttachmentFacts } from "./facts";

/**
 * The body of W&B's `POST /scim/Groups`, by which a team can be made instead of by the form.
 *
 * @see https://docs.wandb.ai/platform/hosting/iam/scim#create-team
 */
export const scimBody = z.strictObject({
  schemas: z.tuple([z.literal("urn:ietf:params:scim:schemas:core:2.0:Group")]),
  displayName: z.string().min(1),
  members: z.array(z.strictObject({ value: z.string() })),
  storageBucket: z.strictObject({
    name: z.string().min(1),
    provider: z.enum(["COREWEAVE", "AWS", "AZURE", "GCP", "MINIO"]),
    path: z.string().optional(),
    kmsKeyId: z.string().optional(),
    azureTenantId: z.string().optional(),
    azureClientId: z.string().optional(),
  }),
});

/** The body for a team; members are added later, or by hand. On Azure the name is `<account>/<container>`. */
export function scimBodyOf({ team = "", form, path }: AttachmentFacts): z.output<typeof scimBody> {
  const name = form["provider"] === "AZURE" ? `${form["account_name"]}/${form["container_name"]}` : form["bucket"];
  const optional = {
    path,
    kmsKeyId: form["kms_key_arn"],
    azureTenantId: form["tenant_id"],
    azureClientId: form["managed_identity_client_id"],
  };
  return scimBody.parse({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName: team,
    members: [],
    storageBucket: {
      name,
      provider: form["provider"],
      ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)),
    },
  });
}
