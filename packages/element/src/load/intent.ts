import {
  type BulkScenario,
  checkRequest,
  type LoadRequest,
  type Oracle,
  oraclesOf,
  planOf,
} from "@synfin/simulator/bulk";
import { type Form, requestOf } from "./settings.ts";

/** A run that is asked for, and what is known of it before it begins. */
export interface Intent {
  readonly request: LoadRequest;
  readonly scenario: BulkScenario;
  readonly hosts: readonly string[];
  /** How long it will take in virtual time, about: the chart's axis before the run knows. */
  readonly endUs: number;
  /** How many connections there will be, if that is known. */
  readonly connections: number | undefined;
  /** Every parameter by its key, as it was chosen or by default. */
  readonly values: Readonly<Record<string, number>>;
  /** What theory says about it. */
  readonly oracles: readonly Oracle[];
}

/** Scenarios whose end is not known take their samples so that it comes to about so many. */
const SAMPLES = 240;

let last: { readonly key: string; readonly intent: Intent | undefined } | undefined;

/** The run that a form asks for, unless something is wrong with it. */
export function intentFor(form: Form): Intent | undefined {
  return form.problems.length === 0 ? intentOf(requestOf(form)) : undefined;
}

/** What a request comes to; undefined where it cannot be run. The last answer is kept. */
export function intentOf(request: LoadRequest): Intent | undefined {
  const key = JSON.stringify(request);
  if (last?.key !== key) last = { key, intent: lookAt(request) };
  return last.intent;
}

function lookAt(request: LoadRequest): Intent | undefined {
  const checked = checkRequest(request);
  if (!checked.ok) return undefined;
  const { scenario, settings } = checked.value;
  const { hosts, untilUs, sampleUs, connections } = planOf(scenario, settings);
  const endUs = Number.isFinite(untilUs) ? untilUs : SAMPLES * sampleUs;
  const { values } = settings;
  const oracles = oraclesOf(scenario, settings);
  return { request, scenario, hosts, endUs, connections, values, oracles };
}
