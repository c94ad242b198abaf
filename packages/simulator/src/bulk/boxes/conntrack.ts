import { Flag, type Segment } from "@synfin/core/tcp";
import type { Envelope } from "../flights.ts";
import type { Box } from "../wire.ts";
import { FlowTable, type Tracked } from "./flow-table.ts";

/** What Linux's connection tracking takes a flow to be, as `conntrack -L` shows it. */
export const Track = {
  SYN_SENT: 0,
  SYN_RECV: 1,
  ESTABLISHED: 2,
  FIN_WAIT: 3,
  CLOSE_WAIT: 4,
  LAST_ACK: 5,
  TIME_WAIT: 6,
  CLOSE: 7,
} as const;

export type Track = (typeof Track)[keyof typeof Track];

const SECOND = 1_000_000;

/** How long each lasts without another segment: sysctl nf_conntrack_tcp_timeout_*, by `Track`. */
export const CONNTRACK_TIMEOUTS_US: readonly number[] = [
  120 * SECOND,
  60 * SECOND,
  432_000 * SECOND,
  120 * SECOND,
  60 * SECOND,
  30 * SECOND,
  120 * SECOND,
  10 * SECOND,
];

interface Entry extends Tracked {
  track: Track;
  /** Who sent the first SYN. */
  readonly address: number;
  readonly port: number;
}

/**
 * A NAT or a firewall on Linux: nf_conntrack_proto_tcp in outline. It reads
 * flags and no sequence numbers, and a half-closed connection whose FIN has
 * been acknowledged is to it a connection that is about to end. What belongs to
 * no entry cannot be translated back, and is dropped.
 */
export class Conntrack implements Box {
  readonly #flows = new FlowTable<Entry>();
  readonly #timeoutsUs: readonly number[];

  /** @param timeoutsUs by `Track` */
  constructor(timeoutsUs: readonly number[] = CONNTRACK_TIMEOUTS_US) {
    this.#timeoutsUs = timeoutsUs;
  }

  pass(nowUs: number, envelope: Envelope, { flags }: Readonly<Segment>): boolean {
    const entry = this.#flows.find(nowUs, envelope);
    if (entry === undefined) return this.#isNew(nowUs, envelope, flags);
    const isOriginal = entry.address === envelope.src && entry.port === envelope.srcPort;
    const track = nextTrack(entry.track, flags, isOriginal);
    if (track === "invalid") return false;
    if (track === "ignored") return true;
    entry.track = track;
    entry.expiresUs = nowUs + this.#timeoutUs(track);
    return true;
  }

  /** What it takes this flow to be, if it knows it. */
  trackOf(nowUs: number, envelope: Readonly<Envelope>): Track | undefined {
    return this.#flows.find(nowUs, envelope)?.track;
  }

  #isNew(nowUs: number, envelope: Envelope, flags: number): boolean {
    if ((flags & (Flag.SYN | Flag.ACK | Flag.RST | Flag.FIN)) !== Flag.SYN) return false;
    const track = Track.SYN_SENT;
    const expiresUs = nowUs + this.#timeoutUs(track);
    const { src: address, srcPort: port } = envelope;
    this.#flows.add(nowUs, envelope, { track, expiresUs, address, port });
    return true;
  }

  #timeoutUs(track: Track): number {
    return this.#timeoutsUs[track] ?? 0;
  }
}

/** `ignored` passes and changes nothing, `invalid` is dropped. */
function nextTrack(
  track: Track,
  flags: number,
  isOriginal: boolean,
): Track | "ignored" | "invalid" {
  if ((flags & Flag.RST) !== 0) return Track.CLOSE;
  if ((flags & Flag.SYN) !== 0) return afterSyn(track, (flags & Flag.ACK) !== 0, isOriginal);
  if ((flags & Flag.FIN) !== 0) return afterFin(track);
  if ((flags & Flag.ACK) === 0) return "invalid";
  return afterAck(track, isOriginal);
}

/** A SYN opens anew what is over; what answers it is a SYN,ACK. */
function afterSyn(track: Track, hasAck: boolean, isOriginal: boolean): Track | "ignored" {
  if (hasAck) return !isOriginal && track === Track.SYN_SENT ? Track.SYN_RECV : "ignored";
  const opens = track === Track.SYN_SENT || track >= Track.TIME_WAIT;
  return isOriginal && opens ? Track.SYN_SENT : "ignored";
}

/** The second FIN, or the first one again, leads to LAST_ACK. */
function afterFin(track: Track): Track | "invalid" {
  if (track === Track.SYN_SENT) return "invalid";
  if (track <= Track.ESTABLISHED) return Track.FIN_WAIT;
  return track >= Track.TIME_WAIT ? track : Track.LAST_ACK;
}

/** Any segment of text counts here, too, whichever FIN it acknowledges or does not. */
function afterAck(track: Track, isOriginal: boolean): Track | "ignored" | "invalid" {
  switch (track) {
    case Track.SYN_SENT:
      return isOriginal ? "invalid" : "ignored";
    case Track.SYN_RECV:
      return isOriginal ? Track.ESTABLISHED : track;
    case Track.FIN_WAIT:
      return Track.CLOSE_WAIT;
    case Track.LAST_ACK:
      return Track.TIME_WAIT;
    default:
      return track;
  }
}
