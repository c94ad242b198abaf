import { SCENARIO_VERSION, type Scenario, type ScenarioHost } from "@synfin/simulator";
import fc from "fast-check";
import { faultText } from "./fault.ts";
import { type HostTraits, hostTraits } from "./host.ts";
import { link } from "./link.ts";
import { reading, script } from "./script.ts";
import { SHRINK_TO_FIRST } from "./shrink.ts";

const ADDRESSES = {
  4: { client: "192.0.2.1", server: "192.0.2.2" },
  6: { client: "2001:db8::1", server: "2001:db8::2" },
} as const;

/** Most runs go on until nothing is left to happen; some are cut short. */
const untilUs = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(1_000_000, 150_000, 60_000_000) },
);

/**
 * A random connection between `client` and `server`: a link between good and
 * bad, faults, initial sequence numbers near the edges, parameters, and users
 * who connect (sometimes both at once), send, half-close, close, abort and
 * reboot at any time or as reactions. Shrinks to the plain three-way handshake.
 */
export const randomScenario: fc.Arbitrary<Scenario> = fc
  .record(
    {
      version: fc.oneof(
        SHRINK_TO_FIRST,
        { weight: 4, arbitrary: fc.constant(4 as const) },
        { weight: 1, arbitrary: fc.constant(6 as const) },
      ),
      link,
      client: hostTraits,
      server: hostTraits,
      script,
      reading,
      faults: fc.array(faultText, { maxLength: 3 }),
      untilUs,
    },
    { noNullPrototype: true },
  )
  .map((parts) => ({
    format: "synfin-scenario",
    version: SCENARIO_VERSION,
    name: "random",
    title: { en: "Random", ko: "무작위" },
    description: { en: "Made by a property.", ko: "속성 검사가 만들었습니다." },
    hosts: [
      hostOf("client", parts.version, parts.client),
      hostOf("server", parts.version, parts.server),
    ],
    link: parts.link,
    script: [
      ...parts.script({ client: parts.client.isns[0], server: parts.server.isns[0] }),
      ...(parts.client.reads === false ? parts.reading.client : []),
      ...(parts.server.reads === false ? parts.reading.server : []),
    ],
    faults: parts.faults,
    ...untilOf(parts.untilUs, parts.client, parts.server),
  }));

/** With a user who may never read, a shut window could be probed for ever (MUST-37). */
const PATIENCE_US = 600_000_000;

function untilOf(
  untilUs: number | undefined,
  ...hosts: readonly HostTraits[]
): { readonly untilUs?: number } {
  if (untilUs !== undefined) return { untilUs };
  return hosts.some(({ reads }) => reads === false) ? { untilUs: PATIENCE_US } : {};
}

function hostOf(name: "client" | "server", version: 4 | 6, traits: HostTraits): ScenarioHost {
  return { name, address: ADDRESSES[version][name], ...traits };
}
