import { fork } from "node:child_process";

/** @typedef {import("./messages.ts").NightlyReport} NightlyReport */

/**
 * Lets workers play until their time is over or all runs are played, until one of them finds a
 * broken law, or until `stop` is called; then each ends its batch, and is waited for.
 *
 * @param {string} script the bundled worker
 * @param {{ seed: number, workers: number, minutes: number | undefined,
 *   runs: number | undefined, path: string | undefined }} options
 * @param {(report: NightlyReport) => void} report called after each batch
 * @returns {{ done: Promise<void>, stop: () => void }}
 */
export function startCrew(script, { seed, workers, minutes, runs, path }, report) {
  const children = Array.from({ length: workers }, (_, index) => {
    const task = { seed: seed + index, step: workers, first: seed, path, runs };
    return fork(script, [JSON.stringify(task)]);
  });
  const stop = () => {
    // One that has just ended by itself hears nothing any more, and need not.
    for (const child of children) if (child.connected) child.send("stop", () => {});
  };
  const timer = minutes === undefined ? undefined : setTimeout(stop, minutes * 60_000);
  for (const child of children) {
    child.on("message", (/** @type {NightlyReport} */ message) => {
      report(message);
      if (message.failure !== undefined) stop();
    });
  }
  const ended = children.map(
    (child) =>
      new Promise((resolve, reject) => {
        child.once("error", reject);
        child.once("exit", (code) => {
          if (code === 0) resolve(undefined);
          else reject(new Error(`a worker ended with ${code}`));
        });
      }),
  );
  const done = Promise.all(ended).then(() => clearTimeout(timer));
  return { done, stop };
}
