import {
  type Action,
  SCENARIO_VERSION,
  type Scenario,
  type Step,
  type When,
} from "@synfin/simulator";
import fc from "fast-check";
import { faultText } from "./fault.ts";
import { isn } from "./isn.ts";
import { link } from "./link.ts";
import { SHRINK_TO_FIRST } from "./shrink.ts";
import type { Trial } from "./trial.ts";
import { describeTrial } from "./trial.ts";

/** A scenario, the seed to play it with, and which of its hosts is the TCP under test. */
export interface PortTrial extends Trial {
  /** The name of that host: `client` connects, `server` listens. */
  readonly subject: string;
}

const who = fc.constantFrom("client", "server");

/** Whole milliseconds: several things happen at once, and a shrunk story reads well. */
const soonUs = fc.integer({ min: 0, max: 400 }).map((n) => n * 1000);
const laterUs = fc.integer({ min: 200, max: 4000 }).map((n) => n * 1000);

/** As a reaction to what the user is told, or at a time of its own. */
const when: fc.Arbitrary<When> = fc.oneof(
  SHRINK_TO_FIRST,
  {
    weight: 6,
    arbitrary: soonUs.map((afterUs): When => ({ on: "ESTABLISHED", afterUs })),
  },
  { weight: 2, arbitrary: soonUs.map((afterUs): When => ({ on: "CLOSE-WAIT", afterUs })) },
  { weight: 2, arbitrary: laterUs.map((atUs): When => ({ atUs })) },
);

const bytes = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5000 }) },
);

type Call =
  | { readonly call: "send"; readonly bytes: number }
  | { readonly call: "shutdown" | "abort" };

const call: fc.Arbitrary<Call> = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 10, arbitrary: bytes.map((octets) => ({ call: "send" as const, bytes: octets })) },
  { weight: 2, arbitrary: fc.constant({ call: "shutdown" as const }) },
  { weight: 1, arbitrary: fc.constant({ call: "abort" as const }) },
);

const act: fc.Arbitrary<Step> = fc
  .tuple(when, who, call)
  .map(([time, host, what]) => stepOf(time, { host, ...what }));

/** Most users close in the end: when the connection is there, or when the peer has. */
function closing(host: string): fc.Arbitrary<readonly Step[]> {
  return fc.oneof(
    SHRINK_TO_FIRST,
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 8, arbitrary: when.map((time) => [stepOf(time, { host, call: "shutdown" })]) },
  );
}

function stepOf(time: When, action: Action): Step {
  return Object.assign({}, time, action);
}

/** Mostly what goes wrong is told by faults: a chance of the link's shrinks to no small story. */
const mostlyPlain = fc.oneof(
  SHRINK_TO_FIRST,
  {
    weight: 3,
    arbitrary: fc.record({ delayUs: fc.constantFrom(50_000, 1_000, 333_333, 700_000) }),
  },
  { weight: 1, arbitrary: link },
);

/** Sometimes no one listens yet. */
const listenAtUs = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: soonUs },
);

/** What the peer, synfin's machine, does differently: small windows and segments, late ACKs. */
const peerParams = fc
  .record(
    {
      delayedAckUs: fc.constantFrom(0, 40_000, 200_000, 499_999),
      receiveBuffer: fc.constantFrom(65535, 5000, 1000, 300),
      mss: fc.constantFrom(1460, 536, 100),
    },
    { requiredKeys: [] },
  )
  .map((drawn): Record<string, number> => ({ ...drawn }));

const parts = fc.record(
  {
    subject: who,
    seed: fc.nat(),
    isns: fc.tuple(isn, isn),
    params: peerParams,
    link: mostlyPlain,
    faults: fc.array(faultText, { maxLength: 3 }),
    listenAtUs,
    acts: fc.array(act, { maxLength: 5 }),
    ending: fc.tuple(closing("client"), closing("server")),
  },
  { noNullPrototype: true },
);

/**
 * A random connection of a TCP under test with synfin's machine: which of the
 * two connects, a link between good and bad, faults, initial sequence numbers
 * near the edges, and users who send, half-close and abort at any time or as
 * reactions. Shrinks to a three-way handshake without a fault.
 */
export const portTrial: fc.Arbitrary<PortTrial> = parts.map(({ subject, seed, ...drawn }) => {
  const trial = { scenario: scenarioOf(subject, drawn), seed, subject };
  const text = () => describePortTrial(trial);
  return Object.defineProperty(trial, fc.toStringMethod, { value: text, enumerable: false });
});

/** The trial as lines of text. */
export function describePortTrial(trial: PortTrial): string {
  return `the TCP under test is the ${trial.subject}\n${describeTrial(trial)}`;
}

type Drawn = Omit<
  typeof parts extends fc.Arbitrary<infer Parts> ? Parts : never,
  "subject" | "seed"
>;

function scenarioOf(subject: string, drawn: Drawn): Scenario {
  const paramsOf = (name: string) => (name === subject ? {} : { params: drawn.params });
  const host = (name: string, address: string, iss: number) => {
    return { name, address, isns: [iss], ...paramsOf(name) };
  };
  const [clientIss, serverIss] = drawn.isns;
  return {
    format: "synfin-scenario",
    version: SCENARIO_VERSION,
    name: "port",
    title: { en: "A TCP under test", ko: "시험 중인 TCP" },
    description: { en: "Made by a property.", ko: "속성 검사가 만들었습니다." },
    hosts: [host("client", "192.0.2.1", clientIss), host("server", "192.0.2.2", serverIss)],
    link: drawn.link,
    script: [
      { atUs: drawn.listenAtUs, host: "server", call: "listen", port: 80 },
      { atUs: 0, host: "client", call: "connect", port: 80, fromPort: 50_000 },
      ...drawn.acts,
      ...drawn.ending.flat(),
    ],
    faults: drawn.faults,
  };
}
