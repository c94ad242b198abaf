/**
 * What one step of the machine costs, beside baselines that only load, compare
 * and store. All are measured in turns in one run: the ratios bind, the
 * nanoseconds inform.
 */
import {
  clearOutbox,
  close,
  createOutbox,
  createTcb,
  Flag,
  RFC9293,
  receive,
  segmentArrives,
} from "@synfin/core/tcp";
import { bareFields, wholeRow } from "./baselines.mjs";
import { measure } from "./best-of.mjs";
import { arriving, established, IRS, ISS, START_US } from "./connection.mjs";
import { lifecycle } from "./lifecycle.mjs";
import { createRow, loadRow, storeRow } from "./row.mjs";

/** What an in-order step may cost: so many nanoseconds, and so many times the row's baseline. */
export const LIMITS = { nsPerStep: 300, timesRow: 3 };

/** @typedef {{ name: string, ns: number, timesRow: number }} Row */

/**
 * @param {{ times?: number, rounds?: number }} [size]
 * @returns {Row[]}
 */
export function measureSteps({ times = 90_000, rounds = 40 } = {}) {
  const row = wholeRow();
  const cases = [bareFields(), row, inOrderText(), handshake(), closing(), lifecycle()];
  const best = measure(cases, { times, rounds });
  const base = best[cases.indexOf(row)] ?? 1;
  return cases.map(({ name }, index) => {
    const ns = best[index] ?? 0;
    return { name, ns, timesRow: ns / base };
  });
}

/** So many segments of text fit the receive buffer before the user reads them all. */
const READ_EVERY = 300;
const TEXT = 100;

/**
 * Text in order, acknowledged at once: the step of every octet received. The
 * user reads it in large pieces, as users do.
 *
 * @returns {import("./best-of.mjs").Case}
 */
function inOrderText() {
  const out = createOutbox();
  const tcb = established(createTcb(), out);
  const segment = arriving(Flag.ACK | Flag.PSH, IRS + 1, ISS + 1, TEXT);
  let nowUs = START_US;
  return {
    name: "in-order text: arrives, is acknowledged",
    run(times) {
      for (let time = 1; time <= times; time += 1) {
        clearOutbox(out);
        nowUs += 10;
        segment.seq = tcb.rcvNxt;
        segmentArrives(tcb, segment, nowUs, RFC9293, out);
        if (out.segmentCount !== 1) throw new Error("the benchmark's text drew no ACK");
        if (time % READ_EVERY === 0) receive(tcb, READ_EVERY * TEXT, nowUs, RFC9293, out);
      }
      return times;
    },
  };
}

/** OPEN and the SYN,ACK: two steps. @returns {import("./best-of.mjs").Case} */
function handshake() {
  const out = createOutbox();
  const tcb = createTcb();
  return {
    name: "handshake: OPEN, SYN,ACK arrives (each of 2 steps)",
    run(times) {
      for (let time = 0; time < times; time += 2) established(tcb, out);
      return times;
    },
  };
}

/**
 * CLOSE, the ACK of our FIN, the peer's FIN: three steps. The open connection
 * comes from a row each time; a third of that is in the figure.
 *
 * @returns {import("./best-of.mjs").Case}
 */
function closing() {
  const out = createOutbox();
  const tcb = established(createTcb(), out);
  const row = createRow();
  storeRow(tcb, row);
  const ack = arriving(Flag.ACK, IRS + 1, ISS + 2, 0);
  const fin = arriving(Flag.FIN | Flag.ACK, IRS + 1, ISS + 2, 0);
  return {
    name: "close: CLOSE, ACK of FIN, FIN arrive (each of 3 steps)",
    run(times) {
      for (let time = 0; time < times; time += 3) {
        loadRow(tcb, row);
        clearOutbox(out);
        close(tcb, START_US, RFC9293, out);
        segmentArrives(tcb, ack, START_US + 1, RFC9293, out);
        segmentArrives(tcb, fin, START_US + 2, RFC9293, out);
      }
      return times;
    },
  };
}
