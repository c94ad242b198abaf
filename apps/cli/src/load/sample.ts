import type { Trace } from "@synfin/simulator";
import { type BulkScenario, planOf, SampleRun } from "@synfin/simulator/bulk";
import { UsageError } from "../io.ts";
import { captureOf } from "../trace/capture-of.ts";
import { LoadFailure } from "./crew.ts";
import type { LoadFormat } from "./load-options.ts";
import type { ProgressLine } from "./progress-line.ts";
import type { Chosen } from "./settings-of.ts";

export interface SampleRequest {
  readonly scenario: BulkScenario;
  readonly chosen: Chosen;
  readonly seed: number;
  readonly nth: number;
  readonly progress: ProgressLine;
  /** Whether it shall end now, with what there is. */
  readonly isStopped: () => boolean;
}

/** One connection, and whether it was cut short. */
export interface Sample {
  readonly trace: Trace;
  readonly partial: boolean;
}

/** Events between two looks around. */
const SLICE = 10_000;

/** Runs up to the end of the connection that was asked for. Rejects where there is none. */
export async function takeSample(request: SampleRequest): Promise<Sample> {
  const { scenario, chosen, seed, nth, progress, isStopped } = request;
  const { settings } = chosen;
  const plan = planOf(scenario, settings);
  const name = scenario.name;
  const run = new SampleRun(plan, { scenario: name, seed, nth, profile: settings.profile.name });
  let isOver = run.advance(SLICE);
  while (!isOver && !isStopped()) {
    progress.show({ opened: run.opened, virtualUs: run.nowUs, share: undefined });
    // Lets Ctrl-C be heard.
    await new Promise((resolve) => setImmediate(resolve));
    isOver = run.advance(SLICE);
  }
  if (run.isFound) return { trace: run.trace(), partial: !isOver };
  if (!isOver) throw new LoadFailure(`stopped before connection ${nth} was opened`);
  const most = plan.cells === 1 ? `${run.opened} were opened` : "its cell opened too few";
  throw new UsageError(`load: --sample is ${nth}, but ${most}; give a lower number`);
}

/** A sample in the format that was asked for. */
export function formatSample({ trace }: Sample, format: LoadFormat): string | Uint8Array {
  if (format === "trace-json") return `${JSON.stringify(trace, null, 2)}\n`;
  if (trace.segments.length === 0) {
    const call = trace.events.find((event) => event.type === "call");
    const error = call?.type === "call" ? (call.error ?? "no error") : "no call";
    throw new UsageError(
      `load: this connection sent no packet (${error}); give another --sample, or --trace`,
    );
  }
  return captureOf(trace, "client");
}
