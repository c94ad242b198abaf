import {
  createSegment,
  type FlagName,
  flagBits,
  flagNames,
  type Segment,
  type StateName,
  segmentLength,
} from "@synfin/core/tcp";
import { buildPacket, parseAddress } from "@synfin/core/wire";
import {
  Digest,
  type Scenario,
  TRACE_VERSION,
  type Trace,
  type TraceArrival,
  type TraceEvent,
  type TraceSegment,
  type TraceState,
} from "@synfin/simulator";
import { fromHex, toHex } from "../run/hex.ts";
import type { Delivery, Watched } from "../run/run.ts";
import type { PortEvent, PortSegment } from "./port.ts";

/** A segment of a port on its way: as the machine, the packet and the trace each see it. */
export interface Departed {
  readonly segment: Segment;
  readonly packet: Uint8Array;
  readonly again: boolean;
}

/** The port that each host uses, in the order of the scenario's hosts. */
const PORTS = [50_000, 80] as const;

const SIGNALS: Readonly<Record<PortEvent, string>> = {
  connected: "connected",
  "peer closed": "peer closed",
  reset: "connection reset",
  "timed out": "timed out",
};

/** Writes a run of two ports down as a trace, from outside of both. */
export class PortRecord implements Watched {
  readonly segments: TraceSegment[] = [];
  readonly states: TraceState[] = [];
  readonly events: TraceEvent[] = [];
  readonly deliveries: Delivery[] = [];
  readonly arrivals: Watched["arrivals"] = [];
  private readonly names: readonly [string, string];
  private readonly addresses: readonly Uint8Array[];
  private readonly scenario: Scenario;
  private readonly lastStates: StateName[] = ["CLOSED", "CLOSED"];
  private readonly sentEnds: (number | undefined)[] = [undefined, undefined];
  private readonly isns: number[][] = [[], []];

  constructor(scenario: Scenario) {
    const [left, right] = scenario.hosts;
    this.scenario = scenario;
    this.names = [left.name, right.name];
    this.addresses = [left, right].map(({ address }) => {
      const bytes = parseAddress(address);
      if (!bytes.ok) throw new Error(`synfin: ${bytes.error.message}`);
      return bytes.value;
    });
  }

  /** What a segment that a port sends looks like on the wire. */
  depart(host: number, sent: PortSegment): Departed {
    const segment = machineSegment(sent);
    const [src, dst] = [this.addresses[host], this.addresses[1 - host]];
    if (src === undefined || dst === undefined) throw new Error(`synfin: no host ${host}`);
    const [srcPort = 0, dstPort = 0] = [PORTS[host], PORTS[1 - host]];
    const payload = fromHex(sent.text ?? "");
    const packet = buildPacket({ src, dst, srcPort, dstPort, segment, payload });
    return { segment, packet, again: this.isAgain(host, segment) };
  }

  /** @param id of the transmission */
  sent(
    host: number,
    id: string,
    sentAtUs: number,
    departed: Departed,
    arrivals: readonly TraceArrival[],
  ): void {
    const { segment, packet, again: retransmission } = departed;
    const { seq, ack, length, window, urgentPointer, mss } = segment;
    const flags = flagNames(segment.flags);
    if (flags.includes("SYN") && !this.isns[host]?.includes(seq)) this.isns[host]?.push(seq);
    const [from, to] = host === 0 ? this.names : [this.names[1], this.names[0]];
    const [srcPort = 0, dstPort = 0] = [PORTS[host], PORTS[1 - host]];
    const numbers = { srcPort, dstPort, seq, ack, length, window, urgentPointer };
    const options = mss === 0 ? [] : [{ name: "mss", value: mss }];
    const told = { id, sentAtUs, from, to, flags, options, retransmission, arrivals };
    this.segments.push({ ...told, ...numbers, packet: toHex(packet) });
  }

  /** A user called. */
  called(host: number, atUs: number, call: string, length?: number, error?: string): void {
    const told = { type: "call" as const, atUs, host: this.name(host), call };
    const octets = length === undefined ? {} : { length };
    this.events.push({ ...told, ...octets, ...(error === undefined ? {} : { error }) });
  }

  received(host: number, atUs: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.deliveries.push({ atUs, host: this.name(host), bytes });
    this.events.push({ type: "delivery", atUs, host: this.name(host), length: bytes.length });
  }

  told(host: number, atUs: number, event: PortEvent): void {
    this.events.push({ type: "signal", atUs, host: this.name(host), signal: SIGNALS[event] });
  }

  /** The state that a port says it is in; which way it came there it does not say. */
  state(host: number, atUs: number, to: StateName): void {
    const from = this.lastStates[host] ?? "CLOSED";
    if (from === to) return;
    this.lastStates[host] = to;
    this.states.push({ atUs, host: this.name(host), from, to, cause: "", section: "" });
  }

  /** @param judged the name of the host whose TCP the run is about */
  trace(seed: number, endedAtUs: number, judged: string): Trace {
    const { name: scenario, faults = [], hosts } = this.scenario;
    const { segments, states, events } = this;
    return {
      format: "synfin-trace",
      version: TRACE_VERSION,
      ...{ scenario, seed, faults, segments, states, events, endedAtUs },
      profile: `${judged} is the TCP under test`,
      digest: this.digest(),
      hosts: hosts.map(({ name, address }, index) => {
        const isns = this.isns[index] ?? [];
        return { name, address, port: PORTS[index] ?? 0, isns, initialState: "CLOSED" as const };
      }),
    };
  }

  private digest(): string {
    const digest = new Digest();
    for (const { id, sentAtUs, packet, arrivals } of this.segments) {
      digest.begin(0, sentAtUs).text(id).text(packet).text(JSON.stringify(arrivals)).end();
    }
    for (const event of this.events) digest.begin(1, event.atUs).text(JSON.stringify(event)).end();
    return digest.toString();
  }

  /** Whether these sequence numbers have been sent before. */
  private isAgain(host: number, segment: Segment): boolean {
    const length = segmentLength(segment);
    if (length === 0) return false;
    const before = this.sentEnds[host];
    const end = (segment.seq + length) >>> 0;
    if (before === undefined || ((end - before) | 0) > 0) this.sentEnds[host] = end;
    return before !== undefined && ((segment.seq - before) | 0) < 0;
  }

  private name(host: number): string {
    return this.names[host] ?? "";
  }
}

function machineSegment({ seq, ack, flags, window, mss = 0, text = "" }: PortSegment): Segment {
  const bits = flagBits(flags.split(",") as FlagName[]);
  return { ...createSegment(), seq, ack, flags: bits, window, mss, length: text.length / 2 };
}
