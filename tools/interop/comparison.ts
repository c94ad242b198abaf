import type { TestContext } from "vitest";

/** One line of the table (`comparison-table.mjs`): what the simulation said, and what Linux did. */
export interface Comparison {
  readonly simulated: string;
  readonly measured: string;
  readonly agree: boolean;
  /** Why they differ, where that is known. */
  readonly why?: string;
}

declare module "vitest" {
  interface TaskMeta {
    comparison?: Comparison;
  }
}

/** Puts both into the table, and fails where they are not the same. */
export function expectSame(
  { task, expect }: TestContext,
  simulated: string,
  measured: string,
): void {
  task.meta.comparison = { simulated, measured, agree: simulated === measured };
  expect(measured).toBe(simulated);
}

/** Puts both into the table. Fails where they agree after all: that would be news. */
export function expectKnownDifference(
  { task, expect }: TestContext,
  simulated: string,
  measured: string,
  why: string,
): void {
  task.meta.comparison = { simulated, measured, agree: simulated === measured, why };
  expect(measured).not.toBe(simulated);
}
