import type { TraceSegment, Verdict } from "../trace/trace.ts";
import type { ShownNumbers } from "../view/relative.ts";
import type { Charset } from "./charset.ts";
import { MIDDLE } from "./grid.ts";

/** Which part of a segment's way one line shows. */
export type Leg = "whole" | "departure" | "arrival" | "lost";

/** `SYN,ACK seq 0 ack 1`, `PSH,ACK seq 1 ack 1 100 B`. */
export function segmentLabel(segment: TraceSegment, numbers: ShownNumbers): string {
  const parts = [segment.flags.join(",") || "no flags", `seq ${numbers.seq}`];
  if (segment.flags.includes("ACK")) parts.push(`ack ${numbers.ack}`);
  if (segment.length > 0) parts.push(`${segment.length} B`);
  if (segment.injected === true) parts.push("injected");
  return parts.join(" ");
}

/** A word for what the link did, where it did more than deliver. */
export function verdictWord(verdict: Verdict): string {
  const words: Record<Verdict, string> = {
    deliver: "",
    drop: "lost",
    duplicate: "copy",
    delay: "delayed",
    reorder: "reordered",
    corrupt: "corrupted",
  };
  return words[verdict];
}

/**
 * The lines between the lifelines: one where all of it fits. Otherwise the marks stand
 * below the arrow, and a label that is too long by itself above it.
 */
export function arrowLines(
  label: string,
  marks: readonly string[],
  leg: Leg,
  toRight: boolean,
  chars: Charset,
): string[] {
  const room = MIDDLE - 6 - (leg === "whole" ? 0 : 8);
  const all = [label, ...marks].join(" ");
  if (all.length <= room) return [oriented(all, leg, toRight, chars)];
  const below = wrapped(marks).map((text) =>
    toRight ? `   ${text}` : `${text}   `.padStart(MIDDLE),
  );
  if (label.length <= room) return [oriented(label, leg, toRight, chars), ...below];
  const above = toRight ? ` ${label}` : `${label} `.padStart(MIDDLE);
  return [above, oriented("", leg, toRight, chars), ...below];
}

/** Marks set into as few lines as they need, none of them broken. */
function wrapped(marks: readonly string[]): string[] {
  const lines: string[] = [];
  for (const mark of marks) {
    const longer = lines.length === 0 ? mark : `${lines.at(-1)}  ${mark}`;
    if (lines.length > 0 && longer.length <= MIDDLE - 4) lines[lines.length - 1] = longer;
    else lines.push(mark);
  }
  return lines;
}

function oriented(label: string, leg: Leg, toRight: boolean, chars: Charset): string {
  const text = label === "" ? "" : ` ${label} `;
  const start = leg === "arrival" ? chars.transit : chars.line.repeat(2);
  const end = ending(leg, toRight, chars);
  const shaft = Math.max(1, MIDDLE - start.length - text.length - end.length);
  // A lost arrow stops on its way; the rest of the line stays empty.
  const drawn =
    leg === "lost" ? Math.max(1, Math.min(shaft, Math.ceil(MIDDLE * 0.6) - text.length)) : shaft;
  const parts = [start, text, chars.line.repeat(drawn), end];
  const line = (toRight ? parts : parts.reverse()).join("");
  return toRight ? line.padEnd(MIDDLE) : line.padStart(MIDDLE);
}

function ending(leg: Leg, toRight: boolean, chars: Charset): string {
  if (leg === "departure") return toRight ? ` ${chars.transit}` : `${chars.transit} `;
  if (leg === "lost") return toRight ? `${chars.cross} lost` : `lost ${chars.cross}`;
  return toRight ? chars.right : chars.left;
}
