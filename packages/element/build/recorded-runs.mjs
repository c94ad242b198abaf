/**
 * The runs of the scenarios that ship, as files that draw them before there is a
 * machine: the machine makes them here, and a test holds each to it.
 */
import { scenarios, traceScenario } from "@synfin/simulator";

/** @returns {string} the module `synfin:catalogue` */
export function catalogue() {
  const listed = scenarios.map(({ name, title }) => ({ name, title }));
  return `export const CATALOGUE = ${JSON.stringify(listed)};`;
}

/** @returns {Record<string, string>} a module for each run, by the name of its part */
export function recordedRuns() {
  return Object.fromEntries(
    scenarios.map((scenario) => [
      `run-${scenario.name}`,
      runModule({ title: scenario.title, trace: traceScenario(scenario) }),
    ]),
  );
}

/** @param {import("../src/pieces/kinds.ts").RecordedRun} run */
function runModule(run) {
  /** @type {Map<string, number>} */
  const shapes = new Map();
  const values = packed(run, shapes);
  const keys = [...shapes.keys()].map((names) => JSON.parse(names));
  // Read as data it is there sooner than as a script.
  return `export const { shapes, values } = JSON.parse(${JSON.stringify(JSON.stringify({ shapes: keys, values }))});`;
}

/**
 * An object without the names of its fields, which are the same in so many:
 * lists begin with −1, objects with the number of their names.
 *
 * @param {unknown} value
 * @param {Map<string, number>} shapes the number of each list of names
 * @returns {unknown}
 */
function packed(value, shapes) {
  if (Array.isArray(value)) return [-1, ...value.map((one) => packed(one, shapes))];
  if (typeof value !== "object" || value === null) return value;
  const keys = JSON.stringify(Object.keys(value));
  const shape = shapes.get(keys) ?? shapes.size;
  shapes.set(keys, shape);
  return [shape, ...Object.values(value).map((one) => packed(one, shapes))];
}
