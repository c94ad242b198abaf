/**
 * An address of a cell: the number of the host that has it, and which of that
 * host's addresses it is. A host can have a million of them.
 */
export const ADDRESS_BITS = 20;

/** How many addresses a host can have. */
export const ADDRESSES: number = 1 << ADDRESS_BITS;

export function addressOf(host: number, nth: number): number {
  return ((host << ADDRESS_BITS) | nth) >>> 0;
}

export function hostOf(address: number): number {
  return address >>> ADDRESS_BITS;
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
} as const;

const NONE = -1;
const FIRST_SLOTS = 256;
const FIRST_TABLE = 1024;

/**
 * The connections of a cell, found by their 4-tuple in constant time, from
 * either end. A slot holds both ends of one tuple; it is free again when
 * neither has a TCB any more, so memory follows what is alive.
 *
 * A column for each thing that is known of an end, indexed by the end. They
 * are there to be read; the cell writes them.
 */
export class Connections {
  address: Uint32Array = new Uint32Array(2 * FIRST_SLOTS);
  port: Uint16Array = new Uint16Array(2 * FIRST_SLOTS);
  /** The number of the connection that the end belongs to; 0 where it is free. */
  flow: Uint32Array = new Uint32Array(2 * FIRST_SLOTS);
  /** How many transmissions this end has sent, modulo 2¹⁶. */
  sent: Uint16Array = new Uint16Array(2 * FIRST_SLOTS);
  /** A number that is the application's own. */
  app: Int32Array = new Int32Array(2 * FIRST_SLOTS);
  /** The time of the entry in the queue that will call this end's machine; others are stale. */
  armedUs: Float64Array = new Float64Array(2 * FIRST_SLOTS).fill(Number.POSITIVE_INFINITY);
  /** By slot: when `connect` was called. */
  openedAtUs: Float64Array = new Float64Array(FIRST_SLOTS);
  /** By slot: when the first of its users closed it; 0 while none has. */
  closingAtUs: Float64Array = new Float64Array(FIRST_SLOTS);
  /** By slot, see `Mark`. */
  marks: Uint8Array = new Uint8Array(FIRST_SLOTS);
  #nextFree = new Int32Array(FIRST_SLOTS);
  #slots = 0;
  #free = NONE;
  /** Slots plus one, by the hash of their tuple; open addressing, linear probing. */
  #table = new Int32Array(FIRST_TABLE);
  #used = 0;

  /** The end at `local` whose peer is at `remote`, alive or not; −1 where there is none. */
  find(local: number, localPort: number, remote: number, remotePort: number): End {
    const table = this.#table;
    const { address, port } = this;
    const mask = table.length - 1;
    let index = tupleHash(local, localPort, remote, remotePort) & mask;
    for (;;) {
      const entry = table[index] ?? 0;
      if (entry === 0) return NONE;
      const a = 2 * entry - 2;
      const b = a + 1;
      if (port[a] === localPort && port[b] === remotePort) {
        if (address[a] === local && address[b] === remote) return a;
      }
      if (port[b] === localPort && port[a] === remotePort) {
        if (address[b] === local && address[a] === remote) return b;
      }
      index = (index + 1) & mask;
    }
  }

  /** A slot for a tuple that has none. */
  add(a: number, portA: number, b: number, portB: number): number {
    const slot = this.#take();
    const end = 2 * slot;
    this.address[end] = a;
    this.address[end + 1] = b;
    this.port[end] = portA;
    this.port[end + 1] = portB;
    for (let each = end; each <= end + 1; each += 1) {
      this.flow[each] = 0;
      this.sent[each] = 0;
      this.app[each] = 0;
      this.armedUs[each] = Number.POSITIVE_INFINITY;
    }
    this.marks[slot] = 0;
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
    this.flow[2 * slot] = 0;
    this.flow[2 * slot + 1] = 0;
    this.#nextFree[slot] = this.#free;
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
    const ends = 4 + 2 + 4 + 2 + 4 + 8;
    return this.port.length * ends + this.marks.length * (8 + 8 + 1 + 4) + 4 * this.#table.length;
  }

  #take(): number {
    const slot = this.#free;
    if (slot !== NONE) {
      this.#free = this.#nextFree[slot] ?? NONE;
      return slot;
    }
    if (this.#slots === this.marks.length) this.#grow(grown(this.#slots));
    this.#slots += 1;
    return this.#slots - 1;
  }

  #grow(slots: number): void {
    const ends = 2 * slots;
    this.address = widened(this.address, new Uint32Array(ends));
    this.port = widened(this.port, new Uint16Array(ends));
    this.flow = widened(this.flow, new Uint32Array(ends));
    this.sent = widened(this.sent, new Uint16Array(ends));
    this.app = widened(this.app, new Int32Array(ends));
    this.armedUs = widened(this.armedUs, new Float64Array(ends));
    this.openedAtUs = widened(this.openedAtUs, new Float64Array(slots));
    this.closingAtUs = widened(this.closingAtUs, new Float64Array(slots));
    this.marks = widened(this.marks, new Uint8Array(slots));
    this.#nextFree = widened(this.#nextFree, new Int32Array(slots));
  }

  #hashOf(slot: number): number {
    const { address, port } = this;
    const a = 2 * slot;
    const b = a + 1;
    return tupleHash(address[a] ?? 0, port[a] ?? 0, address[b] ?? 0, port[b] ?? 0);
  }

  #insert(slot: number): void {
    const mask = this.#table.length - 1;
    let index = this.#hashOf(slot) & mask;
    while (this.#table[index] !== 0) index = (index + 1) & mask;
    this.#table[index] = slot + 1;
  }

  /** Takes an entry out and closes the gap, so that no probe ends too early. */
  #erase(slot: number): void {
    const table = this.#table;
    const mask = table.length - 1;
    let gap = this.#hashOf(slot) & mask;
    while (table[gap] !== slot + 1) gap = (gap + 1) & mask;
    for (let index = (gap + 1) & mask; ; index = (index + 1) & mask) {
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

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

function widened<T extends Column>(from: T, into: T): T {
  into.set(from);
  return into;
}

/** A quarter more: growing copies little, and little is left over. */
export function grown(size: number): number {
  return size + (size >>> 2) + 64;
}

/** The same from either end, so that one entry serves both directions. */
function tupleHash(one: number, onePort: number, other: number, otherPort: number): number {
  const a = Math.imul(one ^ Math.imul(onePort, 0x9e37_79b1), 0x85eb_ca6b);
  const b = Math.imul(other ^ Math.imul(otherPort, 0x9e37_79b1), 0x85eb_ca6b);
  const sum = Math.imul((a ^ (a >>> 15)) + (b ^ (b >>> 15)), 0xc2b2_ae35);
  return sum ^ (sum >>> 16);
}
