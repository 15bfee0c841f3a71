import { awsIssues, awsProviderAlias, awsProviderIssues, awsWarnings } from "../constructs/aws/props";
import { azureIssues, azureProviderAlias, azureProviderIssues } from "../constructs/azure/props";
import type { RuleContext } from "../constructs/context";
import {
  coreweaveIssues,
  coreweaveProviderAlias,
  coreweaveProviderIssues,
  coreweaveWarnings,
} from "../constructs/coreweave/props";
import { gcpIssues, gcpProviderAlias, gcpProviderIssues, gcpWarnings } from "../constructs/gcp/props";
import type { Issue } from "../constructs/issue";
import {
  s3CompatibleIssues,
  s3CompatibleProviderAlias,
  s3CompatibleProviderIssues,
  s3CompatibleWarnings,
} from "../constructs/s3-compatible/props";
import type { Retired, StorageShape } from "./schema";

/** All that is wrong with the fields of a storage, by the rules of its cloud; paths begin at the storage. */
export function fieldIssues(props: StorageShape, context: RuleContext): Issue[] {
  switch (props.cloud) {
    case "aws":
      return awsIssues(props, context);
    case "gcp":
      return gcpIssues(props, context);
    case "azure":
      return azureIssues(props, context);
    case "s3-compatible":
      return s3CompatibleIssues(props);
    case "coreweave":
      return coreweaveIssues(props, context);
    default:
      return props satisfies never;
  }
}

/** What is allowed by the rules of a storage's cloud but should be known; paths begin at the storage. */
export function fieldWarnings(props: StorageShape, context: RuleContext): Issue[] {
  switch (props.cloud) {
    case "aws":
      return awsWarnings(props);
    case "gcp":
      return gcpWarnings(props, context);
    case "s3-compatible":
      return s3CompatibleWarnings(props);
    case "coreweave":
      return coreweaveWarnings(props);
    case "azure":
      return [];
    default:
      return props satisfies never;
  }
}

/** A name that exists once in the world, and the key of the storage that gives it. */
export interface PhysicalName {
  readonly path: readonly string[];
  readonly name: string;
}

/** The names that a storage takes: no two storages may take the same, for they would be one. */
export function physicalNames(props: StorageShape | Retired): PhysicalName[] {
  switch (props.cloud) {
    case "coreweave":
      return [{ path: ["bucket"], name: `coreweave bucket ${props.bucket}` }];
    case "aws":
    case "gcp":
      return [{ path: ["bucket"], name: `${props.cloud} bucket ${props.bucket}` }, ...logBucketOf(props)];
    case "azure": // one container an account: the account's settings are those of its one storage
      return [{ path: ["account"], name: `azure storage account ${props.account}` }];
    case "s3-compatible":
      return [{ path: ["bucket"], name: `bucket ${props.bucket} at ${props.endpoint}` }];
    default:
      return props satisfies never;
  }
}

/** The bucket that is made for the logs, of a storage or of one that is retired. */
function logBucketOf(props: Extract<StorageShape | Retired, { cloud: "aws" | "gcp" }>): PhysicalName[] {
  if ("logBucket" in props) {
    return props.logBucket === undefined
      ? []
      : [{ path: ["logBucket"], name: `${props.cloud} bucket ${props.logBucket}` }];
  }
  const logging = "logging" in props ? props.logging : undefined;
  return logging && "logBucket" in logging
    ? [{ path: ["logging", "logBucket"], name: `${props.cloud} bucket ${logging.logBucket}` }]
    : [];
}

/** How Terraform reaches the place of a storage. */
export interface ProviderUse {
  /** What the provider configuration is for, and so its alias. */
  readonly alias: string;
  /** The fields that choose an identity to sign in with; the same for all storages of one alias. */
  readonly signIn: Readonly<Record<string, unknown>>;
  readonly issues: readonly Issue[];
}

/** How Terraform reaches the place of a storage. */
export function providerUse(props: StorageShape | Retired): ProviderUse {
  switch (props.cloud) {
    case "aws": {
      const { profile, assumeRole } = props;
      return { alias: awsProviderAlias(props), signIn: { profile, assumeRole }, issues: awsProviderIssues(props) };
    }
    case "gcp": {
      const { impersonateServiceAccount } = props;
      return {
        alias: gcpProviderAlias(props),
        signIn: { impersonateServiceAccount },
        issues: gcpProviderIssues(props),
      };
    }
    case "azure": {
      const { tenantId } = props;
      return { alias: azureProviderAlias(props), signIn: { tenantId }, issues: azureProviderIssues(props) };
    }
    case "s3-compatible": {
      const { profile } = props; // whether by TLS stands in the alias
      const alias = s3CompatibleProviderAlias(props);
      return { alias, signIn: { profile }, issues: s3CompatibleProviderIssues(props) };
    }
    case "coreweave": {
      const { profile } = props;
      return { alias: coreweaveProviderAlias(props), signIn: { profile }, issues: coreweaveProviderIssues(props) };
    }
    default:
      return props satisfies never;
  }
}
