import {
  CAUSE_NAMES,
  flagNames,
  SIGNAL_NAMES,
  type Signal,
  type StateChange,
  stateName,
  transitionSection,
} from "@synfin/core/tcp";
import { segmentOptions, type TcpOption } from "@synfin/core/wire";
import type {
  Copy,
  Moment,
  Observer,
  TimerAction,
  TimerName,
  Transmission,
} from "../world/observer.ts";
import type { TraceArrival, TraceEvent, TraceOption, TraceSegment, TraceState } from "./trace.ts";

/** Writes down one connection: what a `Trace` holds. */
export class Recorder implements Observer {
  readonly segments: TraceSegment[] = [];
  readonly states: TraceState[] = [];
  readonly events: TraceEvent[] = [];
  /** The initial sequence numbers of each host, in order. */
  readonly isns: number[][];
  private readonly names: readonly string[];

  constructor(names: readonly string[]) {
    this.names = names;
    this.isns = names.map(() => []);
  }

  sent(transmission: Transmission): void {
    const { id, sentAtUs, host, datagram, retransmission, injected, copies } = transmission;
    const { segment, srcPort, dstPort } = datagram;
    const flags = flagNames(segment.flags);
    const own = !injected && flags.includes("SYN");
    if (own && !this.isns[host]?.includes(segment.seq)) this.isns[host]?.push(segment.seq);
    this.segments.push({
      id,
      sentAtUs,
      from: this.name(host),
      to: this.name(1 - host),
      srcPort,
      dstPort,
      flags,
      seq: segment.seq,
      ack: segment.ack,
      length: segment.length,
      window: segment.window,
      urgentPointer: segment.urgentPointer,
      options: optionsOf(transmission),
      retransmission,
      ...(injected ? { injected } : {}),
      arrivals: copies.map(arrivalOf),
      packet: hex(transmission.packet),
    });
  }

  changed(moment: Moment, change: Readonly<StateChange>): void {
    const { from, to, cause } = change;
    this.states.push({
      atUs: moment.atUs,
      host: this.name(moment.host),
      from: stateName(from),
      to: stateName(to),
      cause: CAUSE_NAMES[cause],
      section: transitionSection(from, to, cause),
      ...(moment.arrived === undefined ? {} : { segment: moment.arrived.id }),
    });
  }

  signalled(moment: Moment, signal: Signal): void {
    this.events.push({ type: "signal", ...this.at(moment), signal: SIGNAL_NAMES[signal] });
  }

  delivered(moment: Moment, length: number): void {
    this.events.push({ type: "delivery", ...this.at(moment), length });
  }

  timer(moment: Moment, timer: TimerName, action: TimerAction, deadlineUs: number): void {
    const deadline = action === "start" || action === "restart" ? { deadlineUs } : {};
    this.events.push({ type: "timer", ...this.at(moment), timer, action, ...deadline });
  }

  called(
    moment: Moment,
    call: string,
    length: number | undefined,
    error: string | undefined,
  ): void {
    this.events.push({
      type: "call",
      ...this.at(moment),
      call,
      ...(length === undefined ? {} : { length }),
      ...(error === undefined ? {} : { error }),
    });
  }

  private at(moment: Moment): { atUs: number; host: string } {
    return { atUs: moment.atUs, host: this.name(moment.host) };
  }

  private name(host: number): string {
    return this.names[host] ?? `host ${host}`;
  }
}

function arrivalOf(copy: Copy): TraceArrival {
  const { atUs, verdict, damaged } = copy;
  return damaged === undefined ? { atUs, verdict } : { atUs, verdict, packet: hex(damaged) };
}

function optionsOf(transmission: Transmission): TraceOption[] {
  return segmentOptions(transmission.datagram.segment)
    .filter((option) => option.name !== "nop" && option.name !== "eol")
    .map(traceOption);
}

function traceOption(option: TcpOption): TraceOption {
  const { name } = option;
  switch (name) {
    case "mss":
      return { name, value: option.value };
    case "window-scale":
      return { name, value: option.shift };
    case "timestamps":
      return { name, value: option.value, echo: option.echoReply };
    case "sack":
      return { name, blocks: option.blocks.map(({ left, right }) => [left, right] as const) };
    case "user-timeout":
      return { name, value: option.timeout * (option.unit === "minutes" ? 60 : 1) };
    default:
      return { name };
  }
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hex(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return "";
  let digits = "";
  for (const byte of bytes) digits += PAIRS[byte];
  return digits;
}
