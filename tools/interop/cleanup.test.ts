import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { Namespace } from "./namespace.ts";
import { interop } from "./needs.ts";
import { childrenOf, isAlive } from "./processes.ts";
import { run } from "./run.ts";

describe.skipIf(interop.missing)("a run that is killed with kill -9", () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "synfin-abandoned-"));
    await build({
      ...{ entryPoints: [here("abandoned.ts")], outfile: join(folder, "abandoned.mjs") },
      ...{ bundle: true, platform: "node", format: "esm", conditions: ["synfin-source"] },
    });
    copyFileSync(here("kernel.py"), join(folder, "kernel.py"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("leaves no process, no namespace and no folder", async () => {
    const lab = await abandonedLab();
    // python3, sleep and curl.
    expect(lab.inside).toHaveLength(3);
    lab.child.kill("SIGKILL");
    await expect.poll(() => lab.processes.filter(isAlive)).toEqual([]);
    expect(await namespaces()).not.toContain(lab.name);
    expect(existsSync(lab.folder)).toBe(false);
  });

  test("and its guard with it: the next namespace that is made removes the old one", async () => {
    const lab = await abandonedLab();
    const guard = lab.processes.filter(isGuard);
    expect(guard).toHaveLength(1);
    process.kill(Number(guard[0]), "SIGKILL");
    lab.child.kill("SIGKILL");
    await expect.poll(() => lab.processes.filter(isAlive)).toEqual([]);
    expect(await namespaces()).toContain(lab.name);
    const next = await Namespace.create();
    expect(await namespaces()).not.toContain(lab.name);
    await next.remove();
    expect(await namespaces()).not.toContain(next.name);
    expect(existsSync(next.folder)).toBe(false);
  });

  async function abandonedLab() {
    const stdio = ["ignore", "pipe", "inherit"] as const;
    const child: ChildProcess = spawn(process.execPath, [join(folder, "abandoned.mjs")], {
      stdio: [...stdio],
    });
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    const line = await new Promise<string>((resolve, reject) => {
      if (child.stdout === null) throw new Error("the abandoned lab has no output");
      createInterface(child.stdout).once("line", resolve);
      child.once("exit", (code) => reject(new Error(`the abandoned lab ended with ${code}`)));
    });
    const { name, folder: itsFolder } = JSON.parse(line) as { name: string; folder: string };
    onTestFinished(() => rmSync(itsFolder, { recursive: true, force: true }));
    await expect.poll(() => insideOf(name)).toHaveLength(3);
    const processes = childrenOf(child.pid ?? 0);
    return { child, name, folder: itsFolder, inside: await insideOf(name), processes };
  }
});

function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

/** The processes in a namespace. */
async function insideOf(name: string): Promise<string[]> {
  const { stdout } = await run("ip", ["netns", "pids", name]);
  return stdout.split("\n").filter((pid) => pid !== "");
}

async function namespaces(): Promise<string[]> {
  const { stdout } = await run("ip", ["netns", "list"]);
  return stdout.split("\n").map((line) => line.replace(/ .*/, ""));
}

function isGuard(pid: string): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("sh\0-c\0read");
}
