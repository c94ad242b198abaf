import type { Envelope } from "./flights.ts";

/**
 * An address of a cell: the number of the host that has it, and which of that
 * host's addresses it is. A host can have a million of them.
 */
const ADDRESS_BITS = 20;

/** How many addresses a host can have. */
export const ADDRESSES: number = 1 << ADDRESS_BITS;

export function addressOf(host: number, nth: number): number {
  return ((host << ADDRESS_BITS) | nth) >>> 0;
}

export function hostOf(address: number): number {
  return address >>> ADDRESS_BITS;
}

/** An IPv4 address of the documentation's kind would hold 256 hosts; 10/8 has room for all. */
export function octetsOf(address: number): Uint8Array {
  return Uint8Array.of(10, (address >>> 20) & 0xff, (address >>> 8) & 0xff, address & 0xff);
}

/**
 * One end of a connection: twice the connection's slot, and one more at the
 * end that did not open it. It is also the number of that end's TCB.
 */
export type End = number;

/** What has become of a connection, bit by bit. */
export const Mark = {
  ESTABLISHED_A: 1,
  ESTABLISHED_B: 2,
  ALIVE_A: 4,
  ALIVE_B: 8,
  /** An end was lost to a reset, a timeout or an error. */
  BROKEN: 16,
  /** It has been counted as established at both ends. */
  ESTABLISHED: 32,
  /** This end has sent the first SYN; the other, unless both have, was called by it. */
  OPENED_A: 64,
  OPENED_B: 128,
} as const;

const NONE = -1;
/** In the record of a free slot, which is no one's. */
const NO_ADDRESS = -1;
const FIRST_SLOTS = 256;
const FIRST_TABLE = 1024;
/** Entries of the table in a cache line. */
const LINE = 16;

/** The record of a slot: sixteen words, one cache line. */
const WORDS = 16;
const DOUBLES = WORDS / 2;
/** Doubles: when it was opened and when its first user closed it; each end's timer. */
const OPENED_AT = 0;
const CLOSING_AT = 1;
const ARMED = 2;
/** Words, after the doubles: of either end, or of the slot. */
const ADDRESS = 8;
const PORTS = 10;
const FLOW = 11;
const SENT = 13;
const MARKS = 14;
const NEXT_FREE = 15;

/**
 * The connections of a cell, found by their 4-tuple in constant time, from
 * either end. A slot holds both ends of one tuple; it is free again when
 * neither has a TCB any more, so memory follows what is alive.
 */
export class Connections {
  #words = new Int32Array(FIRST_SLOTS * WORDS);
  #doubles = new Float64Array(this.#words.buffer);
  /** By end: a number that is the application's own. */
  app: Int32Array = new Int32Array(2 * FIRST_SLOTS);
  #capacity = FIRST_SLOTS;
  #slots = 0;
  #free = NONE;
  /**
   * Slots plus one, by the hash of their tuple; open addressing. Sixteen ports
   * in a row share a cache line, for they are used at about the same time; who
   * finds its place taken looks into the next line.
   */
  #table = new Int32Array(FIRST_TABLE);
  #used = 0;

  /** The end at `local` whose peer is at `remote`, alive or not; −1 where there is none. */
  find(local: number, localPort: number, remote: number, remotePort: number): End {
    const table = this.#table;
    const words = this.#words;
    const mask = table.length - 1;
    const asA = (localPort << 16) | remotePort;
    const asB = (remotePort << 16) | localPort;
    let index = tupleHash(local, localPort, remote, remotePort) & mask;
    for (;;) {
      const slot = (table[index] ?? 0) - 1;
      if (slot < 0) return NONE;
      const at = slot * WORDS;
      const ports = words[at + PORTS] ?? 0;
      const a = (words[at + ADDRESS] ?? 0) >>> 0;
      const b = (words[at + ADDRESS + 1] ?? 0) >>> 0;
      if (ports === asA && a === local && b === remote) return 2 * slot;
      if (ports === asB && b === local && a === remote) return 2 * slot + 1;
      index = (index + LINE) & mask;
    }
  }

