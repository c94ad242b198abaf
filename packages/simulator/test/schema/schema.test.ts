import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parseFault, scenarios, traceScenario } from "../../src/index.ts";
import { lostFinTrace } from "../view/hand-made.ts";

function schema(name: string): ValidateFunction {
  const url = new URL(`../../schema/${name}.v1.schema.json`, import.meta.url);
  return new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(
    JSON.parse(readFileSync(url, "utf8")),
  );
}

const isTrace = schema("trace");
const isScenario = schema("scenario");

/** What is wrong, by the schema; an empty list where nothing is. */
function problems(validate: ValidateFunction, value: unknown): string[] {
  // As it is read from a file: what is `undefined` is not there.
  validate(JSON.parse(JSON.stringify(value)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  "%s",
  (_, scenario) => {
    test("is a scenario by the schema", () => {
      expect(problems(isScenario, scenario)).toEqual([]);
    });

    test("gives a trace by the schema", () => {
      expect(problems(isTrace, traceScenario(scenario))).toEqual([]);
    });
  },
);

test.each(["drop", "duplicate", "delay=3s", "reorder", "corrupt"])(
  "so does a run with %s",
  (action) => {
    const fault = parseFault(`${action}:server:any:*`);
    const [first] = scenarios;
    if (!fault.ok || first === undefined) throw new Error("no fault or no scenario to try");
    const trace = traceScenario(first, { faults: [fault.value] });
    expect(problems(isTrace, trace)).toEqual([]);
    const verdict = action.split("=")[0];
    expect(
      trace.segments.some(({ arrivals }) => arrivals.some((one) => one.verdict === verdict)),
    ).toBe(true);
  },
);

test("the schemas refuse what is not right", () => {
  const trace = lostFinTrace();
  expect(problems(isTrace, { ...trace, version: 2 })).not.toEqual([]);
  expect(problems(isTrace, { ...trace, digest: "no" })).not.toEqual([]);
  expect(problems(isTrace, { ...trace, extra: 1 })).not.toEqual([]);
  const states = trace.states.map((state) => ({ ...state, to: "FIN_WAIT_1" }));
  expect(problems(isTrace, { ...trace, states })).not.toEqual([]);
  const [first] = scenarios;
  expect(problems(isScenario, { ...first, link: {} })).not.toEqual([]);
  const script = [{ atUs: 0, on: "LISTEN", host: "client", call: "close" }];
  expect(problems(isScenario, { ...first, script })).not.toEqual([]);
});
