import {
  CAUSE_NAMES,
  Cause,
  flagNames,
  NEVER,
  type Segment,
  State,
  segmentLength,
  seqAdd,
  seqDiff,
  stateName,
  transitionSection,
} from "@synfin/core/tcp";
import {
  TRACE_VERSION,
  type Trace,
  type TraceArrival,
  type TraceEvent,
  type TraceSegment,
  type TraceState,
  type TraceTimer,
} from "@synfin/simulator";
import { type End, type HostIndex, isAlive, NOW_US } from "./end.ts";
import { isPeersFinAgain } from "./laws/step-laws.ts";
import type { Settings } from "./options.ts";
import { Act, type Action, readAction } from "./space/action.ts";
import { Space } from "./space/space.ts";
import { type EndStep, type Input, stepEnd } from "./step.ts";
import { type Sent, Wire } from "./wire.ts";

const NAMES = ["client", "server"] as const;
const ADDRESSES = ["192.0.2.1", "192.0.2.2"] as const;
const PORTS = [50000, 80] as const;

/** In the ladder each step stands so much after the one before; in the model it takes no time. */
const STEP_US = 1000;

/** The timers that a step may set, by their names in a trace. */
const TIMERS: readonly (readonly [name: TraceTimer["timer"], deadline: (end: End) => number])[] = [
  ["retransmission", ({ tcb }) => tcb.retransmitAtUs],
  ["time-wait", ({ tcb }) => tcb.timeWaitAtUs],
  ["user-timeout", ({ tcb }) => tcb.userTimeoutAtUs],
  ["fin-wait-2", ({ tcb }) => tcb.finWait2AtUs],
];

/** A deadline, in the time of the model and in that of the ladder. */
interface Deadline {
  readonly modelUs: number;
  readonly ladderUs: number;
}

/** Tells a path of actions from the first state on again, as the trace of one run. */
export function retell(settings: Settings, path: readonly number[]): Trace {
  const teller = new Teller(settings);
  for (const code of path) teller.tell(readAction(code));
  return teller.trace();
}

/** Whether a timer begins again, though at a moment of the model in which it had just begun. */
function isStartedAnew(timer: TraceTimer["timer"], step: EndStep): boolean {
  if (timer === "time-wait") return isPeersFinAgain(step);
  return timer === "retransmission" && step.after.tcb.sndUna !== step.before.tcb.sndUna;
}

