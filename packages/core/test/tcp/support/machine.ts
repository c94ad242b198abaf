import {
  abort,
  CAUSE_NAMES,
  type CallResult,
  checkTcb,
  clearOutbox,
  close,
  closeBoth,
  closedSegmentArrives,
  completesHandshake,
  createOutbox,
  createSegment,
  createTcb,
  type FlagName,
  flagBits,
  flagNames,
  type IcmpKind,
  icmpArrives,
  listenSegmentArrives,
  open,
  openFromCookie,
  pollAt,
  RFC9293,
  receive,
  recycle,
  reopen,
  returnToTimeWait,
  type Segment,
  SIGNAL_NAMES,
  State,
  type StateName,
  segmentArrives,
  send,
  setKeepAlive,
  stateName,
  type Tcb,
  type TcpParams,
  timeouts,
  timeWaitTakes,
  urgentAhead,
} from "@synfin/core/tcp";

/** What one step of the machine did, in words that a test can compare. */
export interface Step {
  /** `<SEQ=100><ACK=300><DATA=5><CTL=FIN,ACK>`, in the RFC's notation. */
  readonly sent: readonly string[];
  /** The same segments with all their fields. */
  readonly segments: readonly Segment[];
  readonly state: StateName;
  readonly signals: readonly string[];
  /** Octets taken for the user. */
  readonly taken: number;
  /** The stretch of this segment's text that the caller is told to keep: from, length. */
  readonly kept: readonly [seq: number, length: number];
  readonly causes: readonly string[];
}

/** Our initial sequence number, and the peer's, as in the RFC's figures. */
export const ISS = 100;
export const IRS = 300;
export const SECOND = 1_000_000;

/**
 * One end of a connection under test: push segments and calls in, see what
 * comes out. Time stands still unless `at` moves it.
 */
export class Machine {
  readonly tcb = createTcb();
  readonly params: TcpParams;
  nowUs = 0;
  private readonly out = createOutbox();

  constructor(params: Partial<TcpParams> = {}) {
    this.params = { ...RFC9293, ...params };
  }

  at(nowUs: number): this {
    this.nowUs = nowUs;
    return this;
  }

  open(iss = ISS): Step {
    return this.step(() => open(this.tcb, iss, this.nowUs, this.params, this.out));
  }

  /** A SYN arrives at a listener; `this` becomes the connection that it makes. */
  listen(segment: Segment, iss = ISS): Step {
    return this.step(() => {
      const { tcb, nowUs, params, out } = this;
      this.opened = listenSegmentArrives(tcb, segment, iss, nowUs, params, out);
      return undefined;
    });
  }

  /** Whether a connection came of the last segment that `listen` had. */
  opened: boolean | undefined;

  completesHandshake(segment: Segment): boolean {
    return completesHandshake(this.tcb, segment);
  }

  recycle(): Step {
    return this.step(() => {
      recycle(this.tcb, this.out);
      return undefined;
    });
  }

  returnToTimeWait(old: Readonly<Tcb>, segment: Segment): Step {
    return this.step(() => {
      const { tcb, nowUs, params, out } = this;
      this.returned = returnToTimeWait(tcb, old, segment, nowUs, params, out);
      return undefined;
    });
  }

  /** Whether the last call of `returnToTimeWait` brought it back. */
  returned: boolean | undefined;

  /** The ACK of a SYN cookie that said this MSS arrives at a listener. */
  openFromCookie(segment: Segment, mss: number): Step {
    return this.step(() => {
      openFromCookie(this.tcb, segment, mss, this.nowUs, this.params, this.out);
      return undefined;
    });
  }

  arrives(segment: Segment): Step {
    return this.step(() => {
      if (this.tcb.state === State.CLOSED) closedSegmentArrives(segment, this.out);
      else segmentArrives(this.tcb, segment, this.nowUs, this.params, this.out);
      return undefined;
    });
  }

  /** `segment` arrives `times` times; the step of the last one. */
  arrivesOften(times: number, segment: Segment): Step {
    for (let time = 1; time < times; time += 1) this.arrives(segment);
    return this.arrives(segment);
  }

  /**
   * A SYN arrives in TIME-WAIT, at a host that listens: where the machine
   * takes it, it opens a new connection with this ISS.
   */
  arrivesAtListener(segment: Segment, iss: number): Step {
    if (!timeWaitTakes(this.tcb, segment, this.params)) return this.arrives(segment);
    return this.step(() => {
      reopen(this.tcb, segment, iss, this.nowUs, this.params, this.out);
      return undefined;
    });
  }

  icmp(kind: IcmpKind, quotedSeq: number): Step {
    return this.step(() => {
      icmpArrives(this.tcb, kind, quotedSeq, this.params, this.out);
      return undefined;
    });
  }

  send(length: number, urgent = false): Step {
    return this.step(() => send(this.tcb, length, this.nowUs, this.params, this.out, urgent));
  }

  receive(length: number): Step {
    return this.step(() => {
      receive(this.tcb, length, this.nowUs, this.params, this.out);
      return undefined;
    });
  }

  close(): Step {
    return this.step(() => close(this.tcb, this.nowUs, this.params, this.out));
  }

  closeBoth(): Step {
    return this.step(() => closeBoth(this.tcb, this.nowUs, this.params, this.out));
  }

  keepAlive(on: boolean): void {
    setKeepAlive(this.tcb, on, this.nowUs, this.params);
  }

