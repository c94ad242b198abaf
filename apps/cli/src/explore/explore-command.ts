import {
  Exploration,
  exploreAbstract,
  ImageTally,
  type Machine,
  reportOf,
} from "@synfin/properties/explore";
import { ExitCode, type Io } from "../io.ts";
import { grouped } from "../load/format-table.ts";
import { StatusLine } from "../status-line.ts";
import { parseExploreOptions } from "./explore-options.ts";
import { crossCheckResult, formatReport } from "./format-report.ts";
import { EXPLORE_HELP } from "./help.ts";

/** So many states between two looks at the clock, and at whether it is to stop. */
const SLICE = 5000;

/**
 * `synfin explore`: resolves to the exit code, or rejects with a `UsageError`.
 *
 * @param machine steps that stand in for the machine's own, for a test
 */
export async function exploreCommand(
  args: readonly string[],
  io: Io,
  machine: Partial<Machine> = {},
): Promise<ExitCode> {
  const request = parseExploreOptions(args);
  if (request === "help") {
    io.stdout.write(EXPLORE_HELP);
    return ExitCode.OK;
  }
  const tally = new ImageTally();
  const exploration = new Exploration({ ...request.bounds, machine }, (step) => tally.note(step));
  const startedMs = performance.now();
  const interrupted = await runThrough(exploration, io);
  const wallSeconds = (performance.now() - startedMs) / 1000;
  const report = reportOf(exploration);
  const check = request.crossCheck
    ? crossCheckResult(exploreAbstract(), tally.result())
    : undefined;
  if (request.json) {
    const whole = { format: "synfin-explore", version: 1, ...report, wallSeconds };
    const more = check === undefined ? {} : { crossCheck: check };
    io.stdout.write(`${JSON.stringify({ ...whole, ...more }, null, 2)}\n`);
  } else {
    io.stdout.write(formatReport(report, wallSeconds, check));
  }
  if (report.partial)
    io.stderr.write(`synfin: explore: ${whyPartial(interrupted, report.states)}\n`);
  const failed = report.partial || report.counterexample !== undefined;
  return failed ? ExitCode.CHECK_FAILED : ExitCode.OK;
}

function whyPartial(interrupted: boolean, states: number): string {
  return interrupted
    ? "stopped before its end: the result is partial"
    : `stopped at ${states} states: the result is partial; give a larger --states`;
}

/** @returns whether it was interrupted with more to do */
async function runThrough(exploration: Exploration, io: Io): Promise<boolean> {
  const line = new StatusLine(io.stderr, () => performance.now());
  let stopped = false;
  const forget = io.onInterrupt(() => {
    stopped = true;
  });
  try {
    while (exploration.run(SLICE)) {
      const { states, depth, waiting } = exploration;
      line.show(
        () => `${grouped(states)} states, ${depth} steps away, ${grouped(waiting)} waiting`,
      );
      // A turn of the event loop, in which Ctrl-C is heard.
      await new Promise((resolve) => setImmediate(resolve));
      if (stopped) return true;
    }
    return false;
  } finally {
    line.clear();
    forget();
  }
}
