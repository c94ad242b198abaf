import type { Trace } from "@synfin/simulator";
import { BulkRun, checkRequest, type LoadRequest, planOf, SampleRun } from "@synfin/simulator/bulk";
import { type Report, reportOf } from "@synfin/simulator/report";

/** What the page of the same name in `support.ts` asks for. */
export const PORTS: LoadRequest = {
  scenario: "port-exhaustion",
  choice: { values: { rate: 50, ports: 1000, periods: 2 } },
  seed: 7,
};

export const POISSON: LoadRequest = {
  scenario: "port-exhaustion",
  choice: { values: { rate: 50, ports: 1000, periods: 3, arrivals: 1 } },
  seed: 7,
};

function checked(request: LoadRequest) {
  const result = checkRequest(request);
  if (!result.ok) throw new Error(result.message);
  return { ...result.value, plan: planOf(result.value.scenario, result.value.settings) };
}

/** So many runs in Node, whole. */
export function runsOf(request: LoadRequest, replications = 1): BulkRun[] {
  const { scenario, plan } = checked(request);
  return Array.from({ length: replications }, (_, replication) => {
    const run = new BulkRun(plan, { scenario: scenario.name, seed: request.seed, replication });
    while (!run.advance(100_000));
    return run;
  });
}

/** What the command line would print of them. */
export function reportHere(request: LoadRequest, replications = 1): Report {
  const { scenario, settings } = checked(request);
  const results = runsOf(request, replications).map((run) => run.result());
  return reportOf({ scenario, settings, results, partial: false, wallSeconds: 0 });
}

/** One connection of a run in Node. */
export function connectionHere(request: LoadRequest, nth: number): Trace {
  const { scenario, settings, plan } = checked(request);
  const how = { scenario: scenario.name, seed: request.seed, nth, profile: settings.profile.name };
  const run = new SampleRun(plan, how);
  while (!run.advance(100_000));
  return run.trace();
}
