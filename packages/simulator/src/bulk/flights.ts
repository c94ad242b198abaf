import { createSegment, type Segment } from "@synfin/core/tcp";

/** Who sends to whom. */
export interface Tuple {
  readonly src: number;
  readonly srcPort: number;
  readonly dst: number;
  readonly dstPort: number;
}

/** Who sent a segment to whom, beside the segment. A box may rewrite it on the way. */
export interface Envelope extends Tuple {
  src: number;
  srcPort: number;
  dst: number;
  dstPort: number;
  /** The connection's number, or 0 where no connection sent it. */
  flow: number;
  /** The end that sent it, or −1 where no connection did. */
  sender: number;
}

/** An envelope to be used again and again. */
export function createEnvelope(): Envelope {
  return { src: 0, srcPort: 0, dst: 0, dstPort: 0, flow: 0, sender: -1 };
}

/** A segment under way, in its envelope. */
export interface Flight extends Envelope {
  segment: Segment;
}

/** In one literal: objects that are spread from others get shapes of their own, and are slow. */
export function createFlight(): Flight {
  const segment = createSegment();
  return { src: 0, srcPort: 0, dst: 0, dstPort: 0, flow: 0, sender: -1, segment };
}

/**
 * The segments that are on their way. There are few of them at any time, so
 * they are plain objects; each is used again once it has arrived, and a
 * segment changes hands instead of being copied.
 */
export class Flights {
  readonly #flights: Flight[] = [];
  readonly #free: number[] = [];

  /**
   * Takes a segment out of an array that is used again, and leaves a spare one
   * in its place.
   *
   * @returns the number of the flight
   */
  take(envelope: Readonly<Envelope>, segments: Segment[], index: number): number {
    const number = this.#free.pop() ?? this.#make();
    const flight = this.at(number);
    const segment = segments[index];
    if (segment === undefined) throw new Error(`synfin: there is no segment ${index} to send`);
    segments[index] = flight.segment;
    flight.segment = segment;
    this.#address(flight, envelope);
    return number;
  }

  /** A flight of its own for a copy of this segment. @returns its number */
  copy(envelope: Readonly<Envelope>, segment: Readonly<Segment>): number {
    const number = this.#free.pop() ?? this.#make();
    const flight = this.at(number);
    Object.assign(flight.segment, segment);
    this.#address(flight, envelope);
    return number;
  }

  at(number: number): Flight {
    const flight = this.#flights[number];
    if (flight === undefined) throw new Error(`synfin: there is no flight ${number}`);
    return flight;
  }

  /** It has arrived and been dealt with. */
  drop(number: number): void {
    this.#free.push(number);
  }

  #address(flight: Flight, envelope: Readonly<Envelope>): void {
    const { src, srcPort, dst, dstPort, flow, sender } = envelope;
    flight.src = src;
    flight.srcPort = srcPort;
    flight.dst = dst;
    flight.dstPort = dstPort;
    flight.flow = flow;
    flight.sender = sender;
  }

  #make(): number {
    this.#flights.push(createFlight());
    return this.#flights.length - 1;
  }
}
