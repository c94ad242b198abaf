/**
 * A whole connection, both ends of it, with nothing around: three segments
 * open it, four close it, TIME-WAIT runs out. What a simulation adds to this
 * is its own.
 */
import {
  clearOutbox,
  close,
  createOutbox,
  createTcb,
  listenSegmentArrives,
  open,
  pollAt,
  RFC9293,
  State,
  segmentArrives,
  timeouts,
} from "@synfin/core/tcp";
import { START_US } from "./connection.mjs";

const DELAY_US = 25_000;

/** An odd number whose steps visit the sequence space evenly. */
const STRIDE = 0x9e37_79b1;

/** @returns {import("./best-of.mjs").Case} */
export function lifecycle() {
  const client = { tcb: createTcb(), out: createOutbox() };
  const server = { tcb: createTcb(), out: createOutbox() };
  let iss = 1;
  let nowUs = START_US;
  return {
    name: "lifecycle: both ends, 7 segments, TIME-WAIT runs out",
    run(times) {
      for (let time = 0; time < times; time += 1) {
        iss = (iss + STRIDE) >>> 0;
        nowUs = live(client, server, iss, nowUs);
      }
      return times;
    },
  };
}

/**
 * @typedef {import("@synfin/core/tcp").Tcb} Tcb
 * @typedef {{ tcb: Tcb, out: import("@synfin/core/tcp").Outbox }} End
 */

/**
 * @param {End} client
 * @param {End} server
 * @param {number} iss
 * @param {number} startUs
 * @returns {number} when it is over
 */
function live(client, server, iss, startUs) {
  let nowUs = startUs;
  clearOutbox(client.out);
  open(client.tcb, iss, nowUs, RFC9293, client.out);
  nowUs += DELAY_US;
  clearOutbox(server.out);
  const syn = first(client);
  listenSegmentArrives(server.tcb, syn, (iss ^ 0xffff) >>> 0, nowUs, RFC9293, server.out);
  nowUs = exchange(server, client, nowUs);
  nowUs = exchange(client, server, nowUs);

  clearOutbox(client.out);
  close(client.tcb, nowUs, RFC9293, client.out);
  nowUs = exchange(client, server, nowUs);
  nowUs = exchange(server, client, nowUs);
  clearOutbox(server.out);
  close(server.tcb, nowUs, RFC9293, server.out);
  nowUs = exchange(server, client, nowUs);
  nowUs = exchange(client, server, nowUs);

  nowUs = pollAt(client.tcb);
  clearOutbox(client.out);
  timeouts(client.tcb, nowUs, RFC9293, client.out);
  if (client.tcb.state !== State.CLOSED || server.tcb.state !== State.CLOSED) {
    throw new Error("the benchmark's connection did not close");
  }
  return nowUs;
}

/**
 * What one end has to send arrives at the other.
 *
 * @param {End} from
 * @param {End} to
 * @param {number} nowUs
 * @returns {number} when it arrives
 */
function exchange(from, to, nowUs) {
  const atUs = nowUs + DELAY_US;
  clearOutbox(to.out);
  segmentArrives(to.tcb, first(from), atUs, RFC9293, to.out);
  return atUs;
}

/** @param {End} end */
function first({ out }) {
  const segment = out.segments[0];
  if (out.segmentCount !== 1 || segment === undefined) throw new Error("not one segment to send");
  return segment;
}
