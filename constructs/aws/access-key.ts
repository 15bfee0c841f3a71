import { IamAccessKey } from "@cdktf/provider-aws/lib/iam-access-key";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { logicalId, withId } from "../logical-id";
import { CREATED_USER_PATH } from "./principal";

export interface AccessKeyProps {
  readonly provider: TerraformProvider;
  /** Name of the bucket that the key is for; gives the user its name and address. */
  readonly bucket: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * An IAM user with an access key and without any policy: what it may do is what the policies of one bucket and one key
 * say. The secret stands in Terraform's state.
 */
export class AccessKey extends Construct {
  /** The policies name the user, so it must be there before them. */
  readonly user: TerraformResource;
  readonly secrets: { readonly access_key_id: string; readonly secret_access_key: string };

  constructor(scope: Construct, id: string, { provider, bucket, tags }: AccessKeyProps) {
    super(scope, id);
    const address = logicalId("aws", bucket);
    const user = new IamUser(this, "user", { provider, name: bucket, path: CREATED_USER_PATH, tags: { ...tags } });
    const key = new IamAccessKey(this, "key", { provider, user: withId(user, address).name });
    this.user = user;
    withId(key, address);
    this.secrets = { access_key_id: key.id, secret_access_key: key.secret };
  }
}
