import { describe, expect, test } from "vitest";
import { runScript } from "../../src/index.ts";
import { profile } from "../support/stories.ts";
import { allCells, type Cell, cellName } from "./cell.ts";
import { type Row, readTable, rowsOf } from "./read-table.ts";
import { writeScript } from "./write-script.ts";

const rfc9293 = profile("rfc9293");
const { secure, insecure } = readTable();
const cells = allCells();

/** The cells for which these rows want something, by name. */
function wanted(rows: readonly Row[]): (readonly [name: string, cell: Cell, row: Row])[] {
  return cells.flatMap((cell) => rowsOf(cell, rows).map((row) => [cellName(cell), cell, row]));
}

/** What a failing cell prints: its whole script, and what happened. */
function verdict(cell: Cell, row: Row, rfc5961: boolean): string {
  const script = writeScript(cell, row, rfc5961);
  const { failure, ladder } = runScript(script, { profile: rfc9293 });
  return failure === undefined ? "" : `${failure.line}: ${failure.message}\n${script}\n${ladder}`;
}

describe("the table", () => {
  test("has every cell in one row, and in one only", () => {
    for (const cell of cells) {
      const lines = rowsOf(cell, secure).map(({ line }) => line);
      expect(lines, `${cellName(cell)} is in the rows ${lines.join()}`).toHaveLength(1);
    }
    expect(cells.length).toBe(857);
  });

  test("without RFC 5961 has every RST and SYN in the window in one row, and no other", () => {
    for (const cell of cells) {
      const { state, segment, place } = cell;
      const inside = state.hasWindow && place?.endsWith("edge") === true;
      const lines = rowsOf(cell, insecure).map(({ line }) => line);
      const count = inside && /^(RST|SYN)/.test(segment) ? 1 : 0;
      expect(lines, `${cellName(cell)} is in the rows ${lines.join()}`).toHaveLength(count);
    }
  });

  test("has no row without a cell", () => {
    for (const row of [...secure, ...insecure]) {
      const met = cells.filter((cell) => rowsOf(cell, [row]).length > 0);
      expect(met.length, `cells.md:${row.line}`).toBeGreaterThan(0);
    }
  });
});

test("no cell is content with another answer, or with another state", () => {
  const ack = "<SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>";
  for (const [name, cell, row] of wanted(secure)) {
    const otherAnswer = { ...row, answer: row.answer === undefined ? ack : undefined };
    expect(verdict(cell, otherAnswer, true), name).not.toBe("");
    const otherState = { ...row, after: row.after === "FIN-WAIT-2" ? "CLOSING" : "FIN-WAIT-2" };
    const same = cell.state.name === "FIN-WAIT-2" && row.after === "same";
    if (!same) expect(verdict(cell, otherState, true), name).not.toBe("");
  }
});

describe("RFC 9293 §3.10.7, with RFC 5961", () => {
  test.each(wanted(secure))("%s", (_, cell, row) => {
    expect(verdict(cell, row, true)).toBe("");
  });
});

describe("RFC 9293 §3.10.7, without RFC 5961", () => {
  test.each(wanted(insecure))("%s", (_, cell, row) => {
    expect(verdict(cell, row, false)).toBe("");
  });
});
