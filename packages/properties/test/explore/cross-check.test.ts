import {
  Exploration,
  type ExploreOptions,
  exploreAbstract,
  ImageTally,
} from "@synfin/properties/explore";
import { describe, expect, test } from "vitest";

function crossCheck(options: ExploreOptions) {
  const tally = new ImageTally();
  const exploration = new Exploration(options, (step) => tally.note(step));
  exploration.run(Number.POSITIVE_INFINITY);
  expect(exploration.isComplete).toBe(true);
  return { pairs: exploration.pairs, ...tally.result() };
}

describe("every step of the machine is an action of the abstract TCP, or none", () => {
  test("with losses and copies, text and FINs in one segment", () => {
    const { covered, uncovered, still, withoutImage } = crossCheck({ data: 1, loss: 1 });
    expect(withoutImage).toEqual({});
    // The calls that the abstract TCP begins after; its listener never sends.
    expect(uncovered).toEqual(["PASSIVE_OPEN", "SEND"]);
    expect(Object.keys(covered).length).toBe(17);
    expect(still).toBeGreaterThan(500);
  });

  test("when both sides open", () => {
    const { uncovered, withoutImage } = crossCheck({ open: "both", duplicate: 1, reorder: 1 });
    expect(withoutImage).toEqual({});
    expect(uncovered).toEqual(["PASSIVE_OPEN", "SEND", "CLOSE_LISTEN", "Listen"]);
  });

  test("but for ABORT, which it does not know", () => {
    const { withoutImage } = crossCheck({ abort: 2, data: 1 });
    const rows = Object.keys(withoutImage);
    expect(rows).toContain("ESTABLISHED to CLOSED by ABORT");
    expect(rows.filter((row) => !row.endsWith(" to CLOSED by ABORT"))).toEqual([]);
    expect(rows).toHaveLength(9);
  });

  test("and for giving up, since it has no timers", () => {
    const { withoutImage } = crossCheck({ loss: 9 });
    const rows = Object.keys(withoutImage);
    expect(rows).toContain("SYN-SENT to CLOSED by R2 timeout");
    expect(rows.filter((row) => !row.endsWith("by R2 timeout"))).toEqual([]);
  });
});

test("without faults both ends are never in states that the abstract TCP's are not in", () => {
  const { pairs } = exploreAbstract();
  const ours = crossCheck({ data: 2 }).pairs;
  const later = [...ours].filter((pair) => !pair.startsWith("CLOSED "));
  expect(later.length).toBeGreaterThan(25);
  expect(later.filter((pair) => !pairs.has(pair))).toEqual([]);
});
