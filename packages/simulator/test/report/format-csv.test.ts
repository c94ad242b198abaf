import { formatCsv } from "@synfin/simulator/report";
import { expect, test } from "vitest";

test("plain fields stand as they are, and lines end in CR LF", () => {
  expect(
    formatCsv(
      ["atUs", "state", "ok"],
      [
        [5, "TIME-WAIT", true],
        [0.5, undefined, false],
      ],
    ),
  ).toBe("atUs,state,ok\r\n5,TIME-WAIT,true\r\n0.5,,false\r\n");
});

test.each([
  ["a,b", '"a,b"'],
  ['say "SYN"', '"say ""SYN"""'],
  ["two\nlines", '"two\nlines"'],
  ["cr\r", '"cr\r"'],
  [" spaces stay ", " spaces stay "],
])("%j is written %j (RFC 4180 §2)", (value, written) => {
  expect(formatCsv(["x"], [[value]])).toBe(`x\r\n${written}\r\n`);
});

test("a row that does not fit the header is a bug", () => {
  expect(() => formatCsv(["a", "b"], [[1, 2], [3]])).toThrow(
    "row 1 has 1 fields; the header has 2",
  );
});
