import { WANDB_SERVICE_ACCOUNTS } from "../../../constructs/gcp/principal";
import { CREDENTIALS, DEDICATED, OWN_ACCOUNT, REASON, resource, SAAS, SELF_MANAGED, synth } from "./fixture";

const NARROW = { customRole: { undocumented: true, reason: REASON } };

describe("Grant", () => {
  test("W&B's service accounts are those of its page", () => {
    expect(WANDB_SERVICE_ACCOUNTS).toEqual({
      saas: "wandb-integration@wandb-production.iam.gserviceaccount.com",
      dedicated: "deploy@wandb-production.iam.gserviceaccount.com",
    });
  });

  test.each([
    ["SaaS", SAAS, {}, "wandb-integration@wandb-production.iam.gserviceaccount.com"],
    ["Dedicated", DEDICATED, {}, "deploy@wandb-production.iam.gserviceaccount.com"],
    ["Dedicated by credentials", CREDENTIALS, { serviceAccount: OWN_ACCOUNT }, OWN_ACCOUNT],
    ["Self-managed", SELF_MANAGED, { serviceAccount: OWN_ACCOUNT }, OWN_ACCOUNT],
    [
      "Self-managed by credentials",
      { ...SELF_MANAGED, access: "credentials" as const },
      { serviceAccount: OWN_ACCOUNT },
      OWN_ACCOUNT,
    ],
  ])("lets in, by the documented role and on the bucket alone: %s", (_, context, change, account) => {
    const terraform = synth(change, context);
    expect(terraform.resource["google_storage_bucket_iam_member"]).toEqual({
      "gcp_acme-wandb": expect.objectContaining({
        bucket: "${google_storage_bucket.gcp_acme-wandb.name}",
        role: "roles/storage.admin",
        member: `serviceAccount:${account}`,
      }) as object,
    });
    expect(JSON.stringify(terraform.resource).match(/gserviceaccount\.com/g)).toHaveLength(1);
  });

  test("is on nothing but the bucket: no resource grants anything in the project", () => {
    const types = Object.keys(synth(NARROW).resource);
    expect(types).not.toContainEqual(expect.stringMatching(/project_iam_(member|binding|policy)/));
    expect(types).not.toContainEqual(expect.stringMatching(/bucket_iam_(binding|policy)|bucket_acl/));
  });

  describe("customRole.undocumented", () => {
    const terraform = synth(NARROW);
    const role = resource(terraform, "google_project_iam_custom_role");

    test("makes a role that reads the bucket and uses its objects, and that is all", () => {
      expect(role["permissions"]).toEqual([
        "storage.buckets.get",
        "storage.objects.get",
        "storage.objects.list",
        "storage.objects.create",
        "storage.objects.delete",
        "storage.multipartUploads.create",
        "storage.multipartUploads.list",
        "storage.multipartUploads.abort",
      ]);
    });

    test("names the role after the bucket, in the letters that a role's id may have", () => {
      expect(role).toMatchObject({
        project: "acme-ml",
        role_id: "acme.wandb",
        title: "W&B on acme-wandb",
        stage: "GA",
      });
    });

    test("grants that role, once it is there, instead of the documented one", () => {
      expect(resource(terraform, "google_storage_bucket_iam_member")).toMatchObject({
        role: "projects/acme-ml/roles/acme.wandb",
        depends_on: ["google_project_iam_custom_role.gcp_acme-wandb"],
      });
    });
  });
});
