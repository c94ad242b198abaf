import { findScenario, traceScenario } from "@synfin/simulator";
import type { BulkSummary, LoadRequest } from "@synfin/simulator/bulk";
import { type OpenOptions, openSimulation, type Simulation } from "../src/index.ts";
import { STEADY, steady } from "./crowd.ts";

const MANY = steady({ connections: 1_000_000, rate: 10_000 });

/** What the browser tests call on their pages; bundled by `bundleForPage`. */
export interface TestPage {
  /** Opens, asks for the backend and the failed ways, and closes. */
  ways(options: OpenOptions): Promise<{ backend: string; failed: readonly unknown[] }>;
  /** The digest of each scenario of one connection, in order, on the page's own thread. */
  traceAll(names: readonly string[]): string[];
  /** The digests of these connections of a crowd, in order. */
  sampleAll(
    options: OpenOptions,
    request: LoadRequest,
    numbers: readonly number[],
  ): Promise<string[]>;
  runLoad(options: OpenOptions, request: LoadRequest): Promise<PageRun>;
  /** Milliseconds from `cancel` to the end, some frames into a run. */
  cancelAfter(options: OpenOptions, frames: number): Promise<number>;
  /** What a frame that is waited for says when the simulation is closed. */
  closeDuring(options: OpenOptions): Promise<string>;
}

export interface PageRun {
  readonly backend: string;
  readonly result: BulkSummary;
  readonly frames: number;
}

const page: TestPage = {
  async ways(options) {
    const { backend, failed, close } = await openSimulation(options);
    close();
    return { backend, failed };
  },
  traceAll: (names) =>
    names.map((name) => {
      const scenario = findScenario(name);
      if (scenario === undefined) throw new Error(`no scenario ${name}`);
      return traceScenario(scenario).digest;
    }),
  async sampleAll(options, request, numbers) {
    return using(options, async (simulation) => {
      const digests: string[] = [];
      for (const nth of numbers)
        digests.push((await simulation.sample({ ...request, nth })).digest);
      return digests;
    });
  },
  async runLoad(options, request) {
    return using(options, async (simulation) => {
      const session = await simulation.load(request);
      for (let frames = 1; ; frames += 1) {
        const reply = await session.next();
        if (reply.kind === "frame") {
          await new Promise(requestAnimationFrame);
          continue;
        }
        if (reply.kind !== "done") throw new Error(`the run was ${reply.kind}`);
        const { backend } = simulation;
        return { backend, result: reply.result.summary, frames };
      }
    });
  },
  async cancelAfter(options, frames) {
    return using(options, async (simulation) => {
      const session = await simulation.load(MANY);
      for (let count = 0; count < frames; count += 1) await session.next();
      const waiting = waitForEnd(session.next, session.next());
      const from = performance.now();
      void session.cancel();
      await waiting;
      return performance.now() - from;
    });
  },
  async closeDuring(options) {
    const simulation = await openSimulation(options);
    const session = await simulation.load(STEADY);
    await session.pause();
    await session.next();
    const waiting = session.next();
    simulation.close();
    return waiting.then(
      () => "a frame",
      (error: Error) => error.message,
    );
  },
};

async function waitForEnd(
  next: () => Promise<{ kind: string }>,
  first: Promise<{ kind: string }>,
): Promise<void> {
  let reply = await first;
  while (reply.kind === "frame") reply = await next();
}

async function using<T>(
  options: OpenOptions,
  action: (simulation: Simulation) => Promise<T>,
): Promise<T> {
  const simulation = await openSimulation(options);
  try {
    return await action(simulation);
  } finally {
    simulation.close();
  }
}

Object.assign(globalThis, { testPage: page });
