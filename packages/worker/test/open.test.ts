import { readFileSync } from "node:fs";
import { checkRequest, planOf, SampleRun } from "@synfin/simulator/bulk";
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
    result: { summary: { connections: { opened: 100, closed: 100, failed: 0 } } },
  });
});

test("a connection asked for through the boundary is the one of the run", async () => {
  const request = steady({ connections: 3000, rate: 1000, loss: 50_000 });
  const told: number[] = [];
  const simulation = await openSimulation({ backends: ["main-thread"] });
  const there = await simulation.sample({ ...request, nth: 2500 }, ({ opened }) => {
    told.push(opened);
  });
  simulation.close();
  const checked = checkRequest(request);
  if (!checked.ok) throw new Error(checked.message);
  const { scenario, settings } = checked.value;
  const how = { scenario: "steady", seed: 7, nth: 2500, profile: settings.profile.name };
  const here = new SampleRun(planOf(scenario, settings), how);
  while (!here.advance(1000));
  expect(there).toEqual(here.trace());
  expect(there.segments.length).toBeGreaterThan(5);
  expect(told.at(-1)).toBeGreaterThan(1000);
});

test("a connection that there is none of is refused in words, and the next one is found", async () => {
  const simulation = await openSimulation({ backends: ["main-thread"] });
  const request = steady({ connections: 10, hold: 1 });
  await expect(simulation.sample({ ...request, nth: 11 })).rejects.toThrow(
    "there is no connection 11: no user opened one of this number",
  );
  await expect(simulation.sample({ ...request, nth: 0.5 })).rejects.toThrow(
    "the connection is 0.5; it must be an integer from 1 on",
  );
  await expect(simulation.sample({ ...request, scenario: "staedy", nth: 1 })).rejects.toThrow(
    'there is no load scenario "staedy"',
  );
  expect((await simulation.sample({ ...request, nth: 10 })).segments.length).toBeGreaterThan(5);
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
