import { Flag, type Segment } from "@synfin/core/tcp";
import { hostOf } from "../connections.ts";
import type { Envelope } from "../flights.ts";
import { PortPool } from "../port-pool.ts";
import type { Box } from "../wire.ts";

export interface SnatPoolSpec {
  /** The host behind it. */
  readonly inside: number;
  /** The address that it shows outside; one of the inside host's, that the host does not use. */
  readonly address: number;
  readonly ports: readonly [first: number, last: number];
  /** How long a port is kept back once both ends have closed, or one has reset. */
  readonly holdUs: number;
}

const CLOSED_OUT = 1;
const CLOSED_IN = 2;
const CLOSED = CLOSED_OUT | CLOSED_IN;

interface Mapping {
  readonly remote: number;
  readonly remotePort: number;
  readonly address: number;
  readonly port: number;
  readonly outside: number;
  closed: number;
  freeAtUs: number;
}

/**
 * A cloud's source NAT for one machine: a few ports of a shared address for
 * each destination. A SYN for which there is none is dropped in silence. It
 * goes by the flags that pass, as a box on the path must.
 */
export class SnatPool implements Box {
  /** SYNs that found no port, and when the first of them came. */
  refused = 0;
  refusedFromUs: number | undefined;
  readonly #spec: SnatPoolSpec;
  readonly #pool: PortPool;
  readonly #byInside = new Map<string, Mapping>();
  readonly #byOutside = new Map<string, Mapping>();
  /** What is closed, in the order in which it will be free; the hold is the same for all. */
  readonly #held = new Set<Mapping>();

  constructor(spec: SnatPoolSpec) {
    this.#spec = spec;
    this.#pool = new PortPool(spec.ports, "sequential", false);
  }

  pass(nowUs: number, envelope: Envelope, segment: Readonly<Segment>): boolean {
    this.#freeUntil(nowUs);
    const outwards = hostOf(envelope.src) === this.#spec.inside;
    const mapping = outwards ? this.#outwards(nowUs, envelope, segment) : this.#inwards(envelope);
    if (mapping === undefined) return false;
    if (outwards) {
      envelope.src = this.#spec.address;
      envelope.srcPort = mapping.outside;
    } else {
      envelope.dst = mapping.address;
      envelope.dstPort = mapping.port;
    }
    this.#watch(nowUs, mapping, segment, outwards);
    return true;
  }

  #inwards({ src, srcPort, dst, dstPort }: Envelope): Mapping | undefined {
    if (dst !== this.#spec.address) return undefined;
    return this.#byOutside.get(keyOf(src, srcPort, dst, dstPort));
  }

  #outwards(nowUs: number, envelope: Envelope, segment: Readonly<Segment>): Mapping | undefined {
    const { src, srcPort, dst, dstPort } = envelope;
    const key = keyOf(dst, dstPort, src, srcPort);
    const known = this.#byInside.get(key);
    if (known !== undefined) return known;
    if ((segment.flags & (Flag.SYN | Flag.ACK | Flag.RST)) !== Flag.SYN) return undefined;
    const outside = this.#pool.take(dst, dstPort, 0);
    if (outside < 0) {
      this.refused += 1;
      this.refusedFromUs ??= nowUs;
      return undefined;
    }
    const mapping = {
      ...{ remote: dst, remotePort: dstPort, address: src, port: srcPort, outside },
      ...{ closed: 0, freeAtUs: Number.POSITIVE_INFINITY },
    };
    this.#byInside.set(key, mapping);
    this.#byOutside.set(keyOf(dst, dstPort, this.#spec.address, outside), mapping);
    return mapping;
  }

  /** Both have closed, or one has reset: from now on the port is held back. */
  #watch(nowUs: number, mapping: Mapping, segment: Readonly<Segment>, outwards: boolean): void {
    if (mapping.closed === CLOSED) return;
    if ((segment.flags & Flag.FIN) !== 0) mapping.closed |= outwards ? CLOSED_OUT : CLOSED_IN;
    if ((segment.flags & Flag.RST) !== 0) mapping.closed = CLOSED;
    if (mapping.closed !== CLOSED) return;
    mapping.freeAtUs = nowUs + this.#spec.holdUs;
    this.#held.add(mapping);
  }

  #freeUntil(nowUs: number): void {
    for (const mapping of this.#held) {
      if (mapping.freeAtUs > nowUs) return;
      const { remote, remotePort, address, port, outside } = mapping;
      this.#held.delete(mapping);
      this.#byInside.delete(keyOf(remote, remotePort, address, port));
      this.#byOutside.delete(keyOf(remote, remotePort, this.#spec.address, outside));
      this.#pool.release(remote, remotePort, outside);
    }
  }
}

function keyOf(remote: number, remotePort: number, local: number, localPort: number): string {
  return `${remote}:${remotePort} ${local}:${localPort}`;
}
