import {
  type Breach,
  captureHostLaws,
  captureLaws,
  captureRunOf,
  type Law,
  noDataAfterFin,
  type Run,
  sentAgainIsTheSame,
  synAndFinTakeOneNumber,
} from "@synfin/properties";
import type { Trace } from "@synfin/simulator";
import type { CapturedConnection } from "./connections.ts";

/** A law that a connection broke. */
export interface BrokenLaw {
  readonly law: string;
  readonly source: string;
  /** The number of the packet that broke it, as Wireshark counts. */
  readonly packet: number;
  /** The end that broke it. */
  readonly end: string;
  readonly message: string;
}

/** How often a law had anything to say, and whether it was broken. */
export interface LawTally {
  readonly law: Law<Run>;
  /** Undefined: of every end. Otherwise only of the hosts at which the capture was made. */
  readonly onlyAt: boolean;
  met: number;
  broken: number;
}

/** Every law that a capture can show, not yet looked at. */
export function tallies(): LawTally[] {
  const tally = (onlyAt: boolean) => (law: Law<Run>) => ({ law, onlyAt, met: 0, broken: 0 });
  return [...captureLaws.map(tally(false)), ...captureHostLaws.map(tally(true))];
}

/**
 * Holds one connection to the laws.
 *
 * @param at the addresses of the hosts at which the capture was made
 */
export function judge(
  connection: CapturedConnection,
  at: readonly string[],
  laws: readonly LawTally[],
): BrokenLaw[] {
  const { ends, addresses, oneWay } = connection;
  const trace = judgedTrace(connection);
  const here = ends.filter((_, index) => at.includes(addresses[index] ?? ""));
  return laws.flatMap((tally) => {
    if (oneWay && !ALONE.includes(tally.law)) return [];
    const runs = tally.onlyAt ? here.map((end) => captureRunOf(trace, end)) : [captureRunOf(trace)];
    return runs.flatMap((run) => {
      const { breaches, premises } = tally.law.check(run);
      for (const times of premises.values()) tally.met += times;
      tally.broken += breaches.length;
      return breaches.map((breach) => brokenLaw(connection, tally.law, breach));
    });
  });
}

/** The laws that one direction alone can show. */
const ALONE: readonly Law<Run>[] = [synAndFinTakeOneNumber, noDataAfterFin, sentAgainIsTheSame];

/**
 * What is judged of a connection. Where the capture has missed the first SYN, the other one means
 * little: whether windows are scaled, only both can say (RFC 7323 §2.2).
 */
function judgedTrace({ fromSyn, trace }: CapturedConnection): Trace {
  if (fromSyn) return trace;
  return { ...trace, segments: trace.segments.filter(({ flags }) => !flags.includes("SYN")) };
}

function brokenLaw({ trace }: CapturedConnection, law: Law<Run>, breach: Breach): BrokenLaw {
  const { segment, atUs, host = "", message } = breach;
  const id = segment ?? trace.segments.findLast(({ sentAtUs }) => sentAtUs <= (atUs ?? 0))?.id;
  const packet = Number(id?.slice(1) ?? 0);
  return { law: law.name, source: law.source, packet, end: host, message };
}
