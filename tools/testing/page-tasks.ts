import type { Page } from "playwright-core";

/** What Chromium's tracing says of one event; times are microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Time that the thread had the processor, which a busy machine does not stretch. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const TASKS = "disabled-by-default-devtools.timeline";

/**
 * Watches the tasks of a page's main thread. The function it resolves to ends
 * the watch and tells the longest of them, in milliseconds of processor time:
 * on a machine that does other things as well, the wall's clock would tell
 * more of those than of the page.
 */
export async function watchTasks(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send("Tracing.start", {
    traceConfig: { includedCategories: [TASKS], excludedCategories: ["*"] },
    transferMode: "ReportEvents",
  });
  return async () => {
    const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
    await session.send("Tracing.end");
    await complete;
    await session.detach();
    return longestTask(events);
  };
}

function longestTask(events: readonly TraceEvent[]): number {
  const mainThreads = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(threadOf),
  );
  const durations = events
    .filter((event) => event.name === "RunTask" && mainThreads.has(threadOf(event)))
    .map(({ tdur = 0 }) => tdur / 1000);
  if (durations.length === 0) throw new Error("Chromium's tracing told of no task at all");
  return Math.max(...durations);
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
