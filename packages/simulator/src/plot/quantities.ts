/** `950`, `10k`, `1.25M`: a number where room is short. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000_000) return `${figures(value / 1_000_000)}M`;
  return size >= 1_000 ? `${figures(value / 1_000)}k` : figures(value);
}

/** `0.059` as `5.9%`. */
export function shortShare(part: number): string {
  return `${figures(part * 100)}%`;
}

/** `28,232`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function figures(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** A unit of time that suits a whole axis, so that its ticks are all in the same one. */
export interface TimeUnit {
  readonly name: string;
  readonly us: number;
}

const SECOND = 1_000_000;
const UNITS: readonly (readonly [from: number, unit: TimeUnit])[] = [
  [3 * 3600 * SECOND, { name: "h", us: 3600 * SECOND }],
  [600 * SECOND, { name: "min", us: 60 * SECOND }],
  [SECOND, { name: "s", us: SECOND }],
  [1000, { name: "ms", us: 1000 }],
];

/** Seconds up to ten minutes, minutes up to three hours, then hours. */
export function timeUnit(maxUs: number): TimeUnit {
  return UNITS.find(([from]) => maxUs >= from)?.[1] ?? { name: "µs", us: 1 };
}

/** A time in a unit, without its name. */
export function inUnit(us: number, unit: TimeUnit): string {
  return figures(us / unit.us);
}
