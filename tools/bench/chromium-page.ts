import { tmpdir } from "node:os";
import type { BrowserContext } from "playwright-core";
import { findChromium, launchBrowser } from "../testing/browser.ts";
import { serveStatic } from "../testing/static-server.ts";

/** What the worker is asked for; see `worker-steady.mjs`. */
interface Request {
  readonly connections: number;
}

/** What it answered, and what it took of the processor where the browser tells. */
export interface WorkerAnswer {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly events: number;
  readonly arrivals: number;
  readonly digest: string;
  readonly version: string;
}

/** In the page: waits until the worker is warm, or is refused. */
const START = `new Promise((resolve, reject) => {
  window.worker = new Worker("/worker.js", { type: "module" });
  worker.onmessage = resolve;
  worker.onerror = ({ message }) => reject(new Error(message));
}).then(() => true)`;

/** Runs the script as a worker of a page of its own, and asks it once. */
export async function askWorker(
  script: string,
  request: Request,
): Promise<WorkerAnswer | { skipped: string }> {
  if (findChromium() === "") {
    return { skipped: "chromium is not installed; get it with: apt-get install chromium" };
  }
  const pages = { "/": "<!doctype html><title>bench</title>", "/worker.js": script };
  const server = await serveStatic(tmpdir(), { pages });
  const browser = await launchBrowser();
  try {
    const page = await browser.context.newPage();
    await page.goto(server.origin);
    await page.evaluate(START);
    const before = await cpuSecondsOf(browser.context);
    const ask = `new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(${JSON.stringify(request)});
    })`;
    const answer = (await page.evaluate(ask)) as Omit<WorkerAnswer, "cpuSeconds" | "version">;
    const cpuSeconds = (await cpuSecondsOf(browser.context)) - before;
    return { ...answer, cpuSeconds, version: browser.context.browser()?.version() ?? "" };
  } finally {
    await browser.close();
    await server.close();
  }
}

/** Of all the browser's pages; all but the worker's thread are idle. */
async function cpuSecondsOf(context: BrowserContext): Promise<number> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (session === undefined) return Number.NaN;
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo
    .filter(({ type }) => type === "renderer")
    .reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
