import fc from "fast-check";
import type { HostNumbers } from "../run/twins.ts";
import { isn } from "./isn.ts";

/** Other initial sequence numbers for both hosts, near the edges mostly. */
export const otherIsns: fc.Arbitrary<HostNumbers> = fc.record(
  { client: isn, server: isn },
  { noNullPrototype: true },
);
