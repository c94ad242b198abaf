import type { TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import type { End } from "../run/end.ts";
import { judgedEnds, type Run } from "../run/run.ts";
import { describeSegment, has, placeOf } from "../run/sequence.ts";

/** MUST-15, over IPv4. */
const WITHOUT_OPTION = 536;

/**
 * Every SYN says how large a segment may be, and nothing else does (MUST-14,
 * MUST-65); and no segment is larger, its options counted, than the peer has
 * said, or than 536 where it has said nothing, nor than this end's own link
 * takes (MUST-15, MUST-16; RFC 6691; RFC 2525 §2.18: options missing from TCP
 * MSS calculation). One octet too many is a fragment, or lost for ever.
 */
export const segmentsFitTheMss: Law<Run> = defineLaw({
  name: "segmentsFitTheMss",
  source: "RFC 9293 §3.2 MUST-65, §3.7.1 MUST-14 to MUST-16; RFC 6691; RFC 2525 §2.18",
  says: "The MSS option stands on every SYN; no segment and its options are larger than it says.",
  premises: ["SYN sent", "text sent", "full segment", "text beside options"],
  examine(run, notes) {
    for (const end of judgedEnds(run)) {
      const own = run.paramsOf(end.host).mss;
      for (const segment of end.sent) {
        checkOption(segment, own, notes);
        checkSize(run, end, segment, own, notes);
      }
    }
  },
});

function mssOf(segment: TraceSegment): number | undefined {
  return segment.options.find(({ name }) => name === "mss")?.value;
}

function checkOption(segment: TraceSegment, own: number, notes: Notes): void {
  const syn = has(segment, "SYN");
  if (syn) notes.met("SYN sent");
  const option = mssOf(segment);
  if (option === (syn ? own : undefined)) return;
  const right = syn ? `MSS ${own} would be right` : "only a SYN has it";
  notes.broken(
    `${describeSegment(segment)} has MSS ${option ?? "none"}; ${right}`,
    placeOf(segment),
  );
}

function checkSize(run: Run, end: End, segment: TraceSegment, own: number, notes: Notes): void {
  if (segment.length === 0) return;
  notes.met("text sent");
  const taken = end.heard.find(({ segment: heard }) => has(heard, "SYN") && heard.seq === end.irs);
  const offered = taken === undefined ? undefined : mssOf(taken.segment);
  const most = Math.min(offered ?? WITHOUT_OPTION, own);
  const version = run.trace.hosts[0]?.address.includes(":") === true ? 40 : 20;
  const options = segment.packet.length / 2 - version - 20 - segment.length;
  if (options > 0) notes.met("text beside options");
  if (segment.length + options === most) notes.met("full segment");
  if (segment.length + options <= most) return;
  const what = `${describeSegment(segment)} has ${options} octets of options; the MSS is ${most}`;
  notes.broken(what, placeOf(segment));
}
