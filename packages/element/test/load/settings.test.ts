import { BULK_SCENARIOS, checkRequest, type Parameter } from "@synfin/simulator/bulk";
import { readValue } from "@synfin/simulator/expect";
import { expect, test } from "vitest";
import { intentOf } from "../../src/load/intent.ts";
import {
  formOf,
  type LoadSettings,
  type Problem,
  requestOf,
  withValue,
} from "../../src/load/settings.ts";
import { fieldUnit, readPairs, writeValue } from "../../src/load/values.ts";

const DEFAULT: LoadSettings = {
  scenario: "steady",
  profile: undefined,
  seed: 7,
  replications: 1,
  connections: undefined,
  rate: undefined,
  set: undefined,
};

/** The form's values by key. */
function valuesOf(settings: Partial<LoadSettings>): Record<string, number> {
  const { fields } = formOf({ ...DEFAULT, ...settings });
  return Object.fromEntries(fields.map(({ parameter, value }) => [parameter.key, value]));
}

/** The problems, each as the name or the field that it is about. */
function problemsOf(settings: Partial<LoadSettings>): string[] {
  const told = (problem: Problem): string => {
    if (problem.kind === "name") return problem.name;
    return problem.kind === "own" ? problem.name : problem.field.parameter.key;
  };
  return formOf({ ...DEFAULT, ...settings }).problems.map(told);
}

test("nothing set is the scenario's own: ten thousand steady connections of RFC 9293", () => {
  const form = formOf(DEFAULT);
  expect(form.problems).toEqual([]);
  expect(requestOf(form)).toEqual({
    scenario: "steady",
    choice: { profile: "rfc9293", values: {} },
    seed: 7,
  });
  expect(valuesOf({})).toMatchObject({ connections: 10_000, rate: 100 });
});

test("the short attributes and `set` choose values, with their units", () => {
  const settings = { connections: 20, set: "hold=1.5s delay=300us loss=0.5% rate=5k" };
  expect(valuesOf(settings)).toEqual({
    connections: 20,
    rate: 5000,
    hold: 1_500_000,
    delay: 300,
    loss: 5000,
  });
  expect(requestOf(formOf({ ...DEFAULT, connections: 20 })).choice.values).toEqual({
    connections: 20,
  });
});

test("defaults follow the profile, and a short attribute is for those that have it", () => {
  const ports = (profile: string | undefined) =>
    valuesOf({ scenario: "port-exhaustion", profile, connections: 5 })["ports"];
  expect([ports(undefined), ports("rfc9293")]).toEqual([28_232, 16_384]);
});

test("what is wrong is named: names, words that are no pair, values, the seed", () => {
  expect(problemsOf({ scenario: "staedy" })).toEqual(["staedy"]);
  expect(problemsOf({ profile: "linus" })).toEqual(["linus"]);
  expect(problemsOf({ set: "hodl=5s loose" })).toEqual(["hodl", "loose"]);
  expect(problemsOf({ set: "hold=5 loss=1" })).toEqual(["hold", "loss"]);
  expect(problemsOf({ connections: 0, rate: Number.NaN, seed: 1.5, replications: 0 })).toEqual([
    ...["connections", "rate", "seed", "replications"],
  ]);
});

test("what was written is kept where it is no value, and choices are named", () => {
  const form = formOf({ ...DEFAULT, set: "hold=5" });
  expect(form.problems).toMatchObject([{ kind: "bounds", field: { unread: "5" } }]);
  const odd = formOf({ ...DEFAULT, scenario: "port-exhaustion", set: "arrivals=random" });
  expect(odd.problems).toEqual([{ kind: "name", name: "random", known: ["constant", "poisson"] }]);
});

test("what the form lets through, the simulator runs; and each scenario knows its hosts", () => {
  for (const { name } of BULK_SCENARIOS) {
    const form = formOf({ ...DEFAULT, scenario: name });
    const result = checkRequest(requestOf(form));
    if (!result.ok) throw new Error(result.message);
    expect(result.value.settings.values).toEqual(valuesOf({ scenario: name }));
    const intent = intentOf(requestOf(form));
    expect(intent?.hosts.length, name).toBeGreaterThan(0);
    expect(intent?.endUs, name).toBeGreaterThan(0);
  }
});

test("the axis of time is known before the run: opening, two round trips, hold and 2MSL", () => {
  // In 240 steps of whole microseconds.
  const endUs = intentOf(requestOf(formOf(DEFAULT)))?.endUs ?? 0;
  expect(Math.abs(endUs - 360_080_000)).toBeLessThan(240);
  const ports = intentOf(requestOf(formOf({ ...DEFAULT, scenario: "port-exhaustion" })));
  expect(ports?.endUs).toBe(3 * 60_002_000);
});

test("a value that is set is written down, a default is not", () => {
  const field = (key: string) => {
    const found = formOf(DEFAULT).fields.find(({ parameter }) => parameter.key === key);
    if (found === undefined) throw new Error(`there is no ${key}`);
    return found;
  };
  const held = withValue({ ...DEFAULT, set: "loss=1%" }, field("hold"), 5_000_000);
  expect(held).toEqual({ connections: undefined, rate: undefined, set: "loss=1% hold=5s" });
  expect(withValue({ ...DEFAULT, set: "hold=5s" }, field("hold"), 20_000_000).set).toBeUndefined();
  expect(withValue(DEFAULT, field("rate"), 5)).toEqual({
    connections: undefined,
    rate: 5,
    set: undefined,
  });
  expect(withValue({ ...DEFAULT, rate: 5 }, field("rate"), 100).rate).toBeUndefined();
  expect(withValue(DEFAULT, field("hold"), Number.NaN).set).toBe("hold=?");
});

const parameters: readonly Parameter[] = BULK_SCENARIOS.flatMap((one) => one.parameters);

test("every value can be written and read back, whatever its unit", () => {
  for (const parameter of parameters) {
    const { min, max } = parameter;
    for (const value of [min, max, Math.floor((min + max) / 2), Math.min(max, min + 1)]) {
      const text = writeValue(parameter, value);
      expect(readValue(parameter, text), `${parameter.key}=${text}`).toBe(value);
      expect(readPairs(`${parameter.key}=${text}`).odd).toEqual([]);
    }
    expect(readValue(parameter, "?")).toBeNaN();
    expect(writeValue(parameter, Number.NaN)).toBe("?");
  }
  expect(parameters.length).toBeGreaterThan(8);
});

test("fields count times in the unit that suits them", () => {
  const time: Parameter = {
    ...{ key: "t", unit: "us", default: 0, min: 0, max: 9_000_000 },
    doc: { en: "", ko: "" },
  };
  expect([0, 500, 20_000, 2_000_000].map((us) => fieldUnit(time, us).name)).toEqual([
    ...["s", "µs", "ms", "s"],
  ]);
});
