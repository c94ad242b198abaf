import { expect, test } from "vitest";
import { brokenWithout, expectOracle } from "../support/judge.ts";
import { runScenario } from "../support/run.ts";

const [LINGER, UNREAD, READ] = [0, 1, 2];
const values = { connections: 500, rate: 500, gap: 200_000, hold: 2_000_000 };
/** Most find nothing unread when they close. */
const seldom = { ...values, connections: 1000, rate: 1000, hold: 50_000, how: UNREAD };

test("what was acknowledged and not read is lost with SO_LINGER 0, and no TIME-WAIT is left", () => {
  const means = expectOracle("reset-on-close", { values: { ...values, how: LINGER } });
  expect(means["time-waits"]).toBe(0);
});

test("a close with unread data resets, and one without does not (SHLD-3)", () => {
  expectOracle("reset-on-close", { values: seldom }, { only: ["time-waits"] });
  expectOracle("reset-on-close", { values: { ...values, how: UNREAD } }, { only: ["unread"] });
});

test("who reads everything loses nothing, and is reset only by what comes after the close", () => {
  expectOracle("reset-on-close", { values: { ...values, how: READ } });
});

test("reading is what makes the difference", () => {
  const read = { values: { ...seldom, how: READ } };
  expect(brokenWithout("reset-on-close", { values: seldom }, read)).toEqual([
    "unread",
    "time-waits",
  ]);
});

test("without resets for text after a close, every close ends in TIME-WAIT", () => {
  const read = { values: { ...values, how: READ } };
  const off = { ...read, params: { resetAfterClose: 0 } };
  expect(brokenWithout("reset-on-close", read, off)).toEqual(["time-waits"]);
});

test("the client hears ECONNRESET each time with SO_LINGER 0", () => {
  const { failures } = runScenario("reset-on-close", { values: { ...values, how: LINGER } });
  expect([...failures]).toEqual([["ECONNRESET", 500]]);
});
