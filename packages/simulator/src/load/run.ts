import type { Census, LoadFrame } from "./frame.ts";
import type { LoadSpec } from "./spec.ts";

/** A crowd under way. It moves only when it is told to, so its caller owns the clock. */
export interface LoadRun {
  /**
   * Processes at most so many events. True once nothing is left to happen;
   * calling it again then changes nothing.
   */
  advance(maxEvents: number): boolean;
  /** The crowd as it stands, and the census rows since the last call. */
  frame(): LoadFrame;
  /** The outcome. A bug, and so a throw, before `advance` has returned true. */
  result(): LoadResult;
}

/** The outcome of a whole run: plain data, the same on every machine for the same spec. */
export interface LoadResult {
  readonly spec: LoadSpec;
  /** 16 hexadecimal digits over every event of the run. */
  readonly digest: string;
  readonly events: number;
  /** When the last event happened, in microseconds of virtual time. */
  readonly endedAtUs: number;
  readonly opened: number;
  readonly established: number;
  readonly closed: number;
  readonly failed: number;
  /** The most connections that stood in each state of their client at once. */
  readonly clientPeaks: readonly number[];
  /** The counts over virtual time, a bounded number of them at even distances. */
  readonly census: readonly Census[];
}
