import { createTcb, State, type Tcb } from "@synfin/core/tcp";
import { grown } from "./connections.ts";
import {
  BITS_WORD,
  goHome,
  type Home,
  isHome,
  loadRow,
  ROW_BYTES,
  ROW_WORDS,
  type RowMemory,
  storeRow,
} from "./row.ts";

/** TCBs by number. What `load` returns is valid until the next call of any method. */
export interface TcbStore {
  /** Room for rows up to `count`; what is new is CLOSED. */
  reserve(count: number): void;
  load(row: number, home: Home): Tcb;
  /** A TCB for a connection that is about to open in this row. */
  fresh(row: number): Tcb;
  /** Puts back what `load` or `fresh` gave out. */
  store(row: number, tcb: Tcb, home: Home, nowUs: number): void;
  /** The connection is gone. */
  clear(row: number): void;
  state(row: number): State;
  /** Octets that this store holds, free rows included. */
  readonly bytes: number;
}

/** Set beside a row's bits where the whole TCB lies elsewhere. */
const SPILLED = 1 << 30;
/** What an object with a TCB's fields takes, by V8's own count. */
const OBJECT_BYTES = 8 * 90;
const FIRST_ROWS = 512;

/**
 * TCBs as flat rows. The machine works on one plain `Tcb`, which is loaded
 * from a row and stored back; the few that no row can hold (text out of order,
 * a recovery from loss, timers an hour away) are kept whole until they fit.
 *
 * What was stored last stays loaded until another row is asked for: a user who
 * answers what has just arrived finds it there, and it is written once.
 */
export class RowStore implements TcbStore {
  #memory: RowMemory = rowMemory(FIRST_ROWS);
  #rows = FIRST_ROWS;
  readonly #whole = new Map<number, Tcb>();
  readonly #work: Tcb = createTcb();
  /** Whether the fields that rows leave out are where `goHome` puts them. */
  #atHome = false;
  /** The row that `#work` is of, or −1. */
  #current = -1;
  /** Whether it is still to be written, and how. */
  #unwritten = false;
  #home: Home = { rcvBuf: 0, r2Us: 0, userTimeoutUs: 0 };
  #storedAtUs = 0;

  reserve(count: number): void {
    if (count <= this.#rows) return;
    this.#rows = Math.max(count, grown(this.#rows));
    const wider = rowMemory(this.#rows);
    wider.w.set(this.#memory.w);
    this.#memory = wider;
  }

  load(row: number, home: Home): Tcb {
    const work = this.#work;
    if (row === this.#current) return work;
    this.#leave();
    this.#current = row;
    const memory = this.#memory;
    const at = row * ROW_WORDS;
    if (((memory.w[at + BITS_WORD] ?? 0) & SPILLED) !== 0) {
      Object.assign(work, this.#whole.get(row));
      this.#atHome = false;
      return work;
    }
    if (!this.#atHome) goHome(work);
    loadRow(work, memory, at, home);
    return work;
  }

  fresh(row: number): Tcb {
    this.#leave();
    this.#current = row;
    this.#work.state = State.CLOSED;
    return this.#work;
  }

  store(row: number, _tcb: Tcb, home: Home, nowUs: number): void {
    this.#current = row;
    this.#unwritten = true;
    this.#home = home;
    this.#storedAtUs = nowUs;
  }

  clear(row: number): void {
    if (row === this.#current) {
      this.#unwritten = false;
      this.#leave();
    }
    const at = row * ROW_WORDS + BITS_WORD;
    if (((this.#memory.w[at] ?? 0) & SPILLED) !== 0) this.#whole.delete(row);
    this.#memory.w[at] = State.CLOSED;
  }

  state(row: number): State {
    if (row === this.#current) return this.#work.state;
    return ((this.#memory.w[row * ROW_WORDS + BITS_WORD] ?? 0) & 15) as State;
  }

  get bytes(): number {
    return this.#rows * ROW_BYTES + this.#whole.size * OBJECT_BYTES;
  }

  /** Makes room for another row; what was stored is written first. */
  #leave(): void {
    // Loaded and never stored: the machine may have left its fields anywhere.
    if (this.#unwritten) this.#atHome = this.#write(this.#current);
    else if (this.#current >= 0) this.#atHome = false;
    this.#unwritten = false;
    this.#current = -1;
  }

  /** To its row, or else whole. @returns whether the fields that rows leave out are home */
  #write(row: number): boolean {
    const memory = this.#memory;
    const at = row * ROW_WORDS;
    const tcb = this.#work;
    const spilled = ((memory.w[at + BITS_WORD] ?? 0) & SPILLED) !== 0;
    const home = isHome(tcb, this.#home);
    if (home && storeRow(tcb, memory, at, this.#storedAtUs)) {
      if (spilled) this.#whole.delete(row);
      return home;
    }
    const whole = spilled ? this.#whole.get(row) : undefined;
    if (whole === undefined) this.#whole.set(row, { ...tcb });
    else Object.assign(whole, tcb);
    memory.w[at + BITS_WORD] = tcb.state | SPILLED;
    return home;
  }
}

function rowMemory(rows: number): RowMemory {
  const buffer = new ArrayBuffer(rows * ROW_BYTES);
  return { w: new Int32Array(buffer), f: new Float64Array(buffer) };
}

/** TCBs as plain objects: what `RowStore` is held against. */
export class ObjectStore implements TcbStore {
  readonly #tcbs: Tcb[] = [];

  reserve(count: number): void {
    while (this.#tcbs.length < count) this.#tcbs.push(createTcb());
  }

  load(row: number): Tcb {
    return this.#at(row);
  }

  fresh(row: number): Tcb {
    const tcb = this.#at(row);
    tcb.state = State.CLOSED;
    return tcb;
  }

  store(): void {
    // The machine has worked on the object itself.
  }

  clear(row: number): void {
    this.#at(row).state = State.CLOSED;
  }

  state(row: number): State {
    return this.#at(row).state;
  }

  get bytes(): number {
    return this.#tcbs.length * OBJECT_BYTES;
  }

  #at(row: number): Tcb {
    const tcb = this.#tcbs[row];
    if (tcb === undefined) throw new Error(`synfin: there is no row ${row}`);
    return tcb;
  }
}
