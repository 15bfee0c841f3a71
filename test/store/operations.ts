import type { Operation } from "./operation";
import { BUCKET_OPERATIONS } from "./operations-bucket";
import { OBJECT_OPERATIONS } from "./operations-object";

/** Every operation that can be asked for, by its name in the SDK. */
export const OPERATIONS = { ...OBJECT_OPERATIONS, ...BUCKET_OPERATIONS } satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;
