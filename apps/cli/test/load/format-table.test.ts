import { expect, test } from "vitest";
import {
  formatTable,
  grouped,
  milliseconds,
  percent,
  withError,
} from "../../src/load/format-table.ts";

test("numbers to the right, texts to the left, units with the title", () => {
  const table = formatTable(
    [
      { title: "state" },
      { title: "peak", format: grouped },
      { title: "p99", unit: "ms", format: milliseconds },
    ],
    [
      ["TIME-WAIT", 28_232, 40_125],
      ["SYN-SENT", 97, undefined],
    ],
  );
  expect(`\n${table}`).toBe(`
state        peak  p99 (ms)
TIME-WAIT  28,232      40.1
SYN-SENT       97         –
`);
});

test("a column of texts last leaves no spaces at the end of a line", () => {
  expect(
    formatTable(
      [{ title: "n" }, { title: "what it is" }],
      [
        [1, "x"],
        [10, ""],
      ],
    ),
  ).toBe(" n  what it is\n 1  x\n10\n");
});

test("a table without rows is its head", () => {
  expect(formatTable([{ title: "a" }, { title: "b" }], [])).toBe("a  b\n");
});

test("letters that are two columns wide are counted so", () => {
  const lines = formatTable([{ title: "상태" }, { title: "n" }], [["abcde", 1]]).split("\n");
  expect(lines).toEqual(["상태   n", "abcde  1", ""]);
});

test.each([
  [0, "0"],
  [999, "999"],
  [1_000, "1,000"],
  [1_234_567.891, "1,234,567.891"],
  [-12_345, "-12,345"],
])("%d is grouped as %s", (value, text) => {
  expect(grouped(value)).toBe(text);
});

test.each([
  [42, "0.042"],
  [40_125, "40.1"],
  [1_250_400, "1250"],
])("%d µs are %s ms", (us, text) => {
  expect(milliseconds(us)).toBe(text);
});

test.each([
  [0, "0 %"],
  [0.001, "0.1 %"],
  [0.145_23, "14.5 %"],
  [0.000_012_3, "0.00123 %"],
])("%d is %s", (part, text) => {
  expect(percent(part)).toBe(text);
});

test.each([
  [14.5234, 0.0871, "14.52 ± 0.09"],
  [14.5234, 0.0171, "14.523 ± 0.017"],
  [470.53, 12.2, "471 ± 12"],
  [470.53, 4.2, "471 ± 4"],
  [3, 0, "3 ± 0"],
  [1 / 3, Number.POSITIVE_INFINITY, "0.3333 ± ?"],
])("%d with an error of %d is %s", (value, error, text) => {
  expect(withError(value, error)).toBe(text);
});
