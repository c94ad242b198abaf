/**
 * What is going to happen in a cell, in order of time. Most of it happens a
 * constant while after it was scheduled (a link's delay, the first RTO, 2MSL):
 * a ring for each such while takes and gives in constant time. The rest waits
 * in a heap. Nothing is ever taken out early: who schedules a timer anew lets
 * the old entry come up, and finds that it is stale.
 *
 * At equal times the rings go first, in the order in which they were made,
 * then the heap; within each, first come, first served. All of it is a matter
 * of this cell alone, so no shard can change it.
 */
export class EventQueue {
  /** The event that `pop` has taken. */
  atUs = 0;
  kind = 0;
  ref = 0;
  tag = 0;
  readonly #rings: Ring[] = [];
  readonly #heap = new Heap();
  /** The time of each ring's first entry, and after them that of the heap's. */
  #heads = new Float64Array(1).fill(Number.POSITIVE_INFINITY);

  /** Makes a ring for events of this kind that happen `afterUs` from when they are scheduled. */
  addRing(kind: number, afterUs: number): void {
    const known = this.#rings.some((ring) => ring.kind === kind && ring.afterUs === afterUs);
    if (known) return;
    this.#rings.push(new Ring(kind, afterUs));
    const heads = new Float64Array(this.#rings.length + 1).fill(Number.POSITIVE_INFINITY);
    this.#heads = heads;
    this.#rings.forEach((ring, index) => {
      heads[index] = ring.headUs;
    });
    heads[this.#rings.length] = this.#heap.headUs;
  }

  push(kind: number, atUs: number, nowUs: number, ref: number, tag: number): void {
    const afterUs = atUs - nowUs;
    const rings = this.#rings;
    for (let index = 0; index < rings.length; index += 1) {
      const ring = rings[index];
      if (ring === undefined || ring.afterUs !== afterUs || ring.kind !== kind) continue;
      if (ring.size === 0) this.#heads[index] = atUs;
      ring.push(atUs, ref, tag);
      return;
    }
    this.#heap.push(atUs, kind, ref, tag);
    this.#heads[rings.length] = this.#heap.headUs;
  }

  /** The time of the next event, or `Infinity`. */
  get nextUs(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const head of this.#heads) if (head < least) least = head;
    return least;
  }

  /** Takes the next event if it happens before `untilUs`. @returns whether there was one. */
  pop(untilUs: number): boolean {
    const heads = this.#heads;
    const last = heads.length - 1;
    let from = last;
    let least = heads[last] ?? 0;
    for (let index = last - 1; index >= 0; index -= 1) {
      const head = heads[index] ?? 0;
      if (head <= least) {
        least = head;
        from = index;
      }
    }
    if (least >= untilUs) return false;
    this.atUs = least;
    const ring = this.#rings[from];
    if (ring === undefined) this.#popHeap(last);
    else {
      this.kind = ring.kind;
      this.ref = ring.headRef;
      this.tag = ring.headTag;
      ring.drop();
      heads[from] = ring.headUs;
    }
    return true;
  }

  #popHeap(last: number): void {
    this.kind = this.#heap.headKind;
    this.ref = this.#heap.headRef;
    this.tag = this.#heap.headTag;
    this.#heap.drop();
    this.#heads[last] = this.#heap.headUs;
  }

  /** How many events wait, stale ones included. */
  get size(): number {
    return this.#rings.reduce((sum, ring) => sum + ring.size, this.#heap.size);
  }

  get bytes(): number {
    return this.#rings.reduce((sum, ring) => sum + ring.bytes, this.#heap.bytes);
  }
}

const FIRST_CAPACITY = 64;

/** A queue of events whose times never go back. */
class Ring {
  readonly kind: number;
  readonly afterUs: number;
  size = 0;
  #at = new Float64Array(FIRST_CAPACITY);
  #ref = new Int32Array(FIRST_CAPACITY);
  #tag = new Int32Array(FIRST_CAPACITY);
  #mask = FIRST_CAPACITY - 1;
  #head = 0;

  constructor(kind: number, afterUs: number) {
    this.kind = kind;
    this.afterUs = afterUs;
  }

