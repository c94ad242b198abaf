import { STATE_NAMES } from "@synfin/core/tcp";
import {
  type BulkResult,
  BulkRun,
  type BulkScenario,
  planOf,
  type Settings,
} from "@synfin/simulator/bulk";
import {
  type Evaluation,
  type Expectation,
  evaluateExpectation,
  type Lookup,
  parseExpectation,
  resultLookup,
} from "@synfin/simulator/expect";
import { type Report, reportOf } from "@synfin/simulator/report";
import { UsageError } from "../io.ts";

/** An expectation that can be held against any result of a scenario. */
export interface Judge {
  readonly text: string;
  readonly expectation: Expectation;
}

/**
 * Reads an expectation, and tries it on a run that has not begun, so that a
 * name that there is not is found before the run and not after it. Throws a
 * `UsageError`.
 *
 * @param option what it was given with: `--expect`
 */
export function readExpectation(
  option: string,
  text: string,
  scenario: BulkScenario,
  settings: Settings,
): Judge {
  const parsed = parseExpectation(text);
  if (!parsed.ok) throw new UsageError(`load: ${option}: ${parsed.message}`);
  const plan = planOf(scenario, settings);
  const shard = { index: 0, count: plan.cells };
  const nothing = new BulkRun(plan, { scenario: scenario.name, seed: 0, shard }).result();
  const tried = evaluateExpectation(
    parsed.value.filter(({ left }) => !comesLater(left.text)),
    lookupOf(scenario, settings, nothing),
  );
  if (!tried.ok) throw new UsageError(`load: ${option}: ${tried.message}`);
  return { text, expectation: parsed.value };
}

/** What a result has only once something has happened, and no name can be known to be wrong of. */
function comesLater(name: string): boolean {
  return /^(firstFailure|histograms)\.|^failures\..*\.(firstAtUs|causes)|^census\..*AtUs$|\(/.test(
    name,
  );
}

/** Whether an expectation holds in every replication: the first where it does not, or the first. */
export function hold(
  { expectation }: Judge,
  scenario: BulkScenario,
  settings: Settings,
  results: readonly BulkResult[],
): Evaluation {
  const all = results.map((result) => {
    const found = evaluateExpectation(expectation, lookupOf(scenario, settings, result));
    if (!found.ok) throw new UsageError(`load: ${found.message}`);
    return found.value;
  });
  const [first] = all;
  if (first === undefined) throw new Error("synfin: an expectation of no result");
  return all.find(({ holds }) => !holds) ?? first;
}

function lookupOf(scenario: BulkScenario, settings: Settings, result: BulkResult): Lookup {
  const report = reportOf({
    ...{ scenario, settings },
    results: [result],
    partial: false,
    wallSeconds: 0,
  });
  const histograms = Object.fromEntries(result.measures.histograms);
  const lookup = resultLookup(report, histograms);
  return {
    ...lookup,
    find: (name) =>
      lookup.find(name) ??
      (mayNotHappen(name.text, report) ? { value: 0, kind: "count" } : undefined),
  };
}

/** What calls and connections of a crowd can fail with. */
const ERRNOS: readonly string[] = [
  ...["EADDRINUSE", "EADDRNOTAVAIL", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT"],
];

/** Whether it counts an errno or a state that there is: what did not happen counts nothing. */
function mayNotHappen(name: string, { counters }: Report): boolean {
  const [, errno = ""] = /^failures\.([A-Z]+)\.count$/.exec(name) ?? [];
  if (ERRNOS.includes(errno)) return true;
  const [, host = "", state = ""] =
    /^census\.([\w-]+)\.([A-Z0-9-]+)\.(?:peak|end)$/.exec(name) ?? [];
  return Object.hasOwn(counters, host) && STATE_NAMES.some((known) => known === state);
}
