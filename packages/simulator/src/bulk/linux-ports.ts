import { Parity, type PortPath } from "./port-path.ts";
import type { PortPool } from "./port-pool.ts";

/** Linux, `__inet_hash_connect` and `inet_csk_find_open_port`; −1 where there is none. */
export function everySecond(
  { count, first, order }: PortPool,
  path: PortPath,
  draw: number,
  isOver: ((port: number) => boolean) | undefined,
): number {
  const isTaken = (index: number): boolean => path.has(index) && isOver?.(first + index) !== true;
  const binds = order === "linux-bind";
  const from = (binds ? draw % count : path.next) & ~1;
  const [early, late] = binds ? [Parity.ODD, Parity.EVEN] : [Parity.EVEN, Parity.ODD];
  for (const parity of [early, late]) {
    const start = from + parity < count ? from + parity : parity;
    const index =
      isOver === undefined
        ? path.firstFree(start, parity)
        : firstNotTaken(count, start, parity, isTaken);
    if (index < 0) continue;
    const passed = (index - start + count) % count;
    const skipped = order === "linux-connect" ? (draw >>> 29) * 2 : 0;
    path.next = (from + Math.max(passed, skipped) + 2) % count;
    return index;
  }
  return -1;
}

/** Port by port, as Linux goes: the first that is free, or that can be taken over. */
function firstNotTaken(
  count: number,
  start: number,
  parity: Parity,
  isTaken: (index: number) => boolean,
): number {
  let index = start;
  for (let looked = 0; looked < count; looked += 2) {
    if (!isTaken(index)) return index;
    index = index + 2 < count ? index + 2 : parity;
  }
  return -1;
}
