import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** How long a program may take to say that it is ready, on a machine with much else to do. */
const PATIENCE_MS = 60_000;

/** What a program writes that matches, on either of its outputs. Rejects where it ends before. */
export function firstMatch(child: ChildProcess, pattern: RegExp): Promise<RegExpMatchArray> {
  return new Promise((resolve, reject) => {
    let text = "";
    const fail = (why: string): void => reject(new Error(`${child.spawnfile} ${why}: ${text}`));
    const timer = setTimeout(() => fail("did not get ready"), PATIENCE_MS);
    const read = (chunk: Buffer): void => {
      text += String(chunk);
      const found = text.match(pattern);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", ({ message }) => fail(message));
    child.once("exit", (code) => fail(`ended with ${code}`));
  });
}

/** Ends a program and waits until it has. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill();
  const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(timer);
}
