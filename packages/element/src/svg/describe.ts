import { formatDuration } from "@synfin/simulator/view";
import type { Ladder } from "../ladder/ladder.ts";
import { markText } from "../ladder/marks.ts";
import { ladderWords } from "../ladder/words.ts";

/** The ladder in words, one clause for each transmission: for those who cannot see it. */
export function describeLadder({ trace, numbers, marks, metrics }: Ladder): string {
  const words = ladderWords(metrics.lang).verdict;
  return trace.segments
    .map((segment) => {
      const shown = numbers.get(segment.id) ?? segment;
      const ack = segment.flags.includes("ACK") ? ` ack ${shown.ack}` : "";
      const fates = segment.arrivals
        .map(({ verdict }) => words[verdict])
        .filter((word) => word !== "");
      const fate = fates.length === 0 ? "" : ` (${fates.join(", ")})`;
      const text = markText(marks, segment);
      const mark = text === "" ? "" : `, ${text}`;
      return `${formatDuration(segment.sentAtUs)} ${segment.from} → ${segment.to}: ${segment.flags.join(",")} seq ${shown.seq}${ack}${mark}${fate}`;
    })
    .join("; ");
}