class Teller {
  readonly #settings: Settings;
  readonly #space: Space;
  readonly #wire: Wire;
  readonly #segments: Sent[] = [];
  readonly #states: TraceState[] = [];
  readonly #events: TraceEvent[] = [];
  readonly #deadlines: [Map<string, Deadline>, Map<string, Deadline>] = [new Map(), new Map()];
  readonly #isns: [number[], number[]] = [[], []];
  /** One past the last number that each end has sent on its connection. */
  readonly #furthest: [number, number] = [0, 0];
  #state;
  #modelUs = 0;
  #atUs = -STEP_US;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#space = new Space(settings, () => {});
    this.#wire = new Wire(settings.params.mslUs);
    this.#state = this.#space.first();
    if (settings.open === "one") this.#listen();
  }

  /** The server has called OPEN, passive, before anything else happens. */
  #listen(): void {
    const place = { atUs: 0, host: NAMES[1] };
    const [from, to, cause] = ["CLOSED", "LISTEN", CAUSE_NAMES[Cause.PASSIVE_OPEN]] as const;
    const section = transitionSection(State.CLOSED, State.LISTEN, Cause.PASSIVE_OPEN);
    this.#events.push({ type: "call", ...place, call: "listen" });
    this.#states.push({ ...place, from, to, cause, section });
  }

  tell(action: Action): void {
    const { host } = action;
    const before = this.#state;
    const input = this.#space.inputOf(before, action);
    this.#atUs += STEP_US;
    if (action.act === Act.TIMEOUT) this.#wait(host, this.#space.dueInUs(before.ends[host]));
    this.#state = this.#space.take(before, action).next;
    const arrived = this.#wire.act(action, this.#atUs);
    if (input === undefined) return;
    this.#note(host, input);
    const end = this.#endBefore(before.ends, action);
    this.#record(host, stepEnd(end, input, this.#settings), arrived);
  }

  /** The end as the step finds it: a timer that runs out finds it later than the state was. */
  #endBefore(ends: readonly [number, number], { act, host }: Action): End {
    const index = ends[host];
    return act === Act.TIMEOUT
      ? this.#space.endLater(index, this.#space.dueInUs(index))
      : this.#space.end(index);
  }

  trace(): Trace {
    return {
      ...{ format: "synfin-trace", version: TRACE_VERSION, scenario: "explore", seed: 0 },
      ...{ profile: "rfc9293", digest: "", faults: [] },
      hosts: NAMES.map((name, host) => ({
        name,
        address: ADDRESSES[host] ?? "",
        port: PORTS[host] ?? 0,
        isns: this.#isns[host] ?? [],
        initialState: "CLOSED",
      })),
      segments: this.#segments,
      states: this.#states,
      events: this.#events,
      endedAtUs: this.#atUs,
    };
  }

  /** The ladder's clock goes on to where the timer that runs out was set to. */
  #wait(host: HostIndex, us: number): void {
    this.#modelUs += us;
    const due = [...this.#deadlines[host]].filter(([, { modelUs }]) => modelUs <= this.#modelUs);
    for (const [, { ladderUs }] of due) this.#atUs = Math.max(this.#atUs, ladderUs);
    for (const [timer] of due) {
      this.#deadlines[host].delete(timer);
      const name = timer as TraceTimer["timer"];
      this.#events.push({ type: "timer", ...this.#place(host), timer: name, action: "expire" });
    }
    this.#wire.wait(us, this.#atUs);
  }

  #place(host: HostIndex): { readonly atUs: number; readonly host: string } {
    return { atUs: this.#atUs, host: NAMES[host] };
  }

  #note(host: HostIndex, input: Input): void {
    if (typeof input === "object" || input === "timeout") return;
    const words = { open: "connect", unlisten: "close" } as const;
    const call = input === "open" || input === "unlisten" ? words[input] : input;
    const length = input === "send" ? { length: this.#settings.params.mss } : {};
    this.#events.push({ type: "call", ...this.#place(host), call, ...length });
  }

  #record(host: HostIndex, step: EndStep, arrived: Sent | undefined): void {
    const place = this.#place(host);
    for (const { from, to, cause } of step.changes) {
      this.#states.push({
        ...place,
        ...{ from: stateName(from), to: stateName(to), cause: CAUSE_NAMES[cause] },
        section: transitionSection(from, to, cause),
        ...(arrived === undefined ? {} : { segment: arrived.id }),
      });
    }
    if (step.taken > 0) this.#events.push({ type: "delivery", ...place, length: step.taken });
    this.#setTimers(host, step);
    for (const segment of step.sent) this.#send(host, segment);
  }

  #setTimers(host: HostIndex, step: EndStep): void {
    const end = step.after;
    const deadlines = this.#deadlines[host];
    for (const [timer, deadlineOf] of TIMERS) {
      const left = isAlive(end) ? deadlineOf(end) : NEVER;
      const modelUs = this.#modelUs + left - NOW_US;
      const before = deadlines.get(timer);
      const place = { type: "timer", ...this.#place(host), timer } as const;
      if (left === NEVER) {
        if (deadlines.delete(timer)) this.#events.push({ ...place, action: "stop" });
      } else if (before?.modelUs !== modelUs || isStartedAnew(timer, step)) {
        const ladderUs = this.#atUs + left - NOW_US;
        deadlines.set(timer, { modelUs, ladderUs });
        const action = before === undefined ? "start" : "restart";
        this.#events.push({ ...place, action, deadlineUs: ladderUs });
      }
    }
  }

  #send(host: HostIndex, segment: Readonly<Segment>): void {
    const sent = this.#sentBy(host, segment);
    this.#segments.push(sent);
    this.#wire.send(host === 0 ? 1 : 0, sent, this.#space.numberOf(segment));
  }

  #sentBy(host: HostIndex, segment: Readonly<Segment>): Sent {
    const flags = flagNames(segment.flags);
    const isns = this.#isns[host];
    if (flags.includes("SYN") && !isns.includes(segment.seq)) {
      isns.push(segment.seq);
      this.#furthest[host] = segment.seq;
    }
    const end = seqAdd(segment.seq, segmentLength(segment));
    const isNew = seqDiff(end, this.#furthest[host]) > 0;
    if (isNew && !flags.includes("RST")) this.#furthest[host] = end;
    const peer = host === 0 ? 1 : 0;
    const nth = this.#segments.filter(({ from }) => from === NAMES[host]).length + 1;
    return {
      id: `${NAMES[host]}-${nth}`,
      sentAtUs: this.#atUs,
      ...{ from: NAMES[host], to: NAMES[peer], srcPort: PORTS[host], dstPort: PORTS[peer] },
      flags,
      ...{ seq: segment.seq, ack: segment.ack, length: segment.length, window: segment.window },
      urgentPointer: segment.urgentPointer,
      options: segment.mss === 0 ? [] : [{ name: "mss", value: segment.mss }],
      retransmission: segmentLength(segment) > 0 && !isNew,
      arrivals: [] as TraceArrival[],
      packet: "",
    } satisfies TraceSegment;
  }
}
