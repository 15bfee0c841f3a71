// Imports from the provider's root, which loads all of its modules.
import {
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
} from "@cdktf/provider-aws";
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
