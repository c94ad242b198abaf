import { IcmpKind, STATE_NAMES, State, seqAdd } from "@synfin/core/tcp";
import { Coverage } from "./coverage.ts";
import { Dice } from "./dice.ts";
import type { Happening } from "./happening.ts";
import { ARRIVALS, type Arrival, cooperate, inventParams, inventSegment } from "./invent.ts";
import { Life } from "./life.ts";

const LONGEST_LIFE = 60;
const KINDS = Object.keys(ARRIVALS) as Arrival[];
const TARGETS: readonly State[] = STATE_NAMES.map((_, state) => state as State).filter(
  (state) => state > State.LISTEN,
);

/**
 * So many steps of chaos from a seed, in one connection after the other: each
 * is brought to a state, and then anything may happen to it.
 */
export function runChaos(seed: number, steps: number): Coverage {
  const coverage = new Coverage();
  const dice = new Dice(seed);
  while (coverage.steps < steps) live(dice, coverage);
  return coverage;
}

function live(dice: Dice, coverage: Coverage): void {
  const params = inventParams(dice);
  const startUs = dice.pick([0, 10_000_000_000]) + dice.below(1_000_000);
  const life = new Life(params, startUs, (moment) => coverage.watch(moment));
  life.tcb.tsOffset = dice.next();
  begin(dice, life);
  guide(dice, life, dice.pick(TARGETS));
  for (let step = 0; step < LONGEST_LIFE && life.tcb.state > State.LISTEN; step += 1) {
    someStep(dice, life);
  }
  for (let step = dice.below(4); step > 0 && life.tcb.state === State.CLOSED; step -= 1) {
    life.meet({ kind: "arrives", segment: inventSegment(dice, dice.pick(KINDS), life.tcb) });
  }
}

/** An OPEN, or a listener on which a few segments fall before the SYN that it takes. */
function begin(dice: Dice, life: Life): void {
  const iss = dice.pick([dice.next(), 2 ** 32 - 10]);
  if (dice.oneIn(2)) {
    life.meet({ kind: "open", iss });
    return;
  }
  for (let knock = dice.below(6); knock > 0 && life.tcb.state <= State.LISTEN; knock -= 1) {
    const segment = inventSegment(dice, dice.pick(KINDS), life.tcb);
    life.meet({ kind: "arrives at listener", segment, iss });
  }
  if (life.tcb.state > State.LISTEN) return;
  const syn = { ...inventSegment(dice, "SYN", life.tcb), badOption: 0 };
  life.meet({ kind: "arrives at listener", segment: syn, iss });
}

/** The peer plays along and the user closes, until the connection is where it should be. */
function guide(dice: Dice, life: Life, target: State): void {
  if (target === State.SYN_SENT) return;
  if (life.tcb.state === State.SYN_SENT) {
    const kind = target === State.SYN_RECEIVED ? "SYN" : "SYN,ACK";
    const made = inventSegment(dice, kind, life.tcb);
    life.meet({
      kind: "arrives",
      segment: { ...made, ack: life.tcb.sndNxt, length: 0, badOption: 0 },
    });
  }
  if (target === State.SYN_RECEIVED) return;
  if (dice.oneIn(3)) life.meet({ kind: "send", length: dice.pick([1, 100, 3000]), urgent: false });
  const close: Happening = { kind: dice.oneIn(3) ? "close both" : "close" };
  const closesFirst = target === State.CLOSING || target === State.FIN_WAIT_1;
  settle(life);
  const { FIN_WAIT_2, TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSING } = State;
  if (closesFirst || target === FIN_WAIT_2 || target === TIME_WAIT) life.meet(close);
  if (target === FIN_WAIT_2 || target === TIME_WAIT) settle(life);
  if (target === CLOSING) finComes(life, seqAdd(life.tcb.sndNxt, -1));
  else if (target === CLOSE_WAIT || target === LAST_ACK || target === TIME_WAIT)
    finComes(life, life.tcb.sndNxt);
  if (target === LAST_ACK && life.tcb.state === CLOSE_WAIT) life.meet(close);
}

/** Acknowledgments come until nothing is outstanding. */
function settle(life: Life): void {
  for (let ack = 0; ack < 8 && life.tcb.state > State.SYN_SENT; ack += 1) {
    if (ack > 0 && life.tcb.sndUna === life.tcb.sndNxt) return;
    life.wait(1000, false);
    life.meet({ kind: "arrives", segment: cooperate("ACK", life.tcb) });
  }
}

function finComes(life: Life, ack: number): void {
  if (life.tcb.state <= State.SYN_SENT) return;
  if (life.tcb.rcvWnd === 0) life.meet({ kind: "receive", length: life.unread });
  life.meet({ kind: "arrives", segment: { ...cooperate("FIN,ACK", life.tcb), ack } });
}

/** One thing that can happen to a connection. */
function someStep(dice: Dice, life: Life): void {
  const late = dice.oneIn(10);
  life.wait(dice.below(300_000), late);
  const due = life.pollAtUs <= life.nowUs;
  const choice = dice.below(20);
  if ((due && !late) || (choice < 3 && life.pollAtUs !== Number.POSITIVE_INFINITY)) {
    life.nowUs = Math.max(life.nowUs, life.pollAtUs);
    life.meet({ kind: "timeout" });
  } else if (choice < 14) life.meet(someArrival(dice, life));
  else life.meet(someCall(dice, life));
}

function someArrival(dice: Dice, life: Life): Happening {
  const kind = dice.pick(KINDS);
  // What ends the connection is rare, or there would be little to see before it.
  const fatal = (kind === "RST" || kind === "FIN" || kind === "SYN") && !dice.oneIn(3);
  const segment = inventSegment(dice, fatal ? "text" : kind, life.tcb);
  if (life.tcb.state !== State.TIME_WAIT || !dice.oneIn(3)) return { kind: "arrives", segment };
  return {
    kind: "arrives at listener",
    segment,
    iss: seqAdd(life.tcb.sndNxt, 1 + dice.below(1e6)),
  };
}

function someCall(dice: Dice, life: Life): Happening {
  const { tcb } = life;
  switch (dice.below(24)) {
    case 0:
    case 1:
      return { kind: "close" };
    case 2:
      return { kind: "close both" };
    case 3:
      return dice.oneIn(2) ? { kind: "abort" } : { kind: "send", length: 1, urgent: false };
    case 4:
    case 5: {
      const icmp = dice.pick([IcmpKind.SOFT, IcmpKind.HARD, IcmpKind.IGNORED]);
      return { kind: "icmp", icmp, quotedSeq: seqAdd(tcb.sndUna, dice.pick([0, 0, -1, 1])) };
    }
    case 6:
      return { kind: "keep-alive", on: dice.oneIn(2) };
    case 7:
    case 8:
      return { kind: "receive", length: life.unread };
    case 9:
    case 10:
    case 11:
    case 12:
      return { kind: "receive", length: dice.below(life.unread + 1) };
    default:
      return { kind: "send", length: dice.pick([1, 10, 1000, 20_000]), urgent: dice.oneIn(5) };
  }
}
