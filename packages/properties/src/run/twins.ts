import { type FlagName, type StateName, seqAdd } from "@synfin/core/tcp";
import type {
  Fault,
  Scenario,
  ScenarioHost,
  Step,
  Trace,
  TraceHost,
  TraceSegment,
} from "@synfin/simulator";
import { formatFault } from "@synfin/simulator";
import type { Trial } from "../arbitraries/trial.ts";
import { playUnlessStorm } from "./play.ts";

/** Two runs of which the second, looked at rightly, must be the first once more. */
export interface Twin {
  readonly first: Trace;
  /** The second one, with what was changed in its scenario taken back. */
  readonly second: Trace;
  /** Whether text of the second run comes round at 2³² where the first one's does not. */
  readonly wraps: boolean;
  /**
   * Whether a RST with SEQ=0, which is no number of its sender's (§3.10.7.1), met
   * an end whose window it might be in: that depends on the numbers, and by the letter.
   */
  readonly numberless: boolean;
}

/** A number for each host: where its sequence numbers begin, or by how much they are shifted. */
export type HostNumbers = Readonly<Record<"client" | "server", number>>;

/**
 * Plays a trial twice, the second time with the initial sequence numbers of
 * each host shifted, and those of injected segments with them.
 *
 * @param to where the first connection of each host begins in the second run
 * @returns undefined where a run is a storm of acknowledgments
 */
export function shiftedTwin({ scenario, seed }: Trial, to: HostNumbers): Twin | undefined {
  const first = playUnlessStorm(scenario, seed)?.trace;
  if (first === undefined) return undefined;
  const [client, server] = (["client", "server"] as const).map((name) => {
    return to[name] - (isnsOf(first, name)[0] ?? 0);
  });
  const shifts: HostNumbers = { client: client ?? 0, server: server ?? 0 };
  const hosts = scenario.hosts.map((host) => shiftHost(host, first, shifts));
  const script = scenario.script.map((step) => shiftStep(step, shifts));
  const shifted: Scenario = { ...scenario, hosts: pair(hosts), script };
  const second = playUnlessStorm(shifted, seed)?.trace;
  if (second === undefined) return undefined;
  const by = (name: string) => shifts[name as keyof HostNumbers];
  const back: HostNumbers = { client: -shifts.client, server: -shifts.server };
  return {
    first,
    second: {
      ...second,
      hosts: second.hosts.map((host) => ({
        ...host,
        isns: host.isns.map((isn) => seqAdd(isn, -by(host.name))),
      })),
      segments: second.segments.map((segment) => shiftSegment(segment, back)),
    },
    wraps: second.segments.some((segment, index) => {
      return crosses(segment) && !crosses(first.segments[index] ?? segment);
    }),
    numberless: meetsNumberless(first) || meetsNumberless(second),
  };
}

function meetsNumberless({ segments, states }: Trace): boolean {
  return segments.some(({ arrivals, flags, seq, to }) => {
    if (!isNoOnes(flags, seq)) return false;
    return arrivals.some(({ atUs, verdict }) => {
      const state = states.findLast((change) => change.host === to && change.atUs <= atUs)?.to;
      const before = states.findLast((change) => change.host === to && change.atUs < atUs)?.to;
      const whole = verdict !== "drop" && verdict !== "corrupt";
      return whole && [state, before].some((one) => !NUMBERLESS.includes(one ?? "CLOSED"));
    });
  });
}

/** The states that do not know the peer's numbers. */
const NUMBERLESS: readonly StateName[] = ["CLOSED", "LISTEN", "SYN-SENT"];

function crosses({ seq, length }: TraceSegment): boolean {
  return seq + length > 0xffff_ffff;
}

function pair<T>([left, right]: readonly T[]): readonly [T, T] {
  if (left === undefined || right === undefined) throw new Error("a scenario has two hosts");
  return [left, right];
}

