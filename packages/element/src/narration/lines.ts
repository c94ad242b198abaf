import type { Reason } from "@synfin/simulator/view";
import type { Cast, OtherKey, Phrase, Phrases } from "./phrases.ts";

/** A sentence's key with its cast, and the source for it. */
export interface Line {
  readonly phrase: Phrase;
  readonly cast: Cast;
  readonly sources: readonly string[];
}

/** How a section of RFC 9293 is named. */
export const RFC = "RFC 9293 §";

/** What a segment that was sent for a reason is told by, and where to read on. */
export const REASONS: Partial<Record<Reason, readonly [OtherKey, string]>> = {
  "fast-retransmit": ["retransmitsFast", "RFC 5681 §3.2"],
  "partial-ack": ["retransmitsRest", "RFC 6582 §3.2"],
  recovery: ["retransmitsRest", "RFC 6675 §5"],
  "after-timeout": ["retransmitsOnAck", "RFC 5681 §3.1"],
  "after-zero-window": ["resendsIntoWindow", `${RFC}3.8.6.1`],
  "zero-window-probe": ["probesWindow", `${RFC}3.8.6.1`],
  "window-update": ["windowOpens", `${RFC}3.8.6.2.2`],
  "keep-alive": ["probesPeer", `${RFC}3.8.4`],
  "keep-alive-ack": ["answersProbe", `${RFC}3.8.4`],
};

/** What draws a challenge ACK is told together with it. */
export const CHALLENGES = {
  RST: ["challengesRst", "RFC 5961 §3"],
  SYN: ["challengesSyn", "RFC 5961 §4"],
  ACK: ["challengesAck", "RFC 5961 §5"],
} as const;

/** Told once for several segments of one moment; of text, with all its octets. */
const TOLD_ONCE: readonly OtherKey[] = [
  "sendsData",
  "receivesData",
  "receivesAck",
  "receivesEarly",
  "reportsSack",
  "windowShuts",
];

/** Of several lines that say the same of one end, the last; the first number, all octets. */
export function collapse(lines: readonly Line[], { other }: Phrases): Line[] {
  const once = TOLD_ONCE.map((key) => other[key]);
  const kept: Line[] = [];
  for (const line of lines) {
    const before = kept.at(-1);
    if (before?.phrase !== line.phrase || !once.includes(line.phrase)) kept.push(line);
    else {
      const { seq, bytes } = before.cast;
      const cast = { ...line.cast, seq, bytes: bytes + line.cast.bytes };
      kept[kept.length - 1] = { ...line, cast };
    }
  }
  return kept;
}
