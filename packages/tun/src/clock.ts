/** Real time for the machine: microseconds since some moment, never backwards. */
export interface Clock {
  /** A non-negative integer. */
  nowUs(): number;
}

/** The time since this call, by the clock that no one sets: `process.hrtime`. */
export function monotonicClock(): Clock {
  const startNs = process.hrtime.bigint();
  return { nowUs: () => Number((process.hrtime.bigint() - startNs) / 1000n) };
}
