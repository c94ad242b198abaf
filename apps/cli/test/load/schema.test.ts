import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { load } from "./support/run-load.ts";

const url = new URL("../../../../packages/simulator/schema/load.v1.schema.json", import.meta.url);
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
const isReport = ajv.compile(JSON.parse(readFileSync(url, "utf8")));

function problems(value: unknown): string[] {
  isReport(value);
  return (isReport.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const files = { "/ss": "TCP:   3 (estab 1, closed 2, orphaned 0, timewait 1)\n" };

test.each([
  "steady --connections 200 --set loss=10%",
  "steady --connections 50 --set loss=100%",
  "steady --connections 50 --replications 3",
  "port-exhaustion --rate 100 --set ports=500",
  "port-exhaustion --rate 100 --set ports=500 --set arrivals=poisson --replications 3",
  "port-exhaustion --rate 10 --set ports=50 --ss /ss",
  "accept-queue-overflow --set clients=300 --set backlog=50",
  "close-wait-leak --rate 20 --set leak=100% --set limit=124",
])("the JSON of synfin load %s is what the schema says", async (args) => {
  const { stdout } = await load(`${args} --format json`, { files });
  expect(problems(JSON.parse(stdout()))).toEqual([]);
});

test("the schema refuses what is not right", async () => {
  const { stdout } = await load("steady --connections 10 --format json");
  const report: object = JSON.parse(stdout());
  expect(problems(report)).toEqual([]);
  expect(problems({ ...report, version: 2 })).not.toEqual([]);
  expect(problems({ ...report, digest: "no" })).not.toEqual([]);
  expect(problems({ ...report, extra: 1 })).not.toEqual([]);
  expect(problems({ ...report, virtualUs: 0.5 })).not.toEqual([]);
  expect(problems({ ...report, capacity: [{ resource: "ports" }] })).not.toEqual([]);
  expect(problems({ ...report, firstFailure: { errno: "ETIMEDOUT" } })).not.toEqual([]);
});
