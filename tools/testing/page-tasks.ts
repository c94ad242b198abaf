import type { Page } from "playwright-core";

/** What Chromium's tracing says of one event; times are microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Time that the thread had the processor, which a busy machine does not stretch. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const TASKS = "disabled-by-default-devtools.timeline";
const MARKS = "blink.user_timing";

/** What a page's main thread did, in milliseconds of processor time. */
export interface TaskTimes {
  readonly longestMs: number;
  /** All tasks together: from one `performance.mark` to another, where two are named. */
  readonly sumMs: number;
}

/**
 * Watches the tasks of a page's main thread. The function it resolves to ends
 * the watch and tells the longest of them, in milliseconds of processor time:
 * on a machine that does other things as well, the wall's clock would tell
 * more of those than of the page.
 */
export async function watchTasks(page: Page): Promise<() => Promise<number>> {
  const stop = await timeTasks(page);
  return async () => (await stop()).longestMs;
}

/** The same with the sum of all, or of those between two marks that the page sets. */
export async function timeTasks(
  page: Page,
  between?: readonly [from: string, to: string],
): Promise<() => Promise<TaskTimes>> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send("Tracing.start", {
    traceConfig: { includedCategories: [TASKS, MARKS], excludedCategories: ["*"] },
    transferMode: "ReportEvents",
  });
  return async () => {
    const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    await session.send("Tracing.end");
    await complete;
    await session.detach();
    return timesOf(events, between);
  };
}

function timesOf(
  events: readonly TraceEvent[],
  between: readonly [from: string, to: string] | undefined,
): TaskTimes {
  const mainThreads = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(threadOf),
  );
  const [fromUs, toUs] = between?.map((mark) => timeOf(events, mark)) ?? [0, Infinity];
  const durations = events
    .filter((event) => event.name === "RunTask" && mainThreads.has(threadOf(event)))
    .filter(({ ts, dur = 0 }) => ts + dur > (fromUs ?? 0) && ts < (toUs ?? 0))
    .map(({ tdur = 0 }) => tdur / 1000);
  if (durations.length === 0) throw new Error("Chromium's tracing told of no task at all");
  return {
    longestMs: Math.max(...durations),
    sumMs: durations.reduce((sum, ms) => sum + ms, 0),
  };
}

function timeOf(events: readonly TraceEvent[], mark: string): number {
  const found = events.find(({ name }) => name === mark);
  if (found === undefined) throw new Error(`the page never set the mark “${mark}”`);
  return found.ts;
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid}/${tid}`;
}

/** Keeps the page's main thread busy for well over 50 ms: what a watch must see. */
export async function burn(page: Page): Promise<void> {
  await page.evaluate(() => {
    let sum = 0;
    for (let n = 0; n < 150_000_000; n += 1) sum += n % 7;
    return sum;
  });
}
