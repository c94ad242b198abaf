import { STATE_NAMES, State } from "@synfin/core/tcp";
import type { CensusRow } from "@synfin/simulator/bulk";

export const SECOND = 1_000_000;

/** Whose counts a row has. */
export const HOSTS = ["client", "server"] as const;

/** One row of a census: so many connections in each state, at both hosts alike. */
export function row(atUs: number, counts: Partial<Record<State, number>>): CensusRow {
  const all = STATE_NAMES.map((_, state) => counts[state as State] ?? 0);
  return { atUs, alive: 0, states: [...all, ...all] };
}

/** Two thousand connections that come, are open for a while, and wait out their time. */
export const crowd: readonly CensusRow[] = Array.from({ length: 301 }, (_, second) => {
  const open = Math.max(0, Math.min(20 * second, 1_000, 20 * (150 - second)));
  const waiting = Math.max(0, Math.min(20 * (second - 50), 1_000, 20 * (280 - second)));
  const { SYN_SENT, ESTABLISHED, TIME_WAIT } = State;
  return row(second * SECOND, {
    [SYN_SENT]: second < 100 ? 30 : 0,
    [ESTABLISHED]: open,
    [TIME_WAIT]: waiting,
  });
});

/** What a picture says, in order: the content of its texts. */
export function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, content = ""]) => content);
}
