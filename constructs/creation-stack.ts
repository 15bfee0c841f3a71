import stackTrace = require("cdktf/lib/tokens/private/stack-trace");

/**
 * CDKTF takes a full stack trace for every token that it makes, which is most of the time and memory of a synthesis
 * (hashicorp/terraform-cdk#3892), only to name the place in some of its errors. `CDKTF_CREATION_STACK=1` keeps them.
 */
if (process.env["CDKTF_CREATION_STACK"] !== "1") Object.assign(stackTrace, { captureStackTrace: () => [] });
