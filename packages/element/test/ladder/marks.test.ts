import { describe, expect, test } from "vitest";
import { layoutLadder } from "../../src/ladder/ladder.ts";
import { markText } from "../../src/ladder/marks.ts";
import { timerLabel } from "../../src/ladder/timer-spans.ts";
import { ladderWords } from "../../src/ladder/words.ts";
import { traceOf } from "../traces.ts";

/** The texts of the labels, each with the kind of its pieces that are not numbers. */
function pieces(name: string, width: number): string[] {
  return layoutLadder(traceOf(name), { width }).labels.flatMap(({ lines }) =>
    lines.flat().map(({ kind, text }) => `${kind}: ${text}`),
  );
}

describe.each([640, 366])("at %i px", (width) => {
  test.each([
    ["challenge-ack", "mark: challenge ACK"],
    ["zero-window", "mark: window update"],
    ["zero-window", "detail: win 0"],
    ["window-scale", "detail: wscale 7"],
    ["lost-data-sack", "fate: fast retransmit"],
    ["lost-data-sack", "mark: dup ACK #3"],
  ])("%s has %s at an arrow", (name, piece) => {
    expect(pieces(name, width)).toContain(piece);
  });
});

test("a mark does not fall for want of room while numbers stand", () => {
  const { labels, marks } = layoutLadder(traceOf("keep-alive"), { width: 366 });
  for (const { arrow, lines } of labels) {
    const why = marks.get(arrow.flight.segment.id)?.why ?? "";
    const text = lines.flat().map((part) => part.text);
    if (why !== "") expect(text.join(" ")).toContain(why.split(" ")[0]);
  }
});

test("the brackets of a row of timeouts say how often they have doubled, up to the greatest", () => {
  const { timers } = layoutLadder(traceOf("stuck-in-fin-wait-1"));
  const labels = timers
    .filter(({ span }) => span.timer === "retransmission")
    .map(({ span }) => timerLabel(span, "en").join(" "));
  expect(labels).toEqual([
    "RTO 1 s",
    "RTO ×2 2 s",
    "RTO ×4 4 s",
    "RTO ×8 8 s",
    "RTO ×16 16 s",
    "RTO ×32 32 s",
    "RTO 60 s",
  ]);
});

test("a mark in words: why, then window and options; nothing where there is nothing", () => {
  const { trace, marks } = layoutLadder(traceOf("lost-data-sack"));
  const of = (id: string): string => {
    const segment = trace.segments.find((one) => one.id === id);
    if (segment === undefined) throw new Error(`there is no ${id}`);
    return markText(marks, segment);
  };
  expect(of("server-4")).toBe("dup ACK #2, TS 220/170, sack 2897:5793");
  expect(of("client-8")).toBe("fast retransmit, TS 270/220");
  const plain = layoutLadder(traceOf("four-way-close"));
  const last = plain.trace.segments.at(-1);
  expect(last === undefined ? "none" : markText(plain.marks, last)).toBe("");
});

test("every reason has its words in both languages, and they differ", () => {
  const [en, ko] = [ladderWords("en").reason, ladderWords("ko").reason];
  expect(Object.keys(ko)).toEqual(Object.keys(en));
  for (const [reason, text] of Object.entries(ko)) {
    expect(text).not.toBe("");
    expect(Object.entries(en)).not.toContainEqual([reason, text]);
  }
});
