/** A segment that the network holds back: which, and how long it may still live, in µs. */
export interface Late {
  readonly segment: number;
  readonly leftUs: number;
}

/**
 * A state of the whole: both ends, by their numbers in the catalogue, what is
 * under way to each, and what the network and the users may still do. Times are
 * relative to now, so a state knows no clock.
 */
export interface NetState {
  readonly ends: readonly [client: number, server: number];
  /** What is on its way to each host, in the order in which it will arrive. */
  readonly queues: readonly [readonly number[], readonly number[]];
  /** What is held back on its way to each host, in no order. */
  readonly late: readonly [readonly Late[], readonly Late[]];
  readonly losses: number;
  readonly duplicates: number;
  readonly reorders: number;
  readonly aborts: number;
}

/** Budgets are at most 9: four bits each. */
const BITS = 4;

/** A state as words of 32 bits, appended to `words`. Equal states have equal words. */
export function encode(state: NetState, words: number[]): void {
  const { ends, losses, duplicates, reorders, aborts } = state;
  const faults = (((losses << BITS) | duplicates) << BITS) | reorders;
  words.push(ends[0], ends[1], (faults << BITS) | aborts);
  for (const queue of state.queues) {
    words.push(queue.length);
    for (const segment of queue) words.push(segment);
  }
  for (const late of state.late) {
    words.push(late.length);
    for (const { segment, leftUs } of late) words.push(segment, leftUs);
  }
}

/** The state whose words stand from `at` on. */
export function decode(words: Int32Array, at: number): NetState {
  let next = at;
  const word = (): number => words[next++] ?? 0;
  const ends: [number, number] = [word(), word()];
  const budgets = word();
  const budget = (nth: number): number => (budgets >>> (BITS * nth)) & ((1 << BITS) - 1);
  const list = <Item>(item: () => Item): Item[] => Array.from({ length: word() }, item);
  return {
    ends,
    queues: [list(word), list(word)],
    late: [
      list(() => ({ segment: word(), leftUs: word() })),
      list(() => ({ segment: word(), leftUs: word() })),
    ],
    losses: budget(3),
    duplicates: budget(2),
    reorders: budget(1),
    aborts: budget(0),
  };
}

/** What is held back has no order of its own, so it gets one here. */
export function sorted(late: readonly Late[]): Late[] {
  return [...late].sort((a, b) => a.segment - b.segment || a.leftUs - b.leftUs);
}
