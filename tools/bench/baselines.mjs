/**
 * What a step is compared with: the fields that in-order text touches, loaded,
 * compared and stored, and nothing else. Once for a TCB that lies there plain,
 * and once for one at rest, whose row comes and goes.
 */
import { createOutbox, createTcb, Flag, State } from "@synfin/core/tcp";
import { arriving, established, IRS, ISS } from "./connection.mjs";
import { createRow, loadRow, storeRow } from "./row.mjs";

/** @returns {import("./best-of.mjs").Case} */
export function bareFields() {
  const tcb = createTcb();
  const segment = arriving(Flag.ACK, 1, 1, 100);
  tcb.rcvWnd = 65535;
  const out = { seq: 0, ack: 0, flags: 0, window: 0, length: 0, count: 0 };
  return {
    name: "bare: load, compare, store what in-order text touches",
    run(times) {
      for (let time = 0; time < times; time += 1) touch(tcb, segment, out);
      return times;
    },
  };
}

/** @returns {import("./best-of.mjs").Case} */
export function wholeRow() {
  const row = createRow();
  const tcb = established(createTcb(), createOutbox());
  const segment = arriving(Flag.ACK, IRS + 1, ISS + 1, 100);
  const out = { seq: 0, ack: 0, flags: 0, window: 0, length: 0, count: 0 };
  storeRow(tcb, row);
  return {
    name: "row: load a whole row, compare, store it back",
    run(times) {
      for (let time = 0; time < times; time += 1) {
        loadRow(tcb, row);
        touch(tcb, segment, out);
        storeRow(tcb, row);
      }
      return times;
    },
  };
}

/**
 * @param {import("@synfin/core/tcp").Tcb} tcb
 * @param {import("@synfin/core/tcp").Segment} segment
 * @param {Record<"seq" | "ack" | "flags" | "window" | "length" | "count", number>} out
 */
function touch(tcb, segment, out) {
  if (tcb.state !== State.CLOSED || segment.badOption === 1) out.count += 1;
  const offset = (segment.seq - tcb.rcvNxt) | 0;
  if (offset > tcb.rcvWnd || (segment.flags & Flag.RST) !== 0) out.count += 1;
  if (((tcb.sndUna - segment.ack) | 0) < 0 && tcb.sndNxt !== segment.ack) out.count += 1;
  if (((tcb.sndWl1 - segment.seq) | 0) < 0 || tcb.sndWl2 === segment.ack) {
    tcb.sndWnd = segment.window;
    tcb.sndWl1 = segment.seq;
    tcb.sndWl2 = segment.ack;
  }
  if (tcb.sndWnd > tcb.sndMaxWnd) tcb.sndMaxWnd = tcb.sndWnd;
  tcb.rcvNxt = (segment.seq + segment.length) >>> 0;
  tcb.rcvUnacked += segment.length;
  tcb.lastAckSent = tcb.rcvNxt;
  tcb.rcvUnacked = 0;
  segment.seq = tcb.rcvNxt;
  out.seq = tcb.sndNxt;
  out.ack = tcb.rcvNxt;
  out.flags = Flag.ACK;
  out.window = tcb.rcvWnd;
  out.length = 0;
}
