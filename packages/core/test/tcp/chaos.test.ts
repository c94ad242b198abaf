import {
  Flag,
  IcmpKind,
  RFC9293,
  type Segment,
  STATE_NAMES,
  State,
  seqAdd,
  seqDiff,
  stateName,
  type TcpParams,
} from "@synfin/core/tcp";
import { expect, test } from "vitest";
import { Random } from "../wire/random.ts";
import { Machine, type Step, seg } from "./support/machine.ts";

/**
 * Segments near every edge, in every state, between user calls and timeouts:
 * whatever comes, the machine throws nothing, its invariants hold, and what it
 * sends stays within what the RFC allows. Every run is a new one; a failure
 * says how to have it again.
 */
const STEPS = 150_000;
const seed = Number(process.env["SYNFIN_FUZZ_SEED"] ?? Math.floor(Math.random() * 2 ** 32));
const REPLAY = `SYNFIN_FUZZ_SEED=${seed} npx vitest run packages/core/test/tcp/chaos.test.ts`;

const random = new Random(seed);

function pick<T>(from: readonly T[]): T {
  const chosen = from[random.below(from.length)];
  if (chosen === undefined) throw new Error("nothing to pick from");
  return chosen;
}

function chance(oneIn: number): boolean {
  return random.below(oneIn) === 0;
}

function someParams(): Partial<TcpParams> {
  return {
    mss: pick([100, 536, 1460]),
    receiveBuffer: pick([10, 4000, 65535, 200_000]),
    windowScale: pick([-1, 0, 3, 7]),
    timestamps: random.below(2),
    sack: random.below(2),
    nagle: random.below(2),
    delayedAckUs: pick([0, 200_000]),
    rfc5961: pick([0, 1, 1]),
    rfc1337: random.below(2),
    trimCrossedSyn: random.below(2),
    oldFinRestartsTimeWait: random.below(2),
    timeWaitSilent: random.below(2),
    badOptionResets: random.below(2),
    resetAfterClose: random.below(2),
    icmpHardAborts: random.below(2),
    orphanFinWait2Us: pick([0, 60_000_000]),
    advertisedUserTimeout: pick([0, 120]),
    keepAliveIdleUs: pick([5_000_000, RFC9293.keepAliveIdleUs]),
  };
}

const FLAGS = ["ACK", "ACK", "ACK", "ACK", "PSH,ACK", "URG,ACK", "FIN,ACK", "FIN,ACK"];
const ODD_FLAGS = [
  "SYN",
  "SYN,ACK",
  "RST",
  "RST,ACK",
  "FIN",
  "",
  "SYN,FIN",
  "SYN,RST",
  "SYN,FIN,ACK",
];

/** A segment whose numbers stand at, beside or far from the edges of this connection. */
function someSegment({ tcb }: Machine): Segment {
  const seqOffset = pick([0, 0, 0, 0, 0, -1, 1, 10, -10, 1460, tcb.rcvWnd, tcb.rcvWnd - 1]);
  const flight = seqDiff(tcb.sndNxt, tcb.sndUna);
  const ackOffset = pick([0, 0, flight, flight, random.below(flight + 1), flight + 1, -1, -70_000]);
  const wild = chance(50);
  return seg(chance(8) ? pick(ODD_FLAGS) : pick(FLAGS), {
    seq: wild ? random.next() : seqAdd(tcb.rcvNxt, seqOffset),
    ack: wild && chance(2) ? random.next() : seqAdd(tcb.sndUna, ackOffset),
    length: pick([0, 0, 0, 1, 10, 100, 1460, 9000]),
    window: pick([0, 1, 100, 3000, 65535, 65535]),
    urgentPointer: pick([0, 1, 100, 65535]),
    mss: pick([0, 1, 536, 1460, 65535]),
    windowScale: pick([-1, 0, 2, 14, 15]),
    sackPermitted: random.below(2),
    hasTimestamps: chance(5) ? 1 - tcb.tsOk : Math.max(tcb.tsOk, random.below(2)),
    tsVal: seqAdd(tcb.tsRecent, pick([0, 0, 1, 1, 5, -1])),
    tsEcr: random.below(5000),
    userTimeout: pick([-1, -1, -1, 0, 100, 0xffff]),
    badOption: chance(200) ? 1 : 0,
  });
}

