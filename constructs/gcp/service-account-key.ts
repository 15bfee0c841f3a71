import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountKey } from "@cdktf/provider-google/lib/service-account-key";
import { Fn, type TerraformProvider, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { logicalId, withId } from "../logical-id";

export interface ServiceAccountKeyProps {
  readonly provider: TerraformProvider;
  readonly project: string;
  /** Name of the bucket that the key is for; gives the service account its address. */
  readonly bucket: string;
  /** E-mail address of the service account that is made. */
  readonly email: string;
}

/**
 * A service account with a key and without any role of the project: what it may do is what one bucket's binding says. The
 * key stands in Terraform's state. An organization may forbid such keys (`iam.disableServiceAccountKeyCreation`).
 */
export class CreatedServiceAccount extends Construct {
  /** The binding names the account, so it must be there before it. */
  readonly account: TerraformResource;
  /** `private_key` is the PEM text within Google's key file. */
  readonly secrets: { readonly private_key: string };

  constructor(scope: Construct, id: string, { provider, project, bucket, email }: ServiceAccountKeyProps) {
    super(scope, id);
    const address = logicalId("gcp", bucket);
    const account = new ServiceAccount(this, "account", {
      provider,
      project,
      accountId: email.split("@")[0] ?? "",
      displayName: `W&B on ${bucket}`.slice(0, 100),
    });
    const key = new ServiceAccountKey(this, "key", { provider, serviceAccountId: withId(account, address).name });
    this.account = account;
    withId(key, address);
    const file = Fn.jsondecode(Fn.base64decode(key.privateKey)) as string;
    this.secrets = { private_key: Fn.lookup(file, "private_key", "") as string };
  }
}
