import type { AbstractSpace, CrossCheck, ExploreReport } from "@synfin/properties/explore";
import { grouped } from "../load/format-table.ts";
import { wrapped } from "../load/wrapped.ts";

/** The machine beside the abstract TCP, and what the walk through that has found. */
export interface CrossCheckResult extends CrossCheck {
  readonly model: {
    readonly states: number;
    readonly depth: number;
  };
}

/** Puts together what `--cross-check` has found. */
export function crossCheckResult(
  { states, depth }: AbstractSpace,
  check: CrossCheck,
): CrossCheckResult {
  return { model: { states, depth }, ...check };
}

/** What an exploration has found, for a person. */
export function formatReport(
  report: ExploreReport,
  wallSeconds: number,
  check: CrossCheckResult | undefined,
): string {
  const { states, transitions, depth, ends, endSteps, rowsTaken, rows } = report;
  return [
    `${boundsLine(report)}\n`,
    `${grouped(states)} states, ${grouped(transitions)} steps between them, at most ${depth} steps away`,
    `${grouped(ends)} states and ${grouped(endSteps)} steps of one end; ${rowsTaken} of ${rows} permitted transitions`,
    `${wallSeconds.toFixed(1)} s; the chance that two states were taken for one: ${report.collisionChance.toExponential(0)}\n`,
    ...outcomeLines(report),
    ...(check === undefined ? [] : crossCheckLines(check)),
    verdict(report),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function boundsLine({ bounds }: ExploreReport): string {
  const { loss, duplicate, reorder, data, abort, open } = bounds;
  const sides = open === "one" ? "one side opens" : "both sides open";
  const text = data === 1 ? "1 segment" : `${data} segments`;
  const aborts = abort === 0 ? "" : `; ${abort} may be aborted`;
  return `At most ${loss} lost, ${duplicate} duplicated, ${reorder} held back; ${text} of text each way; ${sides}${aborts}`;
}

function outcomeLines({ outcomes }: ExploreReport): string[] {
  const sorted = Object.entries(outcomes).sort(([, a], [, b]) => b - a);
  if (sorted.length === 0) return [];
  const lines = sorted.map(([outcome, count]) => `${grouped(count).padStart(9)}  ${outcome}`);
  return [
    "States in which nothing can happen any more, by how the connection ended:",
    ...lines,
    "",
  ];
}

function crossCheckLines({
  model,
  covered,
  uncovered,
  still,
  withoutImage,
}: CrossCheckResult): string[] {
  const unknown = Object.entries(withoutImage);
  const names = Object.keys(covered);
  return [
    `The abstract TCP of the TLA+ examples has ${model.states} states at depth ${model.depth}.`,
    wrapped(`Steps of the machine are ${names.length} of its actions: ${names.join(", ")}.`),
    wrapped(`Not taken: ${uncovered.join(", ") || "none"}.`),
    `${grouped(still)} steps of one end change no state, and are none of them.`,
    unknown.length === 0 ? "It knows every change of state." : "Changes that it does not know:",
    ...unknown.map(([row, count]) => `${grouped(count).padStart(9)}  ${row}`),
    "",
  ];
}

function verdict({ counterexample, partial, comesToRest }: ExploreReport): string {
  if (counterexample !== undefined) {
    const { law, message, steps, ladder } = counterexample;
    return `${law}: ${message}\n\nA shortest way there, ${steps} steps:\n\n${ladder.trimEnd()}`;
  }
  if (partial) return "No law is broken so far; not every state was seen.";
  return comesToRest
    ? "No law is broken, and every run comes to rest."
    : "No law is broken. Whether every run comes to rest is not known: there are too many steps.";
}
