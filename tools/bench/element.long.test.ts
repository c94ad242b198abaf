import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../runner/process.mjs";
import { requireBrowser } from "../testing/browser.ts";
import { covered } from "../testing/long.ts";
import { measureBuiltElement } from "./element.mjs";
import { elementTargets } from "./element-targets.mjs";

const browser = requireBrowser();

test.skipIf(browser.missing)(
  "the first frame comes within 100 ms, and frames keep up while it plays and is scrubbed",
  async () => {
    if (!existsSync(join(ROOT, "packages/element/dist/synfin.js"))) {
      throw new Error("synfin.js is not built; run: npx turbo run build");
    }
    const targets = elementTargets(await measureBuiltElement({ rounds: 7, seconds: 4 }));
    const told = targets.map(
      ({ name, measured, wanted, detail }) =>
        `${name}: ${Number(measured).toFixed(1)} (wanted ${wanted}${detail === "" ? "" : `; ${detail}`})`,
    );
    covered(told.join("\n"));
    expect(targets).toHaveLength(6);
    expect(targets.filter(({ binds, met }) => binds && met !== true)).toEqual([]);
  },
);
