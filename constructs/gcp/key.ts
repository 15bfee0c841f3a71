import { DataGoogleStorageProjectServiceAccount } from "@cdktf/provider-google/lib/data-google-storage-project-service-account";
import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { logicalId, withId } from "../logical-id";
import { DEFAULT_ROTATION_DAYS, type Encryption } from "./encryption";
import { kmsLocationOf } from "./locations";
import { KEY_USER } from "./roles";

const SECONDS_PER_DAY = 86_400;
/** Days between the end of a key's version being asked for and its end. */
const DESTROY_DAYS = 30;
/** Name of a key within a ring that is made for it alone. */
const KEY_NAME = "wandb";

export interface EncryptionKeyProps extends Pick<Encryption, "kmsKeyName" | "keyRing" | "rotationDays"> {
  readonly provider: TerraformProvider;
  readonly project: string;
  /** Name of the bucket that the key is for; gives all here its address. */
  readonly bucket: string;
  /** Location of the bucket. */
  readonly location: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * A customer-managed key that the project's storage service agent may use: a given one, or a symmetric one that rotates
 * and can't be destroyed by a plan. W&B needs no access to it: Cloud Storage encrypts and decrypts on its own account.
 */
export class EncryptionKey extends Construct {
  /** Full name of the key; composed, so that a plan shows it. */
  readonly name: string;
  /** The grant; without it no bucket with that key can be made: 403. */
  readonly grant: KmsCryptoKeyIamMember;
  /** All that makes the key fit for use. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { provider, project, bucket, kmsKeyName } = props;
    const address = logicalId("gcp", bucket);
    const made = kmsKeyName === undefined ? this.make(props, address) : undefined;
    this.name =
      kmsKeyName ??
      `projects/${project}/locations/${kmsLocationOf(props.location)}/keyRings/${ringName(props)}/cryptoKeys/${KEY_NAME}`;
    const agent = new DataGoogleStorageProjectServiceAccount(this, "agent", { provider, project });
    withId(agent, address);
    this.grant = new KmsCryptoKeyIamMember(this, "grant", {
      provider,
      cryptoKeyId: made?.id ?? this.name,
      role: KEY_USER,
      member: `serviceAccount:${agent.emailAddress}`,
    });
    withId(this.grant, address);
    this.ready = made ? [made, this.grant] : [this.grant];
  }

  private make(props: EncryptionKeyProps, address: string): KmsCryptoKey {
    const { provider, project } = props;
    const lifecycle = { preventDestroy: true }; // without the key every object is lost
    const ring = new KmsKeyRing(this, "ring", {
      provider,
      project,
      name: ringName(props),
      location: kmsLocationOf(props.location),
      lifecycle,
    });
    const key = new KmsCryptoKey(this, "key", {
      provider,
      keyRing: withId(ring, address).id,
      name: KEY_NAME,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: `${(props.rotationDays ?? DEFAULT_ROTATION_DAYS) * SECONDS_PER_DAY}s`,
      destroyScheduledDuration: `${DESTROY_DAYS * SECONDS_PER_DAY}s`,
      labels: { ...props.labels },
      lifecycle,
    });
    return withId(key, address);
  }
}

function ringName({ keyRing, bucket }: EncryptionKeyProps): string {
  return keyRing ?? bucket;
}
