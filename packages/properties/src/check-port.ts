import { textLadder } from "@synfin/simulator/view";
import fc from "fast-check";
import { describePortTrial, type PortTrial, portTrial } from "./arbitraries/port-trial.ts";
import {
  describeFailure,
  examine,
  extentOf,
  type LawReport,
  noSuchCase,
  vacuity,
} from "./check-laws.ts";
import type { Law } from "./law.ts";
import { blackBoxLaws } from "./laws/black-box/index.ts";
import { PortFailure, playPort } from "./port/play-port.ts";
import type { Port } from "./port/port.ts";
import type { Run } from "./run/run.ts";

/** What a TCP is held to, how often, and what a failure should print. */
export interface PortTrials {
  /** The TCP under test, through its adapter. */
  readonly port: Port;
  /** `blackBoxLaws` by default. */
  readonly laws?: readonly Law<Run>[];
  /** `portTrial` by default; a narrower one for a TCP that cannot do it all. */
  readonly cases?: fc.Arbitrary<PortTrial>;
  /** fast-check's seed; an integer. */
  readonly seed: number;
  readonly runs: number;
  /** fast-check's path to one case, to play that one alone. */
  readonly path?: string;
  /** The one command that plays the failing case again. */
  readonly replay: (seed: number, path: string) => string;
  /**
   * How often premises must have been met at least, each by `law: premise`;
   * by default what `PORT_LEAST` asks of `laws` for so many runs.
   */
  readonly least?: Readonly<Record<string, number>>;
  /**
   * Called after each case with how many have been played, and how many of them have failed: from
   * the first of these on, the cases are smaller ones of it.
   */
  readonly onCase?: (played: number, failed: number) => void;
}

/**
 * How often each premise should be met in a thousand runs: so much less than
 * synfin's own machine meets that chance alone hardly ever falls short. A TCP
 * that does so little that it cannot break a law has not kept it. With fewer
 * than `FEW_RUNS` runs nothing is asked for.
 */
export const PORT_LEAST: Readonly<Record<string, number>> = {
  "synAndFinTakeOneNumber: SYN acknowledged by a SYN": 140,
  "synAndFinTakeOneNumber: FIN after text": 55,
  "synAndFinTakeOneNumber: wrap crossed": 40,
  "acknowledgesWhatArrived: acknowledgment while something was missing": 5,
  "receiveSpaceNeverGoesBack: acknowledgment advanced": 400,
  "nothingPastTheWindow: window filled": 15,
  "deliveredIsPrefixOfSent: octets delivered": 50_000,
  "deliveredIsPrefixOfSent: all delivered before the FIN": 200,
  "acknowledgedIsDelivered: text acknowledged": 60,
  "acknowledgedIsDelivered: FIN acknowledged": 160,
  "noDataAfterFin: sent after FIN": 300,
  "noDataAfterFin: FIN sent again": 30,
  "everyCloseSendsFin: user closed": 170,
  "everyFinIsAnswered: FIN arrived in its place": 130,
  "everyFinIsAnswered: FIN arrived again": 5,
  "timeWaitAcknowledgesFin: TIME-WAIT reached": 100,
  "timeWaitAcknowledgesFin: FIN arrived in TIME-WAIT": 5,
  "unansweredIsSentAgain: SYN sent again": 120,
  "unansweredIsSentAgain: text sent again": 5,
  "unansweredIsSentAgain: FIN sent again": 30,
  "noResetAnswersReset: RST answers a segment": 40,
};

/**
 * Holds a TCP to the laws of a black box, in random connections with synfin's
 * own machine. Fails where a law is broken (the case is made small, and its
 * ladder is printed), where an answer of the adapter is none, and where a
 * premise was met too seldom to mean anything. Rejects with a `RangeError`
 * where a path leads to no case.
 */
export async function checkPort(trials: PortTrials): Promise<LawReport> {
  const { port, laws = blackBoxLaws, cases = portTrial, seed, runs, path, replay } = trials;
  const premises = new Map<string, number>();
  let ladder = "";
  let [played, failed] = [0, 0];
  const property = fc.asyncProperty(cases, async (trial) => {
    // Where the case of a path holds, fast-check goes on to those beside it.
    if (path !== undefined && played > 0) return;
    let seen: Run | undefined;
    try {
      seen = await playPort(trial, port);
      examine(laws, seen, premises);
    } catch (error) {
      if (error instanceof PortFailure) seen = error.run;
      // fast-check ends with the smallest case that fails, which is the last one to come here.
      // Laws name the numbers as they are on the wire; so does the adapter.
      ladder = seen === undefined ? "" : textLadder(seen.trace, { seq: "absolute" });
      failed += 1;
      throw error;
    } finally {
      played += 1;
      trials.onCase?.(played, failed);
    }
  });
  const details = await checkCases(property, trials);
  if (played === 0) throw noSuchCase(trials);
  const describe = (trial: PortTrial) => `${describePortTrial(trial)}\n\n${ladder}`.trimEnd();
  const least = trials.least ?? leastOf(laws, runs);
  const wanted = { least, runs, ...(path === undefined ? {} : { path }) };
  const failure = details.failed
    ? describeFailure({ describe, replay }, details)
    : vacuity(wanted, premises);
  return { failure, runs: path === undefined ? details.numRuns : 1, seed, premises };
}

type PortDetails = fc.RunDetails<[PortTrial]>;

/** What a case throws is a detail; what fast-check throws is of the path. */
async function checkCases(
  property: fc.IAsyncProperty<[PortTrial]>,
  trials: Pick<PortTrials, "seed" | "runs" | "path">,
): Promise<PortDetails> {
  const { seed, runs, path } = trials;
  try {
    return await fc.check(property, { seed, ...extentOf<[PortTrial]>(runs, path) });
  } catch (error) {
    throw path === undefined ? error : noSuchCase(trials);
  }
}

/** So few runs may miss anything, and by no fault of the TCP's. */
const FEW_RUNS = 200;

function leastOf(laws: readonly Law<Run>[], runs: number): Record<string, number> {
  if (runs < FEW_RUNS) return {};
  const scaled = Object.entries(PORT_LEAST).flatMap(([premise, times]) => {
    const asked = laws.some(({ name }) => premise.startsWith(`${name}: `));
    return asked ? [[premise, Math.floor((times * runs) / 1000)] as const] : [];
  });
  return Object.fromEntries(scaled);
}
