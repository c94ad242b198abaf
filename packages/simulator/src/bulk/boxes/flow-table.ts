import type { Envelope } from "../flights.ts";

/** What a box remembers of a flow; it is forgotten once that time has passed. */
export interface Tracked {
  expiresUs: number;
}

const FIRST_SWEEP = 1024;

/**
 * The flows that a box remembers, found by their two endpoints from either
 * direction. What has expired is gone when it is looked for; what nobody looks
 * for is swept out whenever the table has doubled, so memory follows what lives.
 */
export class FlowTable<T extends Tracked> {
  /** By the greater endpoint, which is the server's where servers come last, then by the other. */
  readonly #flows = new Map<number, Map<number, T>>();
  #size = 0;
  #sweepAt = FIRST_SWEEP;

  /** What is remembered of this flow at `nowUs`; the last moment of its time still counts. */
  find(nowUs: number, envelope: Readonly<Envelope>): T | undefined {
    const [greater, less] = endpointsOf(envelope);
    const entry = this.#flows.get(greater)?.get(less);
    if (entry === undefined || entry.expiresUs >= nowUs) return entry;
    this.#delete(greater, less);
    return undefined;
  }

  /** Remembers a flow that it does not know. */
  add(nowUs: number, envelope: Readonly<Envelope>, entry: T): void {
    if (this.#size >= this.#sweepAt) this.#sweep(nowUs);
    const [greater, less] = endpointsOf(envelope);
    let flows = this.#flows.get(greater);
    if (flows === undefined) {
      flows = new Map();
      this.#flows.set(greater, flows);
    }
    flows.set(less, entry);
    this.#size += 1;
  }

  /** Forgets a flow, if it knows it. */
  remove(envelope: Readonly<Envelope>): void {
    this.#delete(...endpointsOf(envelope));
  }

  /** How many entries it holds, with what has expired and not been swept out. */
  get size(): number {
    return this.#size;
  }

  #delete(greater: number, less: number): void {
    if (this.#flows.get(greater)?.delete(less)) this.#size -= 1;
  }

  #sweep(nowUs: number): void {
    for (const [greater, flows] of this.#flows) {
      for (const [less, { expiresUs }] of flows) if (expiresUs < nowUs) this.#delete(greater, less);
      if (flows.size === 0) this.#flows.delete(greater);
    }
    this.#sweepAt = Math.max(FIRST_SWEEP, 2 * this.#size);
  }
}

/** Address and port in 48 bits. */
function endpointsOf({ src, srcPort, dst, dstPort }: Readonly<Envelope>): [number, number] {
  const from = src * 0x1_0000 + srcPort;
  const to = dst * 0x1_0000 + dstPort;
  return from > to ? [from, to] : [to, from];
}
