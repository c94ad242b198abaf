import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { OtherBrowser } from "./other-browser.ts";
import { firstMatch, stop } from "./processes.ts";
import { type Requirement, requireTool } from "./requirements.ts";

/** A Firefox that a test may drive: `test.skipIf(firefox.missing)`. */
export function requireFirefox(): Requirement {
  return requireTool("firefox");
}

/** Starts a Firefox, headless, with a fresh profile; it speaks WebDriver BiDi by itself. */
export async function launchFirefox(path: string): Promise<OtherBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "synfin-firefox-"));
  const args = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"];
  const child = spawn(path, args, { stdio: ["ignore", "ignore", "pipe"] });
  const end = async (): Promise<void> => {
    await stop(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const [, address] = await firstMatch(child, /WebDriver BiDi listening on (ws:\S+)/);
    return await connect(`${address}/session`, end);
  } catch (error) {
    await end();
    throw error;
  }
}

/** What BiDi answers with, or tells by itself. */
interface Message {
  readonly id?: number;
  readonly type: "success" | "error" | "event";
  readonly message?: string;
  readonly method?: string;
  readonly result?: Result;
  readonly params?: { readonly level?: string; readonly text?: string };
}
interface Result {
  readonly contexts?: readonly { readonly context: string }[];
  readonly type?: string;
  readonly result?: { readonly value?: string };
  readonly exceptionDetails?: { readonly text: string };
}

async function connect(address: string, end: () => Promise<void>): Promise<OtherBrowser> {
  const socket = new WebSocket(address);
  const words: string[] = [];
  const waiting = new Map<number, (message: Message) => void>();
  socket.on("message", (data) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    else if (message.method === "log.entryAdded") words.push(wordOf(message));
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  let last = 0;
  const send = async (method: string, params: object): Promise<Result> => {
    const id = ++last;
    const answer = new Promise<Message>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { type, message = "", result = {} } = await answer;
    if (type !== "success") throw new Error(`${method}: ${message}`);
    return result;
  };
  await send("session.new", { capabilities: {} });
  await send("session.subscribe", { events: ["log.entryAdded"] });
  const { contexts = [] } = await send("browsingContext.getTree", {});
  const context = contexts[0]?.context;
  return {
    words,
    visit: async (url) => {
      await send("browsingContext.navigate", { context, url, wait: "complete" });
    },
    evaluate: async (expression) => {
      const asText = `(async () => JSON.stringify(await (${expression})) ?? "null")()`;
      const target = { context };
      const answer = await send("script.evaluate", {
        expression: asText,
        target,
        awaitPromise: true,
      });
      if (answer.type !== "success") throw new Error(answer.exceptionDetails?.text);
      return JSON.parse(answer.result?.value ?? "null");
    },
    close: async () => {
      socket.close();
      await end();
    },
  };
}

function wordOf({ params }: Message): string {
  return `${params?.level}: ${params?.text}`;
}
