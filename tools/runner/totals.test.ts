import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { whyInstall } from "./prepare.mjs";
import { ROOT } from "./process.mjs";
import { countSkips, totalsLine, vitestTotals } from "./totals.mjs";

let folder = "";

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the totals of a real run count what did not load, and name what was skipped", () => {
  plant({
    "good.test.ts": `import { test } from "vitest"; test("one", () => {}); test("two", () => {});`,
    "bad.test.ts": `import { test } from "vitest"; test("no", () => { throw new Error("no"); });`,
    "unloadable.test.ts": `import "./nothing-there.ts";`,
    "hook.test.ts": `import { afterAll, test } from "vitest"; test("three", () => {});
      afterAll(() => { throw new Error("in a hook"); });`,
    "away.test.ts": `import { test } from "vitest"; test.skipIf(true)("four", () => {});`,
  });
  const { report, code } = vitest();
  const totals = vitestTotals(report, code, folder);
  expect(totals).toEqual({ passed: 3, failed: 3, skipped: ["away.test.ts > four"] });
  expect(totalsLine(totals)).toBe("3 passed, 3 failed");
  expect(totalsLine(countSkips(totals, true))).toBe("3 passed, 4 failed");
  expect(countSkips(totals, false)).toEqual(totals);
});

test("a run that fails without a failed test counts as one failure", () => {
  plant({
    "stray.test.ts": `import { test } from "vitest";
      test("five", () => { setTimeout(() => { throw new Error("stray"); }, 0);
        return new Promise((resolve) => setTimeout(resolve, 50)); });`,
  });
  const { report, code } = vitest();
  expect(vitestTotals(report, code, folder)).toEqual({ passed: 1, failed: 1, skipped: [] });
});

test("no report at all is a failure", () => {
  expect(totalsLine(vitestTotals(undefined, 1, ""))).toBe("0 passed, 1 failed");
});

test("an install is due without node_modules, after a new version, and not otherwise", () => {
  const locked = { "": {}, "node_modules/a": { version: "1.0.0" } };
  const elsewhere = { "node_modules/for-mac": { version: "1.0.0", optional: true } };
  plant({ "package-lock.json": JSON.stringify({ packages: { ...locked, ...elsewhere } }) });
  expect(whyInstall(folder)).toBe("node_modules is not there yet");
  plantInto({ "node_modules/.package-lock.json": JSON.stringify({ packages: locked }) });
  expect(whyInstall(folder)).toBe("");
  const newer = { "": {}, "node_modules/a": { version: "1.0.1" } };
  plantInto({ "package-lock.json": JSON.stringify({ packages: newer }) });
  expect(whyInstall(folder)).toBe("node_modules/a is not as package-lock.json wants it");
});

/** Writes files into a fresh folder. */
function plant(files: Record<string, string>): void {
  folder = mkdtempSync(join(tmpdir(), "synfin-totals-"));
  plantInto(files);
}

function plantInto(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Runs Vitest in the planted folder, as the runner does in the repository. */
function vitest(): { report: Parameters<typeof vitestTotals>[0]; code: number } {
  plantInto({ "package.json": `{ "type": "module" }` });
  const file = join(folder, "report.json");
  const args = ["run", "--root", folder, "--reporter=json", `--outputFile=${file}`];
  const script = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  // The planted tests find Vitest where the repository has it.
  plantInto({
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
