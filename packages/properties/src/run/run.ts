import { RFC9293, type TcpParams } from "@synfin/core/tcp";
import type { Trace, TraceArrival } from "@synfin/simulator";
import { type End, endsOf } from "./end.ts";

/** What the laws are checked on: a trace, what it leaves out, and how to read it. */
export interface Run {
  readonly trace: Trace;
  /** One entry for each connection at each host, in the order of their birth. */
  readonly ends: readonly End[];
  /** Whether the run was stopped with things still to happen. */
  readonly cut: boolean;
  /** What an observer saw that no trace holds; laws that need it are met 0 times without. */
  readonly watched: Watched | undefined;
  /** The name of the one host whose ends are judged; undefined where all of them are. */
  readonly judged: string | undefined;
  /** Whether the trace holds what the users called: a capture does not. */
  readonly hasCalls: boolean;
  /** The parameters of a host. */
  paramsOf(host: string): TcpParams;
  /** Those of them that the scenario gave it; all others are RFC 9293's. */
  givenTo(host: string): Partial<TcpParams>;
  /** Whether its user reads whatever comes at once. */
  readsAtOnce(host: string): boolean;
  /** Whether text of so many octets was urgent; undefined where that is not known. */
  isUrgent(host: string, length: number): boolean | undefined;
  /** How many initial sequence numbers the scenario chose for a host. */
  chosenIsns(host: string): number;
}

/** What the observer of a run writes down beside the trace. */
export interface Watched {
  readonly deliveries: readonly Delivery[];
  readonly arrivals: readonly WatchedArrival[];
}

/** Octets that a user was handed. */
export interface Delivery {
  readonly atUs: number;
  readonly host: string;
  readonly bytes: Uint8Array;
}

/** A copy of a transmission that the world let arrive. */
export interface WatchedArrival {
  /** The transmission's id. */
  readonly id: string;
  readonly atUs: number;
  readonly verdict: TraceArrival["verdict"];
}

export interface RunOptions {
  /** What differs from RFC 9293's parameters at a host, by its name. */
  readonly params?: Readonly<Record<string, Partial<TcpParams>>>;
  readonly cut?: boolean;
  readonly watched?: Watched;
  /** The hosts whose users do not read at once, by their names. */
  readonly slowReaders?: readonly string[];
  readonly isUrgent?: Run["isUrgent"];
  readonly chosenIsns?: Run["chosenIsns"];
}

/** The ends that a law is to judge: all of them, unless the run names one host. */
export function judgedEnds({ ends, judged }: Run): readonly End[] {
  return judged === undefined ? ends : ends.filter(({ host }) => host === judged);
}

/** Makes a trace ready for the laws. Anyone's trace will do. */
export function runOf(trace: Trace, options: RunOptions = {}): Run {
  const { params = {}, cut = false, watched, slowReaders = [] } = options;
  return {
    trace,
    ends: endsOf(trace),
    cut,
    watched,
    judged: undefined,
    hasCalls: true,
    paramsOf: (host) => ({ ...RFC9293, ...params[host] }),
    givenTo: (host) => params[host] ?? {},
    readsAtOnce: (host) => !slowReaders.includes(host),
    isUrgent: options.isUrgent ?? (() => undefined),
    chosenIsns: options.chosenIsns ?? (() => Number.POSITIVE_INFINITY),
  };
}
