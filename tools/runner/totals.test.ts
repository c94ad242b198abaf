import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plant, plantInto } from "../testing/plant.ts";
import { whyInstall } from "./prepare.mjs";
import { ROOT } from "./process.mjs";
import { countSkips, totalsLine, vitestTotals } from "./totals.mjs";

test("the totals of a real run count what did not load, and name what was skipped", () => {
  const folder = plant({
    "good.test.ts": `import { test } from "vitest"; test("one", () => {}); test("two", () => {});`,
    "bad.test.ts": `import { test } from "vitest"; test("no", () => { throw new Error("no"); });`,
    "unloadable.test.ts": `import "./nothing-there.ts";`,
    "hook.test.ts": `import { afterAll, test } from "vitest"; test("three", () => {});
      afterAll(() => { throw new Error("in a hook"); });`,
    "away.test.ts": `import { test } from "vitest"; test.skipIf(true)("four", () => {});`,
  });
  const { report, code } = vitest(folder);
  const totals = vitestTotals(report, code, folder);
  expect(totals).toEqual({ passed: 3, failed: 3, skipped: ["away.test.ts > four"] });
  expect(totalsLine(totals)).toBe("3 passed, 3 failed");
  expect(totalsLine(countSkips(totals, true))).toBe("3 passed, 4 failed");
  expect(countSkips(totals, false)).toEqual(totals);
});

test("a run that fails without a failed test counts as one failure", () => {
  const folder = plant({
    "stray.test.ts": `import { test } from "vitest";
      test("five", () => { setTimeout(() => { throw new Error("stray"); }, 0);
        return new Promise((resolve) => setTimeout(resolve, 50)); });`,
  });
  const { report, code } = vitest(folder);
  expect(vitestTotals(report, code, folder)).toEqual({ passed: 1, failed: 1, skipped: [] });
});

test("no report at all is a failure", () => {
  expect(totalsLine(vitestTotals(undefined, 1, ""))).toBe("0 passed, 1 failed");
});

test("an install is due without node_modules, after a new version, and not otherwise", () => {
  const locked = { "": {}, "node_modules/a": { version: "1.0.0" } };
  const elsewhere = { "node_modules/for-mac": { version: "1.0.0", optional: true } };
  const folder = plant({
    "package-lock.json": JSON.stringify({ packages: { ...locked, ...elsewhere } }),
  });
  expect(whyInstall(folder)).toBe("node_modules is not there yet");
  plantInto(folder, { "node_modules/.package-lock.json": JSON.stringify({ packages: locked }) });
  expect(whyInstall(folder)).toBe("");
  const newer = { "": {}, "node_modules/a": { version: "1.0.1" } };
  plantInto(folder, { "package-lock.json": JSON.stringify({ packages: newer }) });
  expect(whyInstall(folder)).toBe("node_modules/a is not as package-lock.json wants it");
});

/** Runs Vitest in the planted folder, as the runner does in the repository. */
function vitest(folder: string): { report: Parameters<typeof vitestTotals>[0]; code: number } {
  plantInto(folder, { "package.json": `{ "type": "module" }` });
  const file = join(folder, "report.json");
  const args = ["run", "--root", folder, "--reporter=json", `--outputFile=${file}`];
  const script = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  // The planted tests find Vitest where the repository has it.
  plantInto(folder, {
    "vitest.config.mjs": `export default { resolve: { alias: { vitest: ${JSON.stringify(
      join(ROOT, "node_modules", "vitest", "dist", "index.js"),
    )} } } };`,
  });
  const code = exitCode(() =>
    execFileSync(process.execPath, [script, ...args], { stdio: "ignore" }),
  );
  return { report: JSON.parse(readFileSync(file, "utf8")), code };
}

function exitCode(command: () => unknown): number {
  try {
    command();
    return 0;
  } catch (error) {
    return (error as { status?: number }).status ?? 1;
  }
}
