/**
 * `npm run goldens`: writes the pictures that the elements are compared with anew, in
 * `packages/element/test/goldens/pictures`. Look at them before you commit them.
 */
import { runVitest } from "./runner/vitest.mjs";

process.env["SYNFIN_GOLDENS"] = "write";
const { totals, hints } = await runVitest(["packages/element/test/goldens"]);
for (const hint of hints) console.error(hint);
process.exitCode = totals.failed === 0 && totals.skipped.length === 0 ? 0 : 1;
