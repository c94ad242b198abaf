import type { StateName } from "@synfin/core/tcp";
import type { Trace, TraceSegment, TraceState } from "@synfin/simulator";
import { has } from "./sequence.ts";

/**
 * One end of one connection: what one TCB did and heard from its birth to its
 * end. Read off the trace alone: ports say which segments are whose, and the
 * changes of state say when it was there.
 */
export interface End {
  readonly host: string;
  readonly peer: string;
  readonly localPort: number;
  readonly remotePort: number;
  /** Initial send and receive sequence numbers; undefined before a SYN was sent or taken. */
  readonly iss: number | undefined;
  readonly irs: number | undefined;
  /**
   * What the window fields that it sends and hears are to be multiplied by, but for
   * those of SYNs: 1 unless both SYNs carried a window scale (RFC 7323 §2.2).
   */
  readonly sentScale: number;
  readonly heardScale: number;
  readonly bornAtUs: number;
  /** `Infinity` while it is open when the run ends. */
  readonly endedAtUs: number;
  /** The change that ended it: to CLOSED, to LISTEN, or from TIME-WAIT to a new connection. */
  readonly ending: TraceState | undefined;
  /** Its changes of state, the ending included. */
  readonly states: readonly TraceState[];
  /** The state it is in at last. */
  readonly last: StateName;
  /** What it sent, without resets, in order. */
  readonly sent: readonly TraceSegment[];
  /** What came in for it undamaged while it was there, in the order of arrival. */
  readonly heard: readonly Heard[];
}

/** A copy of a transmission that arrived as it was sent. */
export interface Heard {
  readonly atUs: number;
  readonly segment: TraceSegment;
}

/** Every copy that arrived as it was sent before the run ended, in the order of arrival. */
export function wholeArrivals(trace: Trace): Heard[] {
  const heard: Heard[] = [];
  for (const segment of trace.segments) {
    for (const { atUs, verdict } of segment.arrivals) {
      const whole = verdict !== "drop" && verdict !== "corrupt";
      if (whole && atUs <= trace.endedAtUs) heard.push({ atUs, segment });
    }
  }
  return heard.sort((a, b) => a.atUs - b.atUs);
}

interface Life {
  readonly host: string;
  readonly peer: string;
  readonly syn: TraceSegment | undefined;
  readonly localPort: number;
  readonly remotePort: number;
  readonly states: TraceState[];
  ended: boolean;
}

/** The ends of a trace's connections, in the order of their birth. */
export function endsOf(trace: Trace): End[] {
  const byId = new Map(trace.segments.map((segment) => [segment.id, segment]));
  const lives: Life[] = [];
  for (const change of trace.states) {
    if (change.from === "LISTEN" ? change.to === "CLOSED" : change.to === "LISTEN") {
      if (change.from !== "SYN-RECEIVED") continue;
    }
    const cause = change.segment === undefined ? undefined : byId.get(change.segment);
    if (!isBirthOnly(change)) addTo(lives, change, cause);
    if (isBirth(change)) lives.push(birth(trace, change, cause));
  }
  const arrivals = wholeArrivals(trace);
  return lives.map((life) => finish(trace, life, lives, arrivals, byId));
}

/**
 * Whether TIME-WAIT came back at this end, after a SYN that was an old
 * duplicate (MAY-2): then it has sent for two connections, and a trace does
 * not tell which segment was for which.
 */
export function isTwofold({ states }: End): boolean {
  return states.some(({ from, to }) => from === "SYN-RECEIVED" && to === "TIME-WAIT");
}

/** A connection comes to be: from CLOSED or LISTEN, or out of TIME-WAIT (§3.6.1). */
function isBirth({ from, to }: TraceState): boolean {
  return isBirthOnly({ from }) || (from === "TIME-WAIT" && to === "SYN-RECEIVED");
}

function isBirthOnly({ from }: { readonly from: StateName }): boolean {
  return from === "CLOSED" || from === "LISTEN";
}

function birth(trace: Trace, change: TraceState, cause: TraceSegment | undefined): Life {
  const { host, atUs } = change;
  const syn = trace.segments.find((segment) => {
    const own = segment.from === host && segment.sentAtUs === atUs && segment.injected !== true;
    return own && has(segment, "SYN") && (cause === undefined || cause.srcPort === segment.dstPort);
  });
  return {
    host,
    peer: trace.hosts.find(({ name }) => name !== host)?.name ?? "",
    syn,
    localPort: syn?.srcPort ?? 0,
    remotePort: syn?.dstPort ?? 0,
    states: [change],
    ended: false,
  };
}

/** The change belongs to the youngest life there that is in its `from`, and has its ports. */
function addTo(lives: readonly Life[], change: TraceState, cause: TraceSegment | undefined): void {
  const life = lives.findLast((candidate) => {
    if (candidate.ended || candidate.host !== change.host) return false;
    if (candidate.states.at(-1)?.to !== change.from) return false;
    return (
      cause === undefined ||
      (cause.dstPort === candidate.localPort && cause.srcPort === candidate.remotePort)
    );
  });
  if (life === undefined) return;
  life.states.push(change);
  life.ended = change.to === "CLOSED" || change.to === "LISTEN" || isBirth(change);
}

