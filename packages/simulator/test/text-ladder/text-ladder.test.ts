import { expect, test } from "vitest";
import { textLadder } from "../../src/text-ladder/text-ladder.ts";
import { crossedSynTrace, lostFinTrace } from "../view/hand-made.ts";

test("a lost FIN, from the first SYN to the end of TIME-WAIT", async () => {
  await expect(textLadder(lostFinTrace())).toMatchFileSnapshot("lost-fin.snap");
});

test("crossing segments leave into the dots and come out of them, as in RFC 9293 Figure 7", async () => {
  const text = textLadder(crossedSynTrace(), { ascii: true, seq: "absolute" });
  await expect(text).toMatchFileSnapshot("crossed-syn.snap");
});

test("ASCII means ASCII", () => {
  const text = textLadder(lostFinTrace(), { ascii: true });
  expect(text).toContain("X lost");
  expect([...text].filter((char) => char.charCodeAt(0) > 126)).toEqual([]);
});

test("no line is wider than 100 columns, even with the widest numbers", () => {
  const trace = lostFinTrace();
  const wide = {
    ...trace,
    segments: trace.segments.map((segment) => ({
      ...segment,
      seq: 4_294_967_295,
      ack: 4_294_967_294,
      length: 65_000,
      retransmission: true,
    })),
  };
  const lines = textLadder(wide, { seq: "absolute" }).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(lines.filter((line) => line.includes("ack 4294967294")).length).toBeGreaterThan(5);
});

test("every transmission has an arrow", () => {
  const trace = lostFinTrace();
  const arrows = textLadder(trace).match(/[▶◀×]/g) ?? [];
  expect(arrows).toHaveLength(trace.segments.length);
});
