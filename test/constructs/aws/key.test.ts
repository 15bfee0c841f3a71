import { dedicated } from "../../support/deployments";
import { only, synth } from "../../support/synth";

describe("EncryptionKey", () => {
  const key = only(synth(dedicated()), "aws_kms_key");

  test("is a symmetric key for encryption, as W&B asks", () => {
    expect(key["key_usage"]).toBe("ENCRYPT_DECRYPT");
    expect(key).not.toHaveProperty("customer_master_key_spec"); // SYMMETRIC_DEFAULT
  });

  test("rotates", () => expect(key["enable_key_rotation"]).toBe(true));

  test("can't be destroyed by a plan, and stays 30 days when it is deleted by hand", () => {
    expect(key["lifecycle"]).toEqual({ prevent_destroy: true });
    expect(key["deletion_window_in_days"]).toBe(30);
  });

  test("kmsKey.deletionWindowInDays shortens these days", () => {
    const short = synth(dedicated({ kmsKey: { deletionWindowInDays: 7 } }));
    expect(only(short, "aws_kms_key")["deletion_window_in_days"]).toBe(7);
  });

  test("has an alias that tells what it is for", () => {
    expect(only(synth(dedicated()), "aws_kms_alias")).toMatchObject({
      name: "alias/wandb/acme-wandb",
      target_key_id: "${aws_kms_key.aws_acme-wandb.key_id}",
    });
  });

  test("kmsKey.alias names it otherwise", () => {
    const named = synth(dedicated({ kmsKey: { alias: "acme/data" } }));
    expect(only(named, "aws_kms_alias")["name"]).toBe("alias/acme/data");
  });

  test("has a policy with no value that is known only after apply", () => expect(key["policy"]).not.toContain("${"));

  test("has the tags of this project and the user's", () => {
    expect(only(synth(dedicated({ tags: { Owner: "ml" } })), "aws_kms_key")["tags"]).toEqual({
      ManagedBy: "wandb-byob",
      WandbDeployment: "acme-dedicated",
      Owner: "ml",
    });
  });
});