function finish(
  trace: Trace,
  life: Life,
  lives: readonly Life[],
  arrivals: readonly Heard[],
  byId: ReadonlyMap<string, TraceSegment>,
): End {
  const { host, peer, syn, localPort, remotePort, states, ended } = life;
  const bornAtUs = states[0]?.atUs ?? 0;
  const ending = ended ? states.at(-1) : undefined;
  const endedAtUs = ending?.atUs ?? Number.POSITIVE_INFINITY;
  const during = (atUs: number) => atUs >= bornAtUs && atUs <= endedAtUs;
  const isMine = (segment: TraceSegment) =>
    segment.from === host && segment.srcPort === localPort && segment.dstPort === remotePort;
  const sent = betweenSyns(trace, life, lives);
  const took = states.find(({ cause }) => cause === "rcv SYN" || cause === "rcv SYN,ACK");
  const taken = took?.segment === undefined ? undefined : byId.get(took.segment);
  const [ours, theirs] = [shiftOf(syn), shiftOf(taken)];
  const scaled = ours !== undefined && theirs !== undefined;
  return {
    host,
    peer,
    localPort,
    remotePort,
    iss: syn?.seq,
    irs: taken?.seq,
    sentScale: scaled ? 1 << ours : 1,
    heardScale: scaled ? 1 << theirs : 1,
    bornAtUs,
    endedAtUs,
    ending,
    states,
    last: states.at(-1)?.to ?? "CLOSED",
    sent: sent.filter((segment) => {
      const own = segment.injected !== true && !has(segment, "RST") && isMine(segment);
      return own && during(segment.sentAtUs);
    }),
    heard: arrivals.filter(({ atUs, segment }) => {
      const forMe = segment.dstPort === localPort && segment.srcPort === remotePort;
      return forMe && segment.to === host && during(atUs);
    }),
  };
}

/**
 * What was sent from a life's own SYN on until that of the next: within a microsecond only this
 * order tells them apart.
 */
function betweenSyns({ segments }: Trace, life: Life, lives: readonly Life[]): TraceSegment[] {
  const placeOf = ({ syn }: Life) => (syn === undefined ? -1 : segments.indexOf(syn));
  const first = placeOf(life);
  const next = lives
    .filter(({ host, localPort, remotePort }) => {
      const isHere = host === life.host && localPort === life.localPort;
      return isHere && remotePort === life.remotePort;
    })
    .map(placeOf)
    .filter((place) => place > first);
  return segments.slice(Math.max(0, first), Math.min(...next));
}

/** The shift count that a SYN offers, or undefined. */
export function shiftOf(syn: TraceSegment | undefined): number | undefined {
  return syn?.options.find(({ name }) => name === "window-scale")?.value;
}

/**
 * Whoever is in one of these has had its SYN acknowledged, but for a CLOSING that came of a
 * CLOSE in SYN-RECEIVED: the peer's FIN may have acknowledged nothing.
 */
const SYNCHRONIZED: readonly StateName[] = [
  "ESTABLISHED",
  "FIN-WAIT-2",
  "CLOSE-WAIT",
  "CLOSING",
  "LAST-ACK",
  "TIME-WAIT",
];

/** The change of state by which an end was open, if it ever was. */
export function opening({ states }: End): TraceState | undefined {
  return states.find(({ to }) => SYNCHRONIZED.includes(to));
}

/** The state that an end was in before this microsecond. */
export function stateBefore({ states }: End, atUs: number): StateName {
  return states.findLast((change) => change.atUs < atUs)?.to ?? "CLOSED";
}

/** The last that an end has said of what it received, before this microsecond. */
export function lastAckBefore({ sent }: End, atUs: number): TraceSegment | undefined {
  return sent.findLast((segment) => segment.sentAtUs < atUs && has(segment, "ACK"));
}

/** The other end of the same connection: each began with the SYN that the other took. */
export function peerOf(end: End, ends: readonly End[]): End | undefined {
  return ends.find((other) => {
    if (other.host !== end.peer || end.irs === undefined || other.irs === undefined) return false;
    if (other.localPort !== end.remotePort || other.remotePort !== end.localPort) return false;
    return other.iss === end.irs && other.irs === end.iss;
  });
}

/** The connection in TIME-WAIT whose place this end took, if it took one's (MAY-2). */
export function formerOf(end: End, ends: readonly End[]): End | undefined {
  return ends.find(({ host, localPort, remotePort, endedAtUs, ending }) => {
    if (host !== end.host || localPort !== end.localPort || remotePort !== end.remotePort) {
      return false;
    }
    return ending?.from === "TIME-WAIT" && endedAtUs === end.bornAtUs;
  });
}

/** The segment that carries this end's FIN, first sent. */
export function firstFin(end: End): TraceSegment | undefined {
  return end.sent.find((segment) => has(segment, "FIN"));
}
