import { expect, test } from "vitest";
import { load, report } from "./support/run-load.ts";

test("what gives way first is a resource, even where calls failed of other things before", async () => {
  const gone = "fin-wait-1-orphans --rate 2 --set gone=100% --set periods=4";
  const few = await report(`${gone} --set arrivals=constant --set max-orphans=300`);
  expect(few.failures["ETIMEDOUT"]?.firstAtUs).toBeGreaterThan(0);
  expect(few.firstFailure).toMatchObject({ resource: null, errno: "ETIMEDOUT", formula: null });
  expect(few.capacity).toMatchObject([{ resource: "orphans", usedUpAtUs: null }]);
  const many = await report(`${gone} --set arrivals=constant --set max-orphans=204`);
  expect(many.failures["ETIMEDOUT"]?.firstAtUs).toBe(few.failures["ETIMEDOUT"]?.firstAtUs);
  expect(many.firstFailure).toMatchObject({ resource: "orphans", counter: "TCPAbortOnMemory" });
});

test("a queue says what it can carry, whether it was enough or not", async () => {
  const burst = "accept-queue-overflow --set clients=600 --set backlog=100 --set within";
  const { stdout: short } = await load(`${burst}=300ms`);
  expect(short()).toContain(
    "First to give way: accept queue (ListenOverflows) at 101.5 ms. It would have held at up to 1205 connections per second (clients × service / (clients − backlog − 2)).",
  );
  expect(short()).toMatch(/\ncapacity +holds up to +used up at\naccept queue +1205\/s +101.5 ms/);
  const { stdout: enough } = await load(`${burst}=600ms`);
  expect(enough()).toContain("Nothing failed.\n");
  expect(enough()).toMatch(/\naccept queue +1205\/s +– +clients × service/);
});

test("whoever leaks holds at no rate", async () => {
  const { stdout } = await load("close-wait-leak --rate 20 --set leak=100% --set limit=124");
  expect(stdout()).toContain(
    "First to give way: file descriptors (EMFILE) at 5.002 s. It would have held at no rate (what is forgotten is never given back).",
  );
});
