import type { FlagName } from "@synfin/core/tcp";
import type { TcpSegment } from "@synfin/core/wire";

/** A TCP segment as it passed by. */
export interface Caught {
  readonly atUs: number;
  readonly src: string;
  readonly dst: string;
  readonly tcp: TcpSegment;
  readonly flags: readonly FlagName[];
  /** Octets of text, those that the capture cut off included. */
  readonly length: number;
  /** The IP packet in hexadecimal. */
  readonly packet: string;
  readonly isClient: boolean;
}

/** Where a capture was taken; `both` has each packet when it left. */
export type Vantage = "client" | "server" | "both";

/** Where the beginning of a connection was missed, nobody knows how long the way is. */
const UNKNOWN_US = 1_000;

/**
 * Where a capture was taken, and how long a packet takes one way. The handshake
 * tells: whoever answers at once is where the capture was taken, and the other
 * wait is a round trip.
 */
export function oneWayOf(
  packets: readonly Caught[],
  both: boolean,
): { readonly vantage: Vantage; readonly delayUs: number } {
  const syn = packets.find(({ isClient, flags }) => isClient && flags.includes("SYN"));
  const answer = packets.find(({ isClient, flags }) => !isClient && flags.includes("SYN"));
  const ack = packets.find(
    ({ isClient, flags, atUs }) =>
      isClient && flags.includes("ACK") && answer !== undefined && atUs >= answer.atUs,
  );
  if (syn === undefined || answer === undefined || ack === undefined) {
    return { vantage: both ? "both" : "client", delayUs: UNKNOWN_US };
  }
  const [first, second] = [answer.atUs - syn.atUs, ack.atUs - answer.atUs];
  if (both) return { vantage: "both", delayUs: Math.max(1, first) };
  const vantage = first >= second ? "client" : "server";
  return { vantage, delayUs: Math.max(1, Math.round(Math.max(first, second) / 2)) };
}
