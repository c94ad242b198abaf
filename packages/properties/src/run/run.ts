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
}

/** The ends that a law is to judge: all of them, unless the run names one host. */
export function judgedEnds({ ends, judged }: Run): readonly End[] {
  return judged === undefined ? ends : ends.filter(({ host }) => host === judged);
}

/** Makes a trace ready for the laws. Anyone's trace will do. */
export function runOf(trace: Trace, options: RunOptions = {}): Run {
  const { params = {}, cut = false, watched } = options;
  return {
    trace,
    ends: endsOf(trace),
    cut,
    watched,
    judged: undefined,
    hasCalls: true,
    paramsOf: (host) => ({ ...RFC9293, ...params[host] }),
  };
}
