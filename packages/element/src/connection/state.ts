import type { StateName } from "@synfin/core/tcp";
import type { Frame } from "./frame.ts";
import type { Reel } from "./playback-controller.ts";
import type { Outcome } from "./run.ts";

/** Where an element stands: plain data, a copy that does not change later. */
export interface ConnectionState {
  readonly phase: "loading" | "playing" | "paused" | "ended" | "failed";
  /** The present step, from 0, and how many there are. */
  readonly step: number;
  readonly steps: number;
  /** Microseconds of virtual time. */
  readonly atUs: number;
  /** Both ends with their present states of RFC 9293; none where the run failed. */
  readonly ends: readonly { readonly host: string; readonly state: StateName }[];
  /** Of the run: the same as in `trace`. */
  readonly digest?: string;
  /** What would be right, where the run failed. */
  readonly message?: string;
}

/** The state of an element that shows this frame of this run. */
export function stateOf(
  outcome: Outcome,
  frame: Frame | undefined,
  reel: Reel | undefined,
  playing: boolean,
): ConnectionState {
  if (!outcome.ok || frame === undefined || reel === undefined) {
    const message = outcome.ok ? "" : outcome.message;
    const phase = message === "" ? "loading" : "failed";
    return { phase, step: 0, steps: 0, atUs: 0, ends: [], message };
  }
  const { atUs, step } = frame;
  const { digest } = outcome.trace;
  return {
    phase: playing ? "playing" : atUs >= reel.toUs ? "ended" : "paused",
    ...{ step, steps: reel.steps.length, atUs, digest },
    ends: frame.ends.map(({ host, state }) => ({ host, state })),
  };
}
