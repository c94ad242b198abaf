const MILLISECOND = 1000;
const SECOND = 1_000_000;

/**
 * A stretch of time as people write it: `12 µs`, `25 ms`, `1.025 s`, `240 s`.
 * Four figures at least, so that neighbouring steps of a run stay apart.
 */
export function formatDuration(us: number): string {
  if (us >= SECOND) return `${rounded(us / SECOND)} s`;
  if (us >= MILLISECOND) return `${rounded(us / MILLISECOND)} ms`;
  return us === 0 ? "0 s" : `${us} µs`;
}

function rounded(value: number): string {
  const decimals = value < 10 ? 3 : value < 100 ? 2 : 1;
  return String(Number(value.toFixed(decimals)));
}
