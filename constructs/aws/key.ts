import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { logicalId, withId } from "../logical-id";
import { keyPolicy } from "./policy";

export interface EncryptionKeyProps {
  readonly provider: TerraformProvider;
  /** Name of the bucket that the key is for; gives the key its address and, by default, its alias. */
  readonly bucket: string;
  /** Account that administers the key: 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Whom the key policy lets use the key. */
  readonly principal: string;
  /** @default - `wandb/<bucket>` */
  readonly alias?: string | undefined;
  /** Days between the key's deletion and its end, 7 to 30. @default 30 */
  readonly deletionWindowInDays?: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** What the key policy names, and so must be there before it. @default - nothing is made for it */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A customer-managed symmetric KMS key that rotates, can't be destroyed by a plan, and that only W&B's principal and the account may use. */
export class EncryptionKey extends Construct {
  readonly key: KmsKey;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { provider, bucket } = props;
    const address = logicalId("aws", bucket);
    this.key = withId(
      new KmsKey(this, "key", {
        provider,
        description: `Encrypts the W&B bucket ${bucket}`,
        keyUsage: "ENCRYPT_DECRYPT", // W&B: "The key usage type must be ENCRYPT_DECRYPT"
        enableKeyRotation: true,
        deletionWindowInDays: props.deletionWindowInDays ?? 30,
        policy: JSON.stringify(keyPolicy(props.account, props.region, props.principal)),
        tags: { ...props.tags },
        ...(props.dependsOn?.length ? { dependsOn: [...props.dependsOn] } : {}),
        lifecycle: { preventDestroy: true }, // without the key every object is lost
      }),
      address,
    );
    this.arn = this.key.arn;
    withId(
      new KmsAlias(this, "alias", {
        provider,
        name: `alias/${props.alias ?? `wandb/${bucket}`}`,
        targetKeyId: this.key.keyId,
      }),
      address,
    );
  }
}
