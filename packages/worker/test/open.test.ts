import { readFileSync } from "node:fs";
import { scenarios, traceScenario } from "@synfin/simulator";
import { expect, test } from "vitest";
import { openSimulation } from "../src/open.ts";
import { WORKER_VERSION } from "../src/version.ts";
import { STEADY, steady } from "./crowd.ts";

test("page and worker tell each other this package's own version", () => {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  expect(manifest).toMatchObject({ version: WORKER_VERSION });
});

test("where there are no workers, the service runs in slices on the same thread", async () => {
  const simulation = await openSimulation({ backends: ["main-thread"] });
  const session = await simulation.load(steady({ connections: 100 }));
  let reply = await session.next();
  while (reply.kind === "frame") reply = await session.next();
  simulation.close();
  expect(reply).toMatchObject({
    kind: "done",
    result: { connections: { opened: 100, closed: 100, failed: 0 } },
  });
});

test("a trace asked for through the boundary is the trace itself", async () => {
  const simulation = await openSimulation({ backends: ["main-thread"] });
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error("no scenario ships");
  const there = await simulation.trace({ scenario, seed: 5 });
  simulation.close();
  expect(there).toEqual(traceScenario(scenario, { seed: 5 }));
});

test("a bad fault is refused with the parser's words, and the simulation goes on", async () => {
  const simulation = await openSimulation({ backends: ["main-thread"] });
  const [scenario] = scenarios;
  if (scenario === undefined) throw new Error("no scenario ships");
  const faults = ["lose:client:FIN"];
  await expect(simulation.trace({ scenario, faults })).rejects.toThrow("lose");
  expect((await simulation.trace({ scenario })).digest).toMatch(/^[0-9a-f]{16}$/);
  simulation.close();
});

test("a bad request is refused with name, value and bound", async () => {
  const simulation = await openSimulation({ backends: ["main-thread"] });
  await expect(simulation.load(steady({ connections: 0.5 }))).rejects.toThrow(
    "connections is 0.5; it must be an integer from 1 to 100000000",
  );
  await expect(simulation.load({ ...STEADY, scenario: "staedy" })).rejects.toThrow(
    'there is no load scenario "staedy" (did you mean steady?)',
  );
  simulation.close();
});

test("after closing, everything is refused", async () => {
  const simulation = await openSimulation({ backends: ["main-thread"] });
  simulation.close();
  simulation.close();
  await expect(simulation.load(STEADY)).rejects.toThrow("The simulation was closed");
});

test("with no way left, the error tells what was tried", async () => {
  await expect(openSimulation({ backends: ["worker-url"] })).rejects.toThrow(
    "No way to run the simulation works here (worker-url: no worker-url was given)",
  );
});
