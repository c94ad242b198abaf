import { seqDiff } from "@synfin/core/tcp";
import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../../law.ts";
import type { End } from "../../run/end.ts";
import { fromHex } from "../../run/hex.ts";
import { judgedEnds, type Run } from "../../run/run.ts";
import { endOf, placeOf, textStart } from "../../run/sequence.ts";

/**
 * What is sent again holds the octets that it held the first time, since each
 * octet of the stream has its number (RFC 9293 §3.4), whoever looks on from
 * where. The single octet with which some TCPs ask whether the peer is still
 * there has been acknowledged long ago, and may be any (§3.8.4). Text that the
 * run does not hold is compared with nothing.
 */
export const sentAgainIsTheSame: Law<Run> = defineLaw({
  name: "sentAgainIsTheSame",
  source: "RFC 9293 §3.4, §3.8.1",
  says: "What is sent again holds the octets that it held the first time.",
  premises: ["octets sent again"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) {
      if (end.iss !== undefined) checkEnd(end, end.iss, notes);
    }
  },
});

function checkEnd(end: End, iss: number, notes: Notes): void {
  const stream = new KnownOctets();
  let furthest = 0;
  for (const segment of end.sent) {
    const past = seqDiff(endOf(segment), iss);
    const probe = segment.length === 1 && past < furthest;
    furthest = Math.max(furthest, past);
    if (segment.length > 0 && !probe)
      compare(segment, seqDiff(textStart(segment), iss), stream, notes);
  }
}

function compare(segment: TraceSegment, offset: number, stream: KnownOctets, notes: Notes): void {
  const text = fromHex(segment.packet.slice(-2 * segment.length));
  let wrong = false;
  for (const [index, octet] of text.entries()) {
    const before = stream.exchange(offset + index, octet);
    if (before === UNKNOWN) continue;
    notes.met("octets sent again");
    if (before === octet || wrong) continue;
    wrong = true;
    const what = `octet ${offset + index} after the SYN is ${octet}, and was ${before} before`;
    notes.broken(what, placeOf(segment));
  }
}

const UNKNOWN = -1;
const PAGE = 4096;

/** Octets by their offset, in pages: a capture may lack most of a long stream. */
class KnownOctets {
  private readonly pages = new Map<number, Int16Array>();

  /** Keeps an octet. @returns the one that was known before, or `UNKNOWN` */
  exchange(offset: number, octet: number): number {
    const number = Math.floor(offset / PAGE);
    const page = this.pages.get(number) ?? new Int16Array(PAGE).fill(UNKNOWN);
    this.pages.set(number, page);
    const at = offset - number * PAGE;
    const before = page[at] ?? UNKNOWN;
    page[at] = octet;
    return before;
  }
}
