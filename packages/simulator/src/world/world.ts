import {
  buildPacket,
  checksumOk,
  createPacketFields,
  parseAddress,
  readPacket,
} from "@synfin/core/wire";
import type { Datagram } from "@synfin/sockets";
import TinyQueue from "tinyqueue";
import { FaultAim } from "../fault/aim.ts";
import type { Fault } from "../fault/fault.ts";
import { drawKey } from "../random/draw.ts";
import type { LinkSpec } from "../scenario/scenario.ts";
import { compareEvents, type ScheduledEvent } from "./event-queue.ts";
import { Host, type HostSpec } from "./host.ts";
import { type Departing, Link } from "./link.ts";
import type { Copy, Observer, Transmission } from "./observer.ts";

export interface WorldOptions {
  /** An integer from 0 to 2⁵³ − 1. */
  readonly seed: number;
  /** The scenario's name; with the seed it keys every draw. */
  readonly scenario: string;
  readonly link: LinkSpec;
  readonly faults?: readonly Fault[];
  /**
   * Every segment travels as bytes, through the codec both ways, and its
   * checksum is checked on arrival. Off, segments travel as they are.
   */
  readonly paranoid: boolean;
  readonly observers: readonly Observer[];
}

/** Hosts, the link between them, and what is going to happen, in virtual time. */
export class World {
  nowUs = 0;
  /** See `drawKey`. */
  readonly key: number;
  readonly hosts: Host[] = [];
  private readonly byAddress = new Map<string, Host>();
  private readonly addressBytes = new Map<string, Uint8Array>();
  private readonly queue = new TinyQueue<ScheduledEvent>([], compareEvents);
  private readonly link: Link;
  private readonly aim: FaultAim;
  private readonly options: WorldOptions;
  private readonly fields = createPacketFields();
  private held: ((observer: Observer) => void)[] | undefined;

  constructor(options: WorldOptions) {
    this.options = options;
    this.key = drawKey(options.seed, options.scenario);
    this.link = new Link(options.link, this.key);
    this.aim = new FaultAim(options.faults ?? []);
  }

  /** Adds a host. Throws where its address is none, or is taken: a bug of the caller. */
  addHost(spec: HostSpec): Host {
    const bytes = parseAddress(spec.address);
    if (!bytes.ok) throw new Error(`synfin: ${bytes.error.message}`);
    if (this.byAddress.has(spec.address)) throw new Error(`synfin: two hosts at ${spec.address}`);
    const host = new Host(this, this.hosts.length, spec);
    this.hosts.push(host);
    this.byAddress.set(spec.address, host);
    this.addressBytes.set(spec.address, bytes.value);
    return host;
  }

  /** The octets of a host's address. Throws where no host has it. */
  addressOf(address: string): Uint8Array {
    const bytes = this.addressBytes.get(address);
    if (bytes === undefined) throw new Error(`synfin: no host at ${address}`);
    return bytes;
  }

  schedule(event: ScheduledEvent): void {
    if (event.atUs < this.nowUs) throw new Error("synfin: an event in the past");
    this.queue.push(event);
  }

  /** The time of the next event, or `Infinity`. */
  get nextAtUs(): number {
    return this.queue.peek()?.atUs ?? Number.POSITIVE_INFINITY;
  }

  /** Lets the next event happen. @returns whether something did; a cancelled timer does nothing. */
  step(): boolean {
    const event = this.queue.pop();
    if (event === undefined) return false;
    const before = this.nowUs;
    this.nowUs = event.atUs;
    if (event.run()) return true;
    // A timer that was cancelled is no event, so the clock has not moved for it.
    this.nowUs = before;
    return false;
  }

  /** Runs until nothing is left, or until the next event is later than `untilUs`. */
  run(untilUs: number = Number.POSITIVE_INFINITY): void {
    while (this.nextAtUs <= untilUs && this.queue.length > 0) this.step();
  }

  /**
   * Does something whose own report must come before the reports of what it
   * sets off, although its outcome is known only afterwards.
   */
  reportAfterwards<T>(action: () => T, report: (outcome: T) => void): void {
    const held: ((observer: Observer) => void)[] = [];
    this.held = held;
    const outcome = action();
    this.held = undefined;
    report(outcome);
    for (const what of held) this.tell(what);
  }

  /** Tells every observer; what they are told cannot change the run. */
  tell(what: (observer: Observer) => void): void {
    if (this.held !== undefined) {
      this.held.push(what);
      return;
    }
    for (const observer of this.options.observers) what(observer);
  }

  /** A segment leaves a host: the link decides its fate, and its copies are on their way. */
  send(from: Host, datagram: Datagram, retransmission: boolean, injected: boolean): void {
    const { flow, segment } = datagram;
    const number = from.nextTransmission(flow);
    const target = { end: from.name, flow, segment, number, retransmission, injected };
    const departing: Departing = {
      id: `${from.name}-${number}`,
      host: from.index,
      number,
      datagram,
      sentAtUs: this.nowUs,
      retransmission,
      injected,
      packet: this.options.paranoid ? this.packetOf(datagram) : undefined,
    };
    const copies = this.link.carry(departing, this.aim.strike(target));
    const transmission: Transmission = { ...departing, copies };
    this.tell((observer) => observer.sent?.(transmission));
    for (const [index, copy] of copies.entries()) this.scheduleArrival(transmission, copy, index);
  }

  private scheduleArrival(transmission: Transmission, copy: Copy, index: number): void {
    const to = this.byAddress.get(transmission.datagram.dst);
    if (to === undefined || copy.verdict === "drop") return;
    this.schedule({
      atUs: copy.atUs,
      host: to.index,
      flow: transmission.datagram.flow,
      // Arrivals come before the timers and calls of the same microsecond.
      origin: -2 - transmission.host,
      order: 2 * transmission.number + index,
      run: () => this.arrive(to, transmission, copy),
    });
  }

  private arrive(to: Host, transmission: Transmission, copy: Copy): boolean {
    const { datagram } = transmission;
    this.tell((observer) => {
      const { flow } = datagram;
      const moment = { atUs: this.nowUs, host: to.index, flow, arrived: transmission };
      observer.arrived?.(moment, transmission, copy);
    });
    const packet = copy.damaged ?? transmission.packet;
    if (packet === undefined) {
      if (copy.verdict !== "corrupt") to.receive(transmission, datagram);
      return true;
    }
    const received = this.decode(packet, datagram);
    if (received !== undefined) to.receive(transmission, received);
    return true;
  }

  /** MUST-3: the receiver always verifies the checksum, and drops what fails in silence. */
  private decode(packet: Uint8Array, sent: Datagram): Datagram | undefined {
    if (!checksumOk(packet) || readPacket(packet, 0, packet.length, this.fields) !== 0) {
      return undefined;
    }
    const { srcPort, dstPort, payloadAt, length } = this.fields;
    const payload = packet.subarray(payloadAt, payloadAt + length);
    const { src, dst, flow } = sent;
    return { src, dst, srcPort, dstPort, segment: this.fields, payload, flow };
  }

  private packetOf(datagram: Datagram): Uint8Array {
    const { srcPort, dstPort, segment, payload } = datagram;
    const src = this.addressOf(datagram.src);
    const dst = this.addressOf(datagram.dst);
    return buildPacket({ src, dst, srcPort, dstPort, segment, payload });
  }
}
