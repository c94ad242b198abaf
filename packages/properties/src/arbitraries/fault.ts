import { FAULT_ACTIONS, FAULT_KINDS, type Fault, formatFault } from "@synfin/simulator";
import fc from "fast-check";
import { SHRINK_TO_FIRST } from "./shrink.ts";

const fault: fc.Arbitrary<Fault> = fc
  .record({
    action: fc.constantFrom(...FAULT_ACTIONS),
    delayUs: fc.constantFrom(200_000, 1, 60_000, 1_500_000, 130_000_000),
    end: fc.constantFrom("client", "server"),
    kind: fc.constantFrom(...FAULT_KINDS),
    nth: fc.oneof(
      SHRINK_TO_FIRST,
      { weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 12 }) },
    ),
    retransmissions: fc.boolean(),
  })
  .map((drawn) => ({ ...drawn, delayUs: drawn.action === "delay" ? drawn.delayUs : 0 }));

/** A fault in the text of the fault grammar, between hosts called `client` and `server`. */
export const faultText: fc.Arbitrary<string> = fault.map(formatFault);
