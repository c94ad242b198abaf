import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { ROOT } from "./runner/process.mjs";

/** The first start may have to build the site. */
const MINUTES = 60_000;

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

test(
  "it serves the site until it is told to stop, and refuses a busy port",
  async () => {
    const first = start([]);
    const url = await printed(first, /synfin is at (http:\/\/127\.0\.0\.1:\d+\/)/);
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      "text/html;charset=utf-8",
    ]);
    expect(await answer.text()).toContain("<title>");
    expect((await fetch(`${url}no-such-page`)).status).toBe(404);

    const port = new URL(url).port;
    const second = start(["--port", port]);
    const refusal = await printed(second, /(Port .*)\n/);
    expect(refusal).toBe(`Port ${port} is in use; choose another with npm start -- --port N.`);
    expect(await exit(second)).toBe(1);

    first.kill("SIGTERM");
    expect(await exit(first)).toBe(0);
  },
  5 * MINUTES,
);

test.each([
  [["--port", "http"], "--port http: a port is a number from 1 to 65535."],
  [["--port", "65536"], "--port 65536: a port is a number from 1 to 65535."],
  [["--prot", "80"], "Unknown option '--prot'"],
])("%j is a usage error of one line", async (args, message) => {
  const child = start(args);
  expect(await printed(child, /^(.*)\n$/)).toContain(message);
  expect(await exit(child)).toBe(2);
});

function start(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [join(ROOT, "tools", "start.mjs"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

/** What a pattern's group matches in all that a process has printed, once it does. */
function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const read = (chunk: Buffer): void => {
      text += chunk;
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("close", () => reject(new Error(`It ended without ${pattern}:\n${text}`)));
  });
}

async function exit(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = await once(child, "exit");
  return code;
}