  push(atUs: number, ref: number, tag: number): void {
    if (this.size > this.#mask) this.#resize(2 * this.size);
    const index = (this.#head + this.size) & this.#mask;
    this.#at[index] = atUs;
    this.#ref[index] = ref;
    this.#tag[index] = tag;
    this.size += 1;
  }

  get headUs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.#at[this.#head] ?? 0);
  }

  get headRef(): number {
    return this.#ref[this.#head] ?? 0;
  }

  get headTag(): number {
    return this.#tag[this.#head] ?? 0;
  }

  drop(): void {
    this.#head = (this.#head + 1) & this.#mask;
    this.size -= 1;
    if (this.size < this.#mask >>> 3 && this.#mask >= FIRST_CAPACITY) {
      this.#resize((this.#mask + 1) >>> 1);
    }
  }

  get bytes(): number {
    return 16 * this.#at.length;
  }

  #resize(capacity: number): void {
    const at = new Float64Array(capacity);
    const ref = new Int32Array(capacity);
    const tag = new Int32Array(capacity);
    for (let index = 0; index < this.size; index += 1) {
      const from = (this.#head + index) & this.#mask;
      at[index] = this.#at[from] ?? 0;
      ref[index] = this.#ref[from] ?? 0;
      tag[index] = this.#tag[from] ?? 0;
    }
    this.#at = at;
    this.#ref = ref;
    this.#tag = tag;
    this.#head = 0;
    this.#mask = capacity - 1;
  }
}

/** A binary heap of events; at equal times, first come, first served. */
class Heap {
  size = 0;
  #at = new Float64Array(FIRST_CAPACITY);
  #order = new Float64Array(FIRST_CAPACITY);
  #kind = new Int32Array(FIRST_CAPACITY);
  #ref = new Int32Array(FIRST_CAPACITY);
  #tag = new Int32Array(FIRST_CAPACITY);
  #pushed = 0;

  get headUs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.#at[0] ?? 0);
  }

  get headKind(): number {
    return this.#kind[0] ?? 0;
  }

  get headRef(): number {
    return this.#ref[0] ?? 0;
  }

  get headTag(): number {
    return this.#tag[0] ?? 0;
  }

  get bytes(): number {
    return 28 * this.#at.length;
  }

  push(atUs: number, kind: number, ref: number, tag: number): void {
    if (this.size === this.#at.length) this.#grow();
    const order = this.#pushed;
    this.#pushed += 1;
    let index = this.size;
    this.size += 1;
    while (index > 0) {
      const parent = (index - 1) >>> 1;
      // The newest of all has the greatest order, so only an earlier time lets it pass.
      if ((this.#at[parent] ?? 0) <= atUs) break;
      this.#move(parent, index);
      index = parent;
    }
    this.#put(index, atUs, order, kind, ref, tag);
  }

  drop(): void {
    this.size -= 1;
    const last = this.size;
    const atUs = this.#at[last] ?? 0;
    const order = this.#order[last] ?? 0;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= last) break;
      if (child + 1 < last && this.#isBefore(child + 1, child)) child += 1;
      const childUs = this.#at[child] ?? 0;
      if (childUs > atUs || (childUs === atUs && (this.#order[child] ?? 0) > order)) break;
      this.#move(child, index);
      index = child;
    }
    this.#move(last, index);
  }

  #isBefore(a: number, b: number): boolean {
    const away = (this.#at[a] ?? 0) - (this.#at[b] ?? 0);
    return away < 0 || (away === 0 && (this.#order[a] ?? 0) < (this.#order[b] ?? 0));
  }

  #move(from: number, to: number): void {
    this.#at[to] = this.#at[from] ?? 0;
    this.#order[to] = this.#order[from] ?? 0;
    this.#kind[to] = this.#kind[from] ?? 0;
    this.#ref[to] = this.#ref[from] ?? 0;
    this.#tag[to] = this.#tag[from] ?? 0;
  }

  #put(index: number, at: number, order: number, kind: number, ref: number, tag: number): void {
    this.#at[index] = at;
    this.#order[index] = order;
    this.#kind[index] = kind;
    this.#ref[index] = ref;
    this.#tag[index] = tag;
  }

  #grow(): void {
    const capacity = 2 * this.#at.length;
    this.#at = widened(this.#at, new Float64Array(capacity));
    this.#order = widened(this.#order, new Float64Array(capacity));
    this.#kind = widened(this.#kind, new Int32Array(capacity));
    this.#ref = widened(this.#ref, new Int32Array(capacity));
    this.#tag = widened(this.#tag, new Int32Array(capacity));
  }
}

function widened<T extends Float64Array | Int32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
