import { createTcb, type Tcb } from "@synfin/core/tcp";
import { expect, test } from "vitest";
import { resetTcb } from "../../src/tcp/tcb.ts";
import { ISS, Machine } from "./support/machine.ts";

test("an OPEN begins with a blank TCB, whatever was in it; only tsOffset stays", () => {
  const fresh = new Machine();
  fresh.tcb.tsOffset = 77;
  fresh.open(ISS);
  const used = new Machine();
  for (const field of Object.keys(createTcb()) as (keyof Tcb)[]) {
    Object.assign(used.tcb, { [field]: 77 });
  }
  used.tcb.state = 0;
  used.open(ISS);
  expect(used.tcb).toEqual(fresh.tcb);
});

test("a TCB that is reset is a new one; only tsOffset stays", () => {
  const names = Object.keys(createTcb()) as (keyof Tcb)[];
  const tcb = createTcb();
  for (const name of names) Object.assign(tcb, { [name]: 77 });
  resetTcb(tcb);
  expect(tcb).toEqual({ ...createTcb(), tsOffset: 77 });
});
