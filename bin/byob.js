#!/usr/bin/env node
"use strict";
// Runs the bundle of cli/byob.ts, made anew when a source has changed, so that a clone needs no build step.
require(require("./build").build());