function shiftHost(host: ScenarioHost, first: Trace, shifts: HostNumbers): ScenarioHost {
  const used = first.hosts.find(({ name }) => name === host.name)?.isns ?? [];
  const isns = used.length > 0 ? used : (host.isns ?? []);
  return { ...host, isns: isns.map((isn) => seqAdd(isn, shifts[host.name as keyof HostNumbers])) };
}

function shiftStep(step: Step, shifts: HostNumbers): Step {
  if (step.call !== "inject") return step;
  const { seq, ack } = step.segment;
  const own = shifts[step.host as keyof HostNumbers];
  const peers = shifts[step.host === "client" ? "server" : "client"];
  const acked = ack === undefined ? {} : { ack: seqAdd(ack, peers) };
  return { ...step, segment: { ...step.segment, seq: seqAdd(seq, own), ...acked } };
}

function shiftSegment(segment: TraceSegment, shifts: HostNumbers): TraceSegment {
  const [own, peers] = [segment.from, segment.to].map((name) => shifts[name as keyof HostNumbers]);
  const { flags, seq, ack, options } = segment;
  return {
    ...segment,
    // A RST that answers no acknowledgment has no number of its own (§3.10.7.1).
    seq: isNoOnes(flags, seq) ? seq : seqAdd(seq, own ?? 0),
    ack: flags.includes("ACK") ? seqAdd(ack, peers ?? 0) : ack,
    options: options.map((option) => {
      if (option.blocks === undefined) return option;
      const blocks = option.blocks.map(([left, right]) => {
        return [seqAdd(left, peers ?? 0), seqAdd(right, peers ?? 0)] as const;
      });
      return { ...option, blocks };
    }),
  };
}

function isNoOnes(flags: readonly FlagName[], seq: number): boolean {
  return seq === 0 && flags.includes("RST") && flags.includes("ACK");
}

/**
 * Plays a trial twice, the second time with its two hosts in the other order,
 * each with what the seed drew for it: its initial sequence numbers, and what
 * the link did to each of its transmissions. Jitter is left out of both.
 *
 * @returns undefined where a run is a storm of acknowledgments
 */
export function mirroredTwin({ scenario, seed }: Trial): Twin | undefined {
  const { jitterUs: _, ...link } = scenario.link;
  const first = playUnlessStorm({ ...scenario, link }, seed)?.trace;
  if (first === undefined) return undefined;
  const [left, right] = scenario.hosts.map((host) => ({ ...host, isns: isnsOf(first, host.name) }));
  const mirrored: Scenario = {
    ...scenario,
    hosts: pair([right, left].flatMap((host) => (host === undefined ? [] : [host]))),
    link: { delayUs: link.delayUs },
    faults: first.segments.flatMap((segment) => fateOf(segment, link.delayUs)),
  };
  const second = playUnlessStorm(mirrored, seed)?.trace;
  if (second === undefined) return undefined;
  return { first, second: mirror(second), wraps: false, numberless: false };
}

function isnsOf({ hosts }: Trace, wanted: string): readonly number[] {
  return hosts.find(({ name }) => name === wanted)?.isns ?? [];
}

/** What became of a transmission, as a fault that is aimed at it. */
function fateOf({ arrivals, from, id, sentAtUs }: TraceSegment, delayUs: number): string[] {
  const last = arrivals.at(-1);
  if (last === undefined || last.verdict === "deliver") return [];
  const late = last.verdict === "delay" ? last.atUs - sentAtUs - delayUs : 0;
  const nth = Number(id.slice(from.length + 1));
  const aim = { end: from, kind: "any", nth, retransmissions: false } as const;
  const fault: Fault = { action: last.verdict, delayUs: late, ...aim };
  return [formatFault(fault)];
}

/** The second run as the first one would be told. */
function mirror(trace: Trace): Trace {
  const hosts: readonly TraceHost[] = [...trace.hosts].reverse();
  return { ...trace, hosts };
}
