/**
 * What one step of the machine costs, beside a baseline that does nothing but
 * load, compare and store as many fields as an in-order segment touches. Both
 * are measured in turns in one run, so that what slows the machine down slows
 * both: the ratio binds, the nanoseconds inform.
 */
import {
  clearOutbox,
  close,
  createOutbox,
  createSegment,
  createTcb,
  Flag,
  open,
  RFC9293,
  receive,
  State,
  segmentArrives,
} from "@synfin/core/tcp";

const ISS = 100;
const IRS = 300;

/** @typedef {{ name: string, nsPerStep: number, timesBaseline: number }} Row */

/**
 * @param {{ steps?: number, rounds?: number }} [size]
 * @returns {Row[]}
 */
export function measureSteps({ steps = 200_000, rounds = 15 } = {}) {
  const cases = [baseline(), inOrderText(), handshake(), closing()];
  const best = cases.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, one] of cases.entries()) {
      const started = process.hrtime.bigint();
      const done = one.run(steps);
      const ns = Number(process.hrtime.bigint() - started) / done;
      best[index] = Math.min(best[index] ?? ns, ns);
    }
  }
  const [base = 1] = best;
  return cases.map(({ name }, index) => {
    const nsPerStep = best[index] ?? 0;
    return { name, nsPerStep, timesBaseline: nsPerStep / base };
  });
}

/** The fields of the TCB and the segment that in-order text reads and writes, and nothing else. */
function baseline() {
  const tcb = createTcb();
  const segment = arriving(Flag.ACK, 1, 1, 100);
  tcb.rcvWnd = 65535;
  const out = { seq: 0, ack: 0, flags: 0, window: 0, length: 0, count: 0 };
  return {
    name: "baseline: load, compare, store",
    /** @param {number} steps */
    run(steps) {
      for (let step = 0; step < steps; step += 1) touch(tcb, segment, out);
      return steps;
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

/** Text in order, acknowledged at once and read at once: the step of every byte received. */
function inOrderText() {
  const out = createOutbox();
  const tcb = established(createTcb(), out);
  const segment = arriving(Flag.ACK | Flag.PSH, IRS + 1, ISS + 1, 100);
  let nowUs = 0;
  return {
    name: "in-order text: arrives, is acknowledged, is read",
    /** @param {number} steps */
    run(steps) {
      for (let step = 0; step < steps; step += 1) {
        clearOutbox(out);
        nowUs += 10;
        segment.seq = tcb.rcvNxt;
        segmentArrives(tcb, segment, nowUs, RFC9293, out);
        receive(tcb, segment.length, nowUs, RFC9293, out);
      }
      return steps;
    },
  };
}

/** OPEN and the SYN,ACK: two steps. */
function handshake() {
  const out = createOutbox();
  const tcb = createTcb();
  return {
    name: "handshake: OPEN, SYN,ACK arrives",
    /** @param {number} steps */
    run(steps) {
      for (let step = 0; step < steps; step += 2) established(tcb, out);
      return steps;
    },
  };
}

/** CLOSE, the ACK of our FIN, the peer's FIN: three steps, from a copy of an open connection. */
function closing() {
  const out = createOutbox();
  const openTcb = established(createTcb(), out);
  const tcb = createTcb();
  const ack = arriving(Flag.ACK, IRS + 1, ISS + 2, 0);
  const fin = arriving(Flag.FIN | Flag.ACK, IRS + 1, ISS + 2, 0);
  return {
    name: "close: CLOSE, ACK of FIN arrives, FIN arrives",
    /** @param {number} steps */
    run(steps) {
      for (let step = 0; step < steps; step += 3) {
        Object.assign(tcb, openTcb);
        clearOutbox(out);
        close(tcb, 0, RFC9293, out);
        segmentArrives(tcb, ack, 1, RFC9293, out);
        segmentArrives(tcb, fin, 2, RFC9293, out);
      }
      return steps;
    },
  };
}

/**
 * @param {import("@synfin/core/tcp").Tcb} tcb
 * @param {import("@synfin/core/tcp").Outbox} out
 */
function established(tcb, out) {
  const segment = arriving(Flag.SYN | Flag.ACK, IRS, ISS + 1, 0);
  segment.mss = 1460;
  clearOutbox(out);
  tcb.state = State.CLOSED;
  open(tcb, ISS, 0, RFC9293, out);
  segmentArrives(tcb, segment, 1, RFC9293, out);
  /** @type {number} */
  const reached = tcb.state;
  if (reached !== State.ESTABLISHED) throw new Error("the benchmark's handshake failed");
  return tcb;
}

/**
 * @param {number} flags
 * @param {number} seq
 * @param {number} ack
 * @param {number} length
 */
function arriving(flags, seq, ack, length) {
  const segment = createSegment();
  return Object.assign(segment, { flags, seq, ack, length, window: 65535 });
}
