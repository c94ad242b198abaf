/**
 * What one host counts, by the names of `netstat -s` and `nstat` on Linux
 * (RFC 4022's tcp group, and Linux's TcpExt).
 */
export interface Counters {
  /** SYNs that its users sent, first tries only. */
  ActiveOpens: number;
  /** SYNs that its listeners took. */
  PassiveOpens: number;
  /** Connections that ended before they were established. */
  AttemptFails: number;
  /** Connections that were reset, or reset themselves, once established. */
  EstabResets: number;
  InSegs: number;
  OutSegs: number;
  RetransSegs: number;
  OutRsts: number;
  /** Segments that arrived with a bad checksum. */
  InErrs: number;
  /** Connections given up for want of an answer. */
  TCPAbortOnTimeout: number;
  /** Entries to TIME-WAIT. */
  TW: number;
  /** SYNs and ACKs that found an accept queue full. */
  ListenOverflows: number;
  /** SYNs and ACKs that no listener had room for, for any reason. */
  ListenDrops: number;
  SyncookiesSent: number;
  SyncookiesRecv: number;
  SyncookiesFailed: number;
}

export type CounterName = keyof Counters;

export function createCounters(): Counters {
  return {
    ActiveOpens: 0,
    PassiveOpens: 0,
    AttemptFails: 0,
    EstabResets: 0,
    InSegs: 0,
    OutSegs: 0,
    RetransSegs: 0,
    OutRsts: 0,
    InErrs: 0,
    TCPAbortOnTimeout: 0,
    TW: 0,
    ListenOverflows: 0,
    ListenDrops: 0,
    SyncookiesSent: 0,
    SyncookiesRecv: 0,
    SyncookiesFailed: 0,
  };
}

/** Adds what another shard has counted. */
export function addCounters(into: Counters, from: Readonly<Counters>): void {
  for (const name of Object.keys(into) as CounterName[]) into[name] += from[name];
}