  /**
   * What `find` answers for a segment that `sender` has sent: mostly the other
   * end of its own connection, which is looked at first.
   */
  peerOf(sender: End, local: number, localPort: number, remote: number, remotePort: number): End {
    // An end that is connected to itself is one end, the first.
    if (sender >= 0 && localPort !== remotePort) {
      const words = this.#words;
      const at = (sender >>> 1) * WORDS;
      const side = sender & 1;
      const ports = side === 0 ? (remotePort << 16) | localPort : (localPort << 16) | remotePort;
      const isOurs =
        words[at + PORTS] === ports &&
        words[at + ADDRESS + side] === remote &&
        words[at + ADDRESS + 1 - side] === local;
      if (isOurs) return sender ^ 1;
    }
    return this.find(local, localPort, remote, remotePort);
  }

  /** A slot for a tuple that has none. */
  add(a: number, portA: number, b: number, portB: number): number {
    const slot = this.#take();
    const at = slot * WORDS;
    const words = this.#words;
    words[at + ADDRESS] = a;
    words[at + ADDRESS + 1] = b;
    words[at + PORTS] = (portA << 16) | portB;
    words[at + FLOW] = 0;
    words[at + FLOW + 1] = 0;
    words[at + SENT] = 0;
    words[at + MARKS] = 0;
    this.arm(2 * slot, Number.POSITIVE_INFINITY);
    this.arm(2 * slot + 1, Number.POSITIVE_INFINITY);
    this.app[2 * slot] = 0;
    this.app[2 * slot + 1] = 0;
    if (2 * (this.#used + 1) > this.#table.length) this.#rehash(2 * this.#table.length);
    this.#insert(slot);
    this.#used += 1;
    return slot;
  }

  /** Both ends are gone: the tuple is free, and so is the slot. */
  remove(slot: number): void {
    this.#erase(slot);
    this.#used -= 1;
    // What still waits for one of its ends finds no one.
    this.setFlow(2 * slot, 0);
    this.setFlow(2 * slot + 1, 0);
    this.#words[slot * WORDS + ADDRESS] = NO_ADDRESS;
    this.#words[slot * WORDS + NEXT_FREE] = this.#free;
    this.#free = slot;
  }

  /** How many slots there are, free ones included. */
  get slots(): number {
    return this.#slots;
  }

  /** How many tuples are taken. */
  get used(): number {
    return this.#used;
  }

  get bytes(): number {
    return 4 * (this.#words.length + this.app.length + this.#table.length);
  }

  address(end: End): number {
    return (this.#words[(end >>> 1) * WORDS + ADDRESS + (end & 1)] ?? 0) >>> 0;
  }

  port(end: End): number {
    const ports = this.#words[(end >>> 1) * WORDS + PORTS] ?? 0;
    return (end & 1) === 0 ? ports >>> 16 : ports & 0xffff;
  }

  /** Addresses an envelope from this end to the other. */
  fillEnvelope(end: End, envelope: Envelope): void {
    const words = this.#words;
    const at = (end >>> 1) * WORDS;
    const side = end & 1;
    const ports = words[at + PORTS] ?? 0;
    envelope.src = (words[at + ADDRESS + side] ?? 0) >>> 0;
    envelope.dst = (words[at + ADDRESS + 1 - side] ?? 0) >>> 0;
    envelope.srcPort = side === 0 ? ports >>> 16 : ports & 0xffff;
    envelope.dstPort = side === 0 ? ports & 0xffff : ports >>> 16;
    envelope.flow = (words[at + FLOW + side] ?? 0) >>> 0;
    envelope.sender = end;
  }

  /** The number of the connection that this end belongs to; 0 where it is free. */
  flow(end: End): number {
    return (this.#words[(end >>> 1) * WORDS + FLOW + (end & 1)] ?? 0) >>> 0;
  }

  setFlow(end: End, flow: number): void {
    this.#words[(end >>> 1) * WORDS + FLOW + (end & 1)] = flow;
  }

  /** Counts one more transmission of this end. @returns its number, from 1, modulo 2¹⁶ */
  countSent(end: End): number {
    const at = (end >>> 1) * WORDS + SENT;
    const shift = 16 * (end & 1);
    const both = this.#words[at] ?? 0;
    const sent = ((both >>> shift) + 1) & 0xffff;
    this.#words[at] = (both & ~(0xffff << shift)) | (sent << shift);
    return sent;
  }

  /** The time of the entry in the queue that will call this end's machine; others are stale. */
  armedUs(end: End): number {
    return this.#doubles[(end >>> 1) * DOUBLES + ARMED + (end & 1)] ?? 0;
  }

  arm(end: End, atUs: number): void {
    this.#doubles[(end >>> 1) * DOUBLES + ARMED + (end & 1)] = atUs;
  }

  /** When `connect` was called, or the SYN came. */
  openedAtUs(slot: number): number {
    return this.#doubles[slot * DOUBLES + OPENED_AT] ?? 0;
  }

  /** It opens now; no one has closed it. */
  opens(slot: number, nowUs: number): void {
    this.#doubles[slot * DOUBLES + OPENED_AT] = nowUs;
    this.#doubles[slot * DOUBLES + CLOSING_AT] = 0;
  }

  /** When the first of its users closed it; 0 while none has. */
  closingAtUs(slot: number): number {
    return this.#doubles[slot * DOUBLES + CLOSING_AT] ?? 0;
  }

  setClosingAt(slot: number, nowUs: number): void {
    this.#doubles[slot * DOUBLES + CLOSING_AT] = nowUs;
  }

  /** See `Mark`. */
  marks(slot: number): number {
    return this.#words[slot * WORDS + MARKS] ?? 0;
  }

  setMarks(slot: number, marks: number): void {
    this.#words[slot * WORDS + MARKS] = marks;
  }

  /** Makes room for so many slots at once. */
  reserve(slots: number): void {
    if (slots > this.#capacity) this.#grow(slots);
    let length = this.#table.length;
    while (length < 2 * slots) length *= 2;
    if (length > this.#table.length) this.#rehash(length);
  }

  #take(): number {
    const slot = this.#free;
    if (slot !== NONE) {
      this.#free = this.#words[slot * WORDS + NEXT_FREE] ?? NONE;
      return slot;
    }
    if (this.#slots === this.#capacity) this.#grow(grown(this.#slots));
    this.#slots += 1;
    return this.#slots - 1;
  }

  #grow(slots: number): void {
    const words = new Int32Array(slots * WORDS);
    words.set(this.#words);
    this.#words = words;
    this.#doubles = new Float64Array(words.buffer);
    const app = new Int32Array(2 * slots);
    app.set(this.app);
    this.app = app;
    this.#capacity = slots;
  }

  #hashOf(slot: number): number {
    const words = this.#words;
    const at = slot * WORDS;
    const ports = words[at + PORTS] ?? 0;
    const a = (words[at + ADDRESS] ?? 0) >>> 0;
    const b = (words[at + ADDRESS + 1] ?? 0) >>> 0;
    return tupleHash(a, ports >>> 16, b, ports & 0xffff);
  }

  #insert(slot: number): void {
    const mask = this.#table.length - 1;
    let index = this.#hashOf(slot) & mask;
    while (this.#table[index] !== 0) index = (index + LINE) & mask;
    this.#table[index] = slot + 1;
  }

  /** Takes an entry out and closes the gap, so that no probe ends too early. */
  #erase(slot: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let gap = this.#hashOf(slot) & mask;
    while (table[gap] !== slot + 1) gap = (gap + LINE) & mask;
    for (let index = (gap + LINE) & mask; ; index = (index + LINE) & mask) {
      const entry = table[index] ?? 0;
      if (entry === 0) break;
      const ideal = this.#hashOf(entry - 1) & mask;
      // It may move back only if its own place is not between the gap and here.
      if (((index - ideal) & mask) < ((index - gap) & mask)) continue;
      table[gap] = entry;
      gap = index;
    }
    table[gap] = 0;
  }

  #rehash(length: number): void {
    const old = this.#table;
    this.#table = new Int32Array(length);
    for (const entry of old) if (entry > 0) this.#insert(entry - 1);
  }
}

/** A quarter more: growing copies little, and little is left over. */
export function grown(size: number): number {
  return size + (size >>> 2) + 64;
}

/**
 * The same from either end, so that one entry serves both directions: which
 * line, and where in it.
 */
function tupleHash(one: number, onePort: number, other: number, otherPort: number): number {
  const a = Math.imul(one ^ Math.imul(onePort >>> 4, 0x9e37_79b1), 0x85eb_ca6b);
  const b = Math.imul(other ^ Math.imul(otherPort >>> 4, 0x9e37_79b1), 0x85eb_ca6b);
  const sum = Math.imul((a ^ (a >>> 15)) + (b ^ (b >>> 15)), 0xc2b2_ae35);
  const line = sum ^ (sum >>> 16);
  // The line's own hash goes in, or hosts that all use one port would share one place.
  return (line << 4) | ((onePort ^ otherPort ^ (sum >>> 24)) & 15);
}