  get urgentAhead(): number {
    return urgentAhead(this.tcb);
  }

  abort(): Step {
    return this.step(() => abort(this.tcb, this.nowUs, this.params, this.out));
  }

  /** What the call answered last. */
  result: CallResult | undefined;

  get pollAtUs(): number {
    return pollAt(this.tcb);
  }

  /** The signals of every step until the connection is gone; time runs with its timers. */
  untilClosed(): readonly string[] {
    const signals: string[] = [];
    while (this.tcb.state !== State.CLOSED) signals.push(...this.timeout().signals);
    return signals;
  }

  /** Time passes until the next deadline, and the machine is called. */
  timeout(): Step {
    const atUs = this.pollAtUs;
    if (atUs === Number.POSITIVE_INFINITY) throw new Error("no timer runs");
    this.nowUs = atUs;
    return this.step(() => {
      timeouts(this.tcb, this.nowUs, this.params, this.out);
      return undefined;
    });
  }

  private step(action: () => CallResult | undefined): Step {
    clearOutbox(this.out);
    this.result = action();
    checkTcb(this.tcb);
    const { out } = this;
    const segments = out.segments.slice(0, out.segmentCount).map((segment) => ({ ...segment }));
    return {
      sent: segments.map(show),
      segments,
      state: stateName(this.tcb.state),
      signals: out.signals.slice(0, out.signalCount).map((signal) => SIGNAL_NAMES[signal]),
      taken: out.takenLength,
      kept: [out.keptSeq, out.keptLength],
      causes: out.changes.slice(0, out.changeCount).map((change) => CAUSE_NAMES[change.cause]),
    };
  }
}

function show(segment: Segment): string {
  const flags = flagNames(segment.flags);
  const ack = flags.includes("ACK") ? `<ACK=${segment.ack}>` : "";
  const data = segment.length > 0 ? `<DATA=${segment.length}>` : "";
  return `<SEQ=${segment.seq}>${ack}${data}<CTL=${flags.join(",")}>`;
}

/** A segment of the peer's: flags by name, the rest as needed. */
export function seg(flags: string, fields: Partial<Segment> = {}): Segment {
  const names = flags.split(",").filter((name) => name !== "") as FlagName[];
  return { ...createSegment(), window: 65535, ...fields, flags: flagBits(names) };
}

/**
 * A segment of the peer's with text, at `offset` octets after its SYN, before
 * anything of ours is acknowledged.
 */
export function text(offset: number, length: number, fields: Partial<Segment> = {}): Segment {
  return seg("ACK", { seq: (IRS + 1 + offset) >>> 0, ack: ISS + 1, length, ...fields });
}

/** The peer acknowledges `octets` of our text, and has sent none of its own. */
export function acks(octets: number, fields: Partial<Segment> = {}): Segment {
  return seg("ACK", { seq: IRS + 1, ack: (ISS + 1 + octets) >>> 0, ...fields });
}

export function synSent(params: Partial<TcpParams> = {}): Machine {
  const machine = new Machine(params);
  machine.open();
  return machine;
}

export function synReceived(params: Partial<TcpParams> = {}): Machine {
  const machine = new Machine(params);
  machine.listen(seg("SYN", { seq: IRS }));
  return machine;
}

/**
 * SND.UNA = SND.NXT = 101, RCV.NXT = 301, opened actively at time 0. `fields`
 * are of the peer's SYN,ACK: its window, its options.
 */
export function established(
  params: Partial<TcpParams> = {},
  fields: Partial<Segment> = {},
): Machine {
  const machine = synSent(params);
  machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1, mss: 1460, ...fields }));
  return machine;
}

/**
 * One machine in each synchronized state, our FIN and the peer's where that
 * state has them. `fields` are on every segment of the peer's: its timestamps.
 */
export function inState(
  state: StateName,
  params: Partial<TcpParams> = {},
  fields: Partial<Segment> = {},
): Machine {
  if (state === "SYN-SENT") return synSent(params);
  if (state === "SYN-RECEIVED") return synReceived(params);
  const machine = established(params, fields);
  const peerFin = seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 1, ...fields });
  const ackOfFin = seg("ACK", { seq: IRS + 1, ack: ISS + 2, ...fields });
  const steps: Partial<Record<StateName, () => void>> = {
    ESTABLISHED: () => {},
    "FIN-WAIT-1": () => machine.close(),
    "FIN-WAIT-2": () => {
      machine.close();
      machine.arrives(ackOfFin);
    },
    "CLOSE-WAIT": () => machine.arrives(peerFin),
    CLOSING: () => {
      machine.close();
      machine.arrives(peerFin);
    },
    "LAST-ACK": () => {
      machine.arrives(peerFin);
      machine.close();
    },
    "TIME-WAIT": () => {
      machine.close();
      machine.arrives(ackOfFin);
      machine.arrives(seg("FIN,ACK", { seq: IRS + 1, ack: ISS + 2, ...fields }));
    },
  };
  const go = steps[state];
  if (go === undefined) throw new Error(`no way to ${state} is written down`);
  go();
  if (stateName(machine.tcb.state) !== state) throw new Error(`did not reach ${state}`);
  return machine;
}

export const SYNCHRONIZED: readonly StateName[] = [
  "ESTABLISHED",
  "FIN-WAIT-1",
  "FIN-WAIT-2",
  "CLOSE-WAIT",
  "CLOSING",
  "LAST-ACK",
  "TIME-WAIT",
];
