import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import type { OtherBrowser } from "./other-browser.ts";
import { firstMatch, stop } from "./processes.ts";
import { type Requirement, requireTool } from "./requirements.ts";

/** What WebKitGTK needs: its driver, which brings the browser, and a screen that nobody sees. */
export interface WebKitNeeds {
  readonly missing: boolean;
  readonly driver: Requirement;
  readonly screen: Requirement;
}

/** A WebKit that a test may drive: `test.skipIf(webkit.missing)`. */
export function requireWebKit(): WebKitNeeds {
  const driver = requireTool("webkit", findMiniBrowser() === "" ? "" : undefined);
  const screen = requireTool("xvfb");
  return { driver, screen, missing: driver.missing || screen.missing };
}

/** WebKitGTK's own little browser, which stands beside the library. */
function findMiniBrowser(): string {
  const libraries = existsSync("/usr/lib") ? readdirSync("/usr/lib") : [];
  return (
    libraries
      .flatMap((folder) =>
        ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"].map((version) =>
          join("/usr/lib", folder, version, "MiniBrowser"),
        ),
      )
      .find((path) => existsSync(path)) ?? ""
  );
}

/**
 * Starts a WebKit on a screen of its own, driven by the classic WebDriver protocol. That
 * does not tell what the console says: a page must keep it in `globalThis.words`.
 */
export async function launchWebKit({ driver, screen }: WebKitNeeds): Promise<OtherBrowser> {
  const display = spawn(screen.path, ["-displayfd", "1", "-screen", "0", "1280x900x24"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [, number] = await firstMatch(display, /^(\d+)\n/);
  const port = await freePort();
  const env = {
    ...process.env,
    ...{ DISPLAY: `:${number}`, LIBGL_ALWAYS_SOFTWARE: "1" },
    // There is no graphics card behind such a screen.
    ...{ WEBKIT_DISABLE_COMPOSITING_MODE: "1", WEBKIT_DISABLE_DMABUF_RENDERER: "1" },
  };
  const child = spawn(driver.path, [`--port=${port}`], { env, stdio: "ignore" });
  const origin = `http://127.0.0.1:${port}`;
  const words: string[] = [];
  let session = "";
  const close = async (): Promise<void> => {
    if (session !== "") await ask(origin, "DELETE", session).catch(() => {});
    await stop(child);
    await stop(display);
  };
  try {
    await untilReady(origin);
    session = `/session/${await openSession(origin)}`;
  } catch (error) {
    await close();
    throw error;
  }
  const evaluate = async (expression: string): Promise<unknown> => {
    const script = `const done = arguments[arguments.length - 1];
      (async () => JSON.stringify(await (${expression})) ?? "null")()
        .then((text) => done({ text }), (error) => done({ error: String(error) }));`;
    const path = `${session}/execute/async`;
    const answer = (await ask(origin, "POST", path, { script, args: [] })) as Answer;
    if (answer.error !== undefined) throw new Error(answer.error);
    return JSON.parse(answer.text ?? "null");
  };
  return {
    words,
    visit: async (url) => {
      await ask(origin, "POST", `${session}/url`, { url });
    },
    evaluate: async (expression) => {
      const value = await evaluate(expression);
      words.splice(0, words.length, ...((await evaluate("globalThis.words ?? []")) as string[]));
      return value;
    },
    close,
  };
}

interface Answer {
  readonly text?: string;
  readonly error?: string;
}

async function openSession(origin: string): Promise<string> {
  const browserOptions = { binary: findMiniBrowser(), args: ["--automation"] };
  const alwaysMatch = { browserName: "MiniBrowser", "webkitgtk:browserOptions": browserOptions };
  const opened = await ask(origin, "POST", "/session", { capabilities: { alwaysMatch } });
  const { sessionId } = opened as { sessionId: string };
  await ask(origin, "POST", `/session/${sessionId}/timeouts`, { script: 60_000 });
  return sessionId;
}

/** One command of the WebDriver protocol. */
async function ask(origin: string, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(origin + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
  return value;
}

async function untilReady(origin: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const isReady = await ask(origin, "GET", "/status").then(
      () => true,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("WebKitWebDriver did not answer within 20 s");
}

/** The driver cannot choose one itself. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
