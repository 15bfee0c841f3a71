#!/usr/bin/env node
"use strict";
// Runs the bundle of cli/byob.ts, made anew when a source has changed, so that a clone needs no build step.
const { build } = require("./build");

/** The path of the bundle; where it can't be made, says why and what to do, and gives up. */
function bundle() {
  try {
    return build();
  } catch (error) {
    // esbuild has said itself what is wrong in which file.
    if (!error.errors) console.error(`Cannot build the command: ${error.message.split("\n")[0]}`);
    console.error(`  fix: ${error.code === "MODULE_NOT_FOUND" ? "Run `npm ci`." : "Mend what is said above."}`);
    process.exit(1);
  }
}

require(bundle());
