import type { ShownNumbers } from "@synfin/simulator/view";
import type { Flight } from "./flights.ts";
import type { SegmentMark } from "./marks.ts";
import type { Metrics } from "./options.ts";
import { ladderWords } from "./words.ts";

/** A piece of a label: the flags stand out. */
export interface LabelPart {
  readonly text: string;
  readonly kind: "flags" | "numbers" | "fate" | "mark" | "detail";
}

/** Lines of a label, the uppermost first. */
export type LabelLines = readonly (readonly LabelPart[])[];

/**
 * The ways to set a label, the best first: on one line, on two and more; without its
 * numbers or without its marks, where an arrow is too short for both; and where it must
 * be shortened, as little as can be. The transcript still has all.
 */
export function labelLayouts(
  flight: Flight,
  numbers: ShownNumbers,
  mark: SegmentMark | undefined,
  metrics: Metrics,
  shortened: boolean,
): Iterable<LabelLines> {
  const { verdict: verdicts, injected } = ladderWords(metrics.lang);
  const { segment, arrival, copy } = flight;
  const verdict = arrival.verdict === "drop" ? "" : verdicts[arrival.verdict];
  if (copy > 0) return verdict === "" ? [] : [[[{ text: verdict, kind: "fate" }]]];
  const flags: LabelPart = { text: segment.flags.join(",") || "·", kind: "flags" };
  const seq = `seq ${numbers.seq}`;
  const rest = [
    segment.flags.includes("ACK") ? `ack ${numbers.ack}` : "",
    segment.length > 0 ? `${segment.length} B` : "",
  ].filter((text) => text !== "");
  const why: LabelPart = {
    text: mark?.why ?? "",
    // A probe of a window goes out again and again, and nothing has gone wrong.
    kind: segment.retransmission && !isProbe(mark) ? "fate" : "mark",
  };
  const fate: LabelPart = {
    text: [segment.injected === true ? injected : "", verdict]
      .filter((text) => text !== "")
      .join(" "),
    kind: "fate",
  };
  const line = (texts: readonly string[]): LabelPart[] =>
    texts.length === 0 ? [] : [{ text: texts.join(" "), kind: "numbers" }];
  const asDetail = (text: string): LabelPart => ({ text, kind: "detail" });
  const full = shownDetails(mark, metrics).map(asDetail);
  // Timestamps are on every segment; they take no line that another needs.
  const isSyn = segment.flags.includes("SYN");
  const details = full.filter(({ text }) => isSyn || !text.startsWith("TS"));
  const each = details.flatMap(({ text }) => text.split(/ (?==)/).map((part) => [asDetail(part)]));
  const plain = [seq, ...rest].map((text) => line([text]));
  const head = [flags, ...line([seq, ...rest])];
  // Made one by one: mostly the first is taken.
  function* all(): Generator<LabelLines> {
    yield [[...head, why, fate, ...full]];
    yield [[...head, why, fate, ...details]];
    yield [[...head, why, fate], details];
    yield [
      [...head, fate],
      [why, ...details],
    ];
    yield [[...head, fate], [why], details];
    yield [[flags, why, fate], line([seq, ...rest]), details];
    yield [[flags, fate], [why], line([seq]), line(rest), ...each];
    yield [[flags], [fate], [why], ...plain, ...each];
    yield [[flags], [fate], ...words(why), ...plain, ...each];
    const marked = [...words(why), ...each];
    const isMarked = marked.some(([part]) => part?.text !== "");
    // What is new about a segment is worth more than its numbers.
    if (isMarked) {
      yield [[flags, fate], [why], ...each];
      yield [[flags], [fate], ...marked];
    }
    if (!isMarked || shortened) yield [[flags], [fate], ...plain];
    if (shortened) {
      yield [[flags, why]];
      yield [[flags]];
    }
  }
  return different(all());
}

/** Without empty pieces; where a piece is absent, several ways come to the same. */
function* different(all: Iterable<LabelLines>): Generator<LabelLines> {
  const found = new Set<string>();
  for (const lines of all) {
    const filled = lines
      .map((parts) => parts.filter(({ text }) => text !== ""))
      .filter((parts) => parts.length > 0);
    const key = filled.map(lineText).join("\n");
    if (found.has(key)) continue;
    found.add(key);
    yield filled;
  }
}

/** Each word on a line of its own, and what stands in brackets on one. */
function words({ text, kind }: LabelPart): LabelPart[][] {
  return text.split(/ (?![^(]*\))/).map((word) => [{ text: word, kind }]);
}

function isProbe(mark: SegmentMark | undefined): boolean {
  return mark?.note?.reason === "zero-window-probe";
}

/**
 * An MSS by itself is in every handshake and no news; timestamps, which every segment
 * carries, and what a SYN offers beside a scale stand only where there is room.
 */
function shownDetails(mark: SegmentMark | undefined, { roomy }: Metrics): readonly string[] {
  const { details = [] } = mark ?? {};
  if (details.length === 1 && details[0]?.startsWith("mss") === true) return [];
  return roomy ? details : details.filter((text) => /^(?:win|wscale|sack \d)/.test(text));
}

/** The text of one line, its parts a space apart. */
export function lineText(parts: readonly LabelPart[]): string {
  return parts.map(({ text }) => text).join(" ");
}
