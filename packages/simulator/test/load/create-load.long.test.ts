import { expect, test } from "vitest";
import { covered } from "../../../../tools/testing/long.ts";
import { createLoad, DEFAULT_LOAD, type LoadSpec } from "../../src/load/index.ts";
import { clientCount } from "../../src/load/workload.ts";

test("more connections than one client has ports come from several", () => {
  const spec: LoadSpec = {
    ...DEFAULT_LOAD,
    connections: 50_003,
    ratePerSecond: 1_000_000,
    holdUs: 0,
    loss: [0, 1],
    params: { mslUs: 1_000 },
  };
  expect(clientCount(spec.connections)).toBe(2);
  const run = createLoad(spec);
  while (!run.advance(100_000));
  const result = run.result();
  expect(result).toMatchObject({ opened: 50_003, closed: 50_003, failed: 0 });
  covered(`${result.opened} connections of 2 clients, ${result.events} events`);
});
