import { findScenario, type Scenario, type Step, traceScenario } from "@synfin/simulator";
import { expect, test } from "vitest";

/** The zero window, with other steps of the server's user. */
function readBy(...steps: Step[]): Scenario {
  const scenario = findScenario("zero-window");
  if (scenario === undefined) throw new Error("there is no zero-window");
  const script = scenario.script.filter(({ call }) => call !== "receive");
  return { ...scenario, script: [...script, ...steps] };
}

/** The octets that the server's user has read, and those that each call of it got. */
function read(scenario: Scenario): { delivered: number[]; calls: (number | string)[] } {
  const { events } = traceScenario(scenario);
  const delivered: number[] = [];
  const calls: (number | string)[] = [];
  for (const event of events) {
    if (event.host !== "server") continue;
    if (event.type === "delivery") delivered.push(event.length);
    if (event.type === "call" && event.call === "receive") {
      calls.push(event.error ?? event.length ?? 0);
    }
  }
  return { delivered, calls };
}

const receive = (atUs: number, bytes?: number): Step => ({
  atUs,
  host: "server",
  call: "receive",
  ...(bytes === undefined ? {} : { bytes }),
});

test("a user who does not read is delivered nothing", () => {
  const silent = { ...readBy(), untilUs: 4_000_000 };
  expect(read(silent)).toEqual({ delivered: [], calls: [] });
});

test("receive hands over as many octets as it asks for, or all that there are", () => {
  const { delivered, calls } = read(readBy(receive(1_000_000, 100), receive(1_100_000)));
  expect(calls).toEqual([100, 2820]);
  expect(delivered).toEqual([100, 2820]);
});

test("with nothing to read, receive says EAGAIN", () => {
  expect(read({ ...readBy(receive(180_000)), untilUs: 200_000 }).calls).toEqual(["EAGAIN"]);
});

test("what is read sets off what waits for it", () => {
  const answer: Step = { on: { received: 2920 }, host: "server", call: "send", bytes: 7 };
  const { segments } = traceScenario(readBy(receive(1_000_000), answer));
  const sent = segments.find(({ from, length }) => from === "server" && length === 7);
  expect(sent?.sentAtUs).toBe(1_000_000);
});