function someCall(machine: Machine): Step {
  const unread = machine.params.receiveBuffer - machine.tcb.rcvFree;
  switch (random.below(16)) {
    case 0:
      return machine.close();
    case 1:
      return machine.closeBoth();
    case 2:
      return chance(4) ? machine.abort() : machine.send(1);
    case 3:
      return machine.icmp(pick([IcmpKind.SOFT, IcmpKind.SOFT, IcmpKind.HARD]), machine.tcb.sndUna);
    case 4:
      machine.keepAlive(chance(2));
      return machine.receive(unread);
    case 5:
    case 6:
    case 7:
      return machine.receive(random.below(unread + 1));
    default:
      return machine.send(pick([1, 10, 1000, 20_000]), chance(5));
  }
}

/** One thing that can happen to a connection. */
function someStep(machine: Machine): { step: Step; arrived?: Segment } {
  const choice = random.below(10);
  if (choice < 6) {
    const arrived = someSegment(machine);
    return { step: machine.arrives(arrived), arrived };
  }
  if (choice < 8 || machine.pollAtUs === Number.POSITIVE_INFINITY) {
    return { step: someCall(machine) };
  }
  return { step: machine.timeout() };
}

/** The right edge of the peer's window, and RCV.NXT before the step. */
interface Limits {
  readonly edge: number;
  readonly before: number;
}

/** What holds of everything that is sent. */
function expectAllowed(machine: Machine, limits: Limits, step: Step, arrived?: Segment): void {
  const { tcb } = machine;
  const { edge, before } = limits;
  for (const sent of step.segments) {
    const { seq, ack, flags, length } = sent;
    if (arrived !== undefined && (arrived.flags & Flag.RST) !== 0) expect(flags & Flag.RST).toBe(0);
    if ((flags & Flag.RST) !== 0) continue;
    // A retransmission that an ACK sets off goes out before the text of the same segment is taken.
    if ((flags & Flag.ACK) !== 0) expect([before, tcb.rcvNxt]).toContain(ack);
    expect(seqDiff(seq, tcb.sndUna)).toBeGreaterThanOrEqual(-1);
    expect(seqDiff(seqAdd(seq, length), tcb.sndEnd)).toBeLessThanOrEqual(1);
    // A probe is one octet, or the FIN, past the edge of the peer's window.
    if (length > 1) expect(seqDiff(seqAdd(seq, length), edge)).toBeLessThanOrEqual(1);
  }
}

/** One connection from its opening until it is gone, or has seen enough. */
function live(seen: Map<string, number>): number {
  const machine = new Machine(someParams());
  machine.tcb.tsOffset = random.next();
  const iss = pick([random.next(), 2 ** 32 - 10]);
  if (chance(2)) machine.open(iss);
  else machine.listen({ ...someSegment(machine), flags: Flag.SYN, badOption: 0 }, iss);
  let edge = machine.tcb.sndNxt;
  let steps = 0;
  while (machine.tcb.state > State.LISTEN && steps < 200) {
    steps += 1;
    machine.nowUs += random.below(300_000);
    const opening = machine.tcb.state === State.SYN_SENT;
    const before = machine.tcb.rcvNxt;
    const { step, arrived } = someStep(machine);
    const { tcb } = machine;
    const offered = seqAdd(tcb.sndUna, tcb.sndWnd);
    if (seqDiff(offered, edge) > 0) edge = offered;
    expectAllowed(machine, { edge, before }, step, arrived);
    const advance = seqDiff(tcb.rcvNxt, before);
    if (!opening) expect(step.taken).toBeLessThanOrEqual(Math.max(0, advance));
    seen.set(stateName(tcb.state), (seen.get(stateName(tcb.state)) ?? 0) + 1);
  }
  return steps;
}

test(`${STEPS} steps of chaos`, { timeout: 120_000 }, () => {
  const seen = new Map<string, number>();
  let steps = 0;
  try {
    while (steps < STEPS) steps += live(seen);
  } catch (error) {
    throw new Error(`${REPLAY}: ${String(error)}`, { cause: error });
  }
  const counts = STATE_NAMES.map((name) => `${name} ${seen.get(name) ?? 0}`).join(", ");
  console.log(`${steps} steps (${REPLAY}): ${counts}`);
  for (const name of STATE_NAMES) expect(seen.get(name), name).toBeGreaterThan(10);
});
