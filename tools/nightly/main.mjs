/**
 * `npm run nightly`: holds random connections to the laws until its time is over. See
 * `HELP` in options.mjs.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleForNode } from "../runner/bundle.mjs";
import { ROOT } from "../runner/process.mjs";
import { HELP, readNightlyOptions } from "./options.mjs";
import { runNightly } from "./run.mjs";

process.exitCode = await main(process.argv.slice(2));

/** @param {readonly string[]} args */
async function main(args) {
  const fresh = Date.now() % 0x7fff_ffff;
  let options;
  try {
    options = readNightlyOptions(args, fresh);
  } catch (error) {
    console.error(`nightly: ${error instanceof Error ? error.message : error}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), "synfin-nightly-"));
  try {
    const script = join(folder, "worker.mjs");
    await bundleForNode(join(ROOT, "tools/nightly/worker.ts"), script);
    return await runNightly(script, options, process);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
