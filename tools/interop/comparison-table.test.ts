import { expect, test } from "vitest";
import { comparisonMarkdown, comparisonTable } from "./comparison-table.mjs";

const TESTS = [
  { title: "met nobody", meta: {} },
  {
    title: "100 ports",
    meta: { comparison: { simulated: "100", measured: "100", agree: true } },
  },
  {
    title: "3 ports",
    meta: {
      comparison: { simulated: "3", measured: "2", agree: false, why: "it looks at ".repeat(8) },
    },
  },
];

test("the table has what was simulated above what was measured, and says why they differ", () => {
  expect(comparisonTable(TESTS, "Linux 6.18")).toMatchInlineSnapshot(`
    "THE LOAD SIMULATOR, AND Linux 6.18
    ----------------------------------------------------------------------------------------------------

      same     100 ports
               simulated  100
               measured   100

      DIFFERS  3 ports
               simulated  3
               measured   2
               because    it looks at it looks at it looks at it looks at it looks at it looks at it
                          looks at it looks at "
  `);
});

test("the page has a row for each", () => {
  expect(comparisonMarkdown(TESTS.slice(0, 2))).toMatchInlineSnapshot(`
    "| item | simulation | measurement | agree |
    |---|---|---|---|
    | 100 ports | 100 | 100 | yes |"
  `);
});

test("there is no table where nothing was compared", () => {
  expect(comparisonTable(TESTS.slice(0, 1), "Linux 6.18")).toBe("");
});
