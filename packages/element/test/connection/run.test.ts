import { scenarios } from "@synfin/simulator";
import { expect, test } from "vitest";
import { faultOn, runScenario, splitFaults } from "../../src/connection/run.ts";
import { CONNECTION_WORDS } from "../../src/connection/words/first.ts";
import { traceOf } from "../traces.ts";

const request = { scenario: "four-way-close", seed: 7, faults: "", struck: [] };
const words = CONNECTION_WORDS.en;

test("the same request gives the same run [point 31]", () => {
  expect(runScenario(request, words)).toEqual(runScenario(request, words));
});

test("a reader's drops are faults like any other", () => {
  const dropped = runScenario({ ...request, struck: ["drop:client:any:4"] }, words);
  const asked = runScenario({ ...request, faults: "drop:client:any:4" }, words);
  expect(dropped).toEqual(asked);
  expect(dropped).not.toEqual(runScenario(request, words));
});

test("what the reader lost is lost, whatever else was to happen to it", () => {
  const faults = "delay=2s:client:FIN duplicate:client:any:4";
  const outcome = runScenario({ ...request, faults, struck: ["drop:client:any:4"] }, words);
  if (!outcome.ok) throw new Error(outcome.message);
  const fin = outcome.trace.segments.find(({ id }) => id === "client-4");
  expect(fin?.arrivals.map(({ verdict }) => verdict)).toEqual(["drop"]);
});

test.each(scenarios.map(({ name }) => name))(
  "in %s any segment can be lost, and what came before stays",
  (name) => {
    const plain = traceOf(name);
    for (const { id, sentAtUs } of plain.segments) {
      const outcome = runScenario(
        { scenario: name, seed: 1, faults: "", struck: [faultOn(id, "drop")] },
        words,
      );
      if (!outcome.ok) throw new Error(outcome.message);
      const { segments } = outcome.trace;
      const lost = segments.find((segment) => segment.id === id);
      expect([id, lost?.arrivals.map(({ verdict }) => verdict)]).toEqual([id, ["drop"]]);
      const before = (list: typeof segments): typeof segments =>
        list.filter((one) => one.sentAtUs < sentAtUs);
      expect(before(segments)).toEqual(before(plain.segments));
    }
  },
);

test("faults stand apart by spaces, commas or semicolons", () => {
  expect(splitFaults(" drop:client:FIN, delay=2s:server:ACK;\n drop:server:any:2+ ")).toEqual([
    "drop:client:FIN",
    "delay=2s:server:ACK",
    "drop:server:any:2+",
  ]);
  expect(splitFaults("  ")).toEqual([]);
});

test("the fault for a segment names its host and its number, also where the host has a hyphen", () => {
  expect(faultOn("client-3", "drop")).toBe("drop:client:any:3");
  expect(faultOn("my-host-12", "drop")).toBe("drop:my-host:any:12");
});

test.each([
  [
    { scenario: "four-way-clsoe" },
    "There is no scenario “four-way-clsoe”. Did you mean four-way-close",
  ],
  [{ scenario: "" }, "There is no scenario “”"],
  [{ seed: Number.NaN }, "The seed is NaN, but it should be a whole number from 0 on"],
  [{ seed: -1 }, "The seed is -1"],
  [{ seed: 1.5 }, "The seed is 1.5"],
  [{ faults: "drop" }, "ACTION:END:KIND"],
  [{ faults: "drop:router:FIN" }, "its host should be client or server"],
])("%j is refused in words", (wrong, text) => {
  const outcome = runScenario({ ...request, ...wrong }, words);
  expect(outcome.ok ? "" : outcome.message).toContain(text);
});

test("both languages have every word, and in neither is one empty [point 28]", () => {
  const paths = (value: object, path = ""): string[] =>
    Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
      typeof inner === "object" && inner !== null
        ? paths(inner, `${path}.${key}`)
        : [`${path}.${key}${inner === "" ? " is empty" : ""}`],
    );
  expect(paths(CONNECTION_WORDS.ko)).toEqual(paths(CONNECTION_WORDS.en));
  expect(paths(CONNECTION_WORDS.en).filter((entry) => entry.endsWith(" is empty"))).toEqual([]);
});
