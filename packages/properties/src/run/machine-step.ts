import {
  clearOutbox,
  closeBoth,
  close as closeCall,
  createOutbox,
  createTcb,
  listenSegmentArrives,
  open,
  pollAt,
  RFC9293,
  receive,
  type Segment,
  State,
  segmentArrives,
  send,
  type Tcb,
  type TcpParams,
  timeouts,
} from "@synfin/core/tcp";
import type { SegmentShape } from "../arbitraries/segment-shape.ts";
import { shapeSegment } from "../arbitraries/segment-shape.ts";

/** One thing that happens to one end of a connection. */
export type Move =
  | { readonly move: "send"; readonly octets: number }
  | { readonly move: "close" | "close both ways" | "read" | "timeout" }
  | { readonly move: "segment"; readonly shape: SegmentShape };

/** A story of one end: how it opens, what happens to it, and the one thing that is judged. */
export interface MachineTrial {
  readonly opens: "actively" | "passively";
  readonly iss: number;
  readonly irs: number;
  readonly params: Partial<TcpParams>;
  readonly before: readonly Move[];
  readonly last: Move;
}

/** One step of the machine: everything that goes in, and everything that comes out. */
export interface MachineStep {
  readonly params: TcpParams;
  readonly nowUs: number;
  readonly before: Readonly<Tcb>;
  /** What arrived; undefined where a user called or a timer ran out. */
  readonly segment: Readonly<Segment> | undefined;
  readonly move: Move;
  readonly after: Readonly<Tcb>;
  readonly sent: readonly Readonly<Segment>[];
  readonly signals: readonly number[];
  /** The text that its user was given: where it begins, and how long it is. */
  readonly takenSeq: number;
  readonly taken: number;
  /** Text that was kept, for now or for good. */
  readonly keptSeq: number;
  readonly kept: number;
  /** What the machine said of itself where it threw. */
  readonly thrown: string | undefined;
}

const STEP_US = 1000;

/**
 * Brings one end to where the trial's story has it and takes the last step.
 * Throws nothing: what the machine throws is in the step, wherever it happened.
 *
 * @returns the step, or undefined where the connection was over before it
 */
export function stepMachine(trial: MachineTrial): MachineStep | undefined {
  const params = { ...RFC9293, ...trial.params };
  let nowUs = 1_000_000;
  let step = firstStep(trial, params, nowUs);
  for (const move of [...trial.before, trial.last]) {
    if (step.thrown !== undefined) return step;
    if (step.after.state <= State.LISTEN) return undefined;
    const due = pollAt(step.after as Tcb);
    nowUs = move.move === "timeout" && due < Number.POSITIVE_INFINITY ? due : nowUs + STEP_US;
    step = take(step.after, move, nowUs, params);
  }
  return step;
}

function firstStep(trial: MachineTrial, params: TcpParams, nowUs: number): MachineStep {
  const { opens, iss, irs } = trial;
  const tcb = createTcb();
  if (opens === "actively") {
    return perform(tcb, { move: "read" }, undefined, { nowUs, params }, (draft, out) => {
      open(draft, iss, nowUs, params, out);
    });
  }
  const shape: SegmentShape = { ...SYN, seqOffset: irs };
  const segment = shapeSegment(shape, tcb);
  return perform(tcb, { move: "segment", shape }, segment, { nowUs, params }, (draft, out) => {
    listenSegmentArrives(draft, { ...segment }, iss, nowUs, params, out);
  });
}

const SYN: SegmentShape = {
  ...{ flags: ["SYN"], seqFrom: "zero", seqOffset: 0, ackFrom: "zero", ackOffset: 0 },
  ...{ length: 0, window: 65_535, mss: 1460, urgentPointer: 0, badOption: false },
};

function take(before: Readonly<Tcb>, move: Move, nowUs: number, params: TcpParams): MachineStep {
  const segment = move.move === "segment" ? shapeSegment(move.shape, before) : undefined;
  return perform(before, move, segment, { nowUs, params }, (tcb, out) => {
    if (segment !== undefined) segmentArrives(tcb, { ...segment }, nowUs, params, out);
    else if (move.move === "send") send(tcb, move.octets, nowUs, params, out);
    else if (move.move === "close") closeCall(tcb, nowUs, params, out);
    else if (move.move === "close both ways") closeBoth(tcb, nowUs, params, out);
    else if (move.move === "timeout") timeouts(tcb, nowUs, params, out);
    else receive(tcb, tcb.rcvBuf - tcb.rcvFree, nowUs, params, out);
  });
}

interface Around {
  readonly nowUs: number;
  readonly params: TcpParams;
}

function perform(
  before: Readonly<Tcb>,
  move: Move,
  segment: Segment | undefined,
  { nowUs, params }: Around,
  act: (tcb: Tcb, out: ReturnType<typeof createOutbox>) => void,
): MachineStep {
  const after = { ...before };
  const out = createOutbox();
  clearOutbox(out);
  let thrown: string | undefined;
  try {
    act(after, out);
  } catch (error) {
    thrown = error instanceof Error ? error.message : String(error);
  }
  const { takenSeq, takenLength: taken, keptSeq, keptLength: kept } = out;
  const sent = out.segments.slice(0, out.segmentCount).map((one) => ({ ...one }));
  const signals = out.signals.slice(0, out.signalCount);
  return {
    ...{ params, nowUs, before: { ...before }, segment, move, after, sent, signals },
    ...{ takenSeq, taken, keptSeq, kept, thrown },
  };
}
