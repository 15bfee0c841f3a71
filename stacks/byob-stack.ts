import "../constructs/creation-stack";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { useBackend } from "./backend";
import { handoverOutputs } from "./handover";
import { metadata } from "./metadata";
import type { Request } from "./request";
import { forget, storageFor } from "./storage-for";

/** The stack of one deployment: its storages, one output for each attachment, and what a reviewer needs to know. */
export class ByobStack extends TerraformStack {
  constructor(
    scope: Construct,
    readonly request: Request,
  ) {
    super(scope, request.name);
    useBackend(this, request.name, request.state);
    const storages = new Map(
      Object.entries(request.storages).map(([alias, props]) => [alias, storageFor(this, request, alias, props)]),
    );
    forget(this, request);
    handoverOutputs(this, request, storages);
    this.addOverride("//.byob", metadata(request, storages));
  }
}
