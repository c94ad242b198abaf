import { createTcb, type Tcb } from "@synfin/core/tcp";
import { expect, test } from "vitest";
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
