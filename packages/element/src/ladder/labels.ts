import type { ShownNumbers } from "@synfin/simulator/view";
import type { Flight } from "./flights.ts";
import type { Metrics } from "./options.ts";
import { ladderWords } from "./words.ts";

/** A piece of a label: the flags stand out. */
export interface LabelPart {
  readonly text: string;
  readonly kind: "flags" | "numbers" | "fate";
}

/** Lines of a label, the uppermost first. */
export type LabelLines = readonly (readonly LabelPart[])[];

/**
 * The ways to set a label, the best first: on one line, on two and
 * more, and at last without its numbers, which the transcript still has.
 */
export function labelLayouts(
  flight: Flight,
  numbers: ShownNumbers,
  metrics: Metrics,
): LabelLines[] {
  const words = ladderWords(metrics.lang);
  const { segment, arrival, copy } = flight;
  const verdict = arrival.verdict === "drop" ? "" : words.verdict[arrival.verdict];
  if (copy > 0) return verdict === "" ? [] : [[[{ text: verdict, kind: "fate" }]]];
  const flags: LabelPart = { text: segment.flags.join(",") || "·", kind: "flags" };
  const seq = `seq ${numbers.seq}`;
  const rest = [
    segment.flags.includes("ACK") ? `ack ${numbers.ack}` : "",
    segment.length > 0 ? `${segment.length} B` : "",
  ].filter((text) => text !== "");
  const fate: LabelPart = {
    text: [
      segment.retransmission ? words.again : "",
      segment.injected === true ? words.injected : "",
      verdict,
    ]
      .filter((text) => text !== "")
      .join(" "),
    kind: "fate",
  };
  const line = (texts: string[]): LabelPart[] =>
    texts.length === 0 ? [] : [{ text: texts.join(" "), kind: "numbers" }];
  const all = [
    [[flags, ...line([seq, ...rest]), fate]],
    [[flags, fate], line([seq, ...rest])],
    [[flags, fate], line([seq]), line(rest)],
    [[flags], [fate], ...[seq, ...rest].map((text) => line([text]))],
    [[flags]],
  ];
  return all.map((lines) =>
    lines
      .map((parts) => parts.filter(({ text }) => text !== ""))
      .filter((parts) => parts.length > 0),
  );
}

/** The text of one line, its parts a space apart. */
export function lineText(parts: readonly LabelPart[]): string {
  return parts.map(({ text }) => text).join(" ");
}
