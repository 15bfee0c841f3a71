// The app of main.ts, but importing only what it uses, as CDKTF's documentation advises.
import * as kmsAlias from "@cdktf/provider-aws/lib/kms-alias";
import * as kmsKey from "@cdktf/provider-aws/lib/kms-key";
import * as provider from "@cdktf/provider-aws/lib/provider";
import * as s3Bucket from "@cdktf/provider-aws/lib/s3-bucket";
import * as s3BucketCorsConfiguration from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import * as s3BucketLifecycleConfiguration from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import * as s3BucketOwnershipControls from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import * as s3BucketPolicy from "@cdktf/provider-aws/lib/s3-bucket-policy";
import * as s3BucketPublicAccessBlock from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import * as s3BucketServerSideEncryptionConfiguration from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import * as s3BucketVersioning from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { App } from "cdktf";
import { SaasStack } from "./stack";

const app = new App();
new SaasStack(app, "example-saas", {
  kmsAlias,
  kmsKey,
  provider,
  s3Bucket,
  s3BucketCorsConfiguration,
  s3BucketLifecycleConfiguration,
  s3BucketOwnershipControls,
  s3BucketPolicy,
  s3BucketPublicAccessBlock,
  s3BucketServerSideEncryptionConfiguration,
  s3BucketVersioning,
});
app.synth();
