import { type StateName, seqAdd } from "@synfin/core/tcp";
import type { Action, InjectedSegment, Step, When } from "@synfin/simulator";
import fc from "fast-check";
import { SHRINK_TO_FIRST } from "./shrink.ts";

const SERVER_PORT = 80;
const CLIENT_PORT = 50_000;

const host = fc.constantFrom("client", "server");

/** Whole milliseconds mostly, so that several things happen at once; now and then any time. */
const soonUs = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 400 }).map((n) => n * 1000) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5_000_000 }) },
);

/** A time of day: while the connection opens, or after it most likely has. */
const timeUs = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 1, arbitrary: soonUs },
  { weight: 3, arbitrary: fc.integer({ min: 200, max: 4000 }).map((n) => n * 1000) },
);

const OTHER_STATES: readonly StateName[] = [
  "CLOSE-WAIT",
  "FIN-WAIT-1",
  "FIN-WAIT-2",
  "SYN-RECEIVED",
  "SYN-SENT",
  "CLOSING",
  "LAST-ACK",
  "TIME-WAIT",
];

function onState(...states: readonly StateName[]): fc.Arbitrary<When> {
  return fc.record({ on: fc.constantFrom(...states), afterUs: soonUs });
}

const onReceived: fc.Arbitrary<When> = fc.record({
  on: fc.record({ received: fc.integer({ min: 1, max: 6000 }) }),
  afterUs: soonUs,
});

const when: fc.Arbitrary<When> = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 6, arbitrary: onState("ESTABLISHED") },
  { weight: 3, arbitrary: fc.record({ atUs: timeUs }) },
  { weight: 2, arbitrary: onState(...OTHER_STATES) },
  { weight: 1, arbitrary: onReceived },
);

const bytes = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 200 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 5000 }) },
);

type Call = Extract<Action, { call: "send" | "receive" | Plain }>;
type Plain = "shutdown" | "close" | "abort" | "reboot" | "keep-alive";

type WithoutHost<T> = T extends unknown ? Omit<T, "host"> : never;

const call: fc.Arbitrary<WithoutHost<Call>> = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 10, arbitrary: fc.record({ call: fc.constant("send" as const), bytes }) },
  {
    weight: 2,
    arbitrary: bytes.map((octets) => ({
      ...{ call: "send" as const, bytes: octets, urgent: true as const },
    })),
  },
  { weight: 3, arbitrary: fc.constant({ call: "shutdown" as const }) },
  { weight: 1, arbitrary: fc.constant({ call: "keep-alive" as const }) },
  { weight: 5, arbitrary: fc.constant({ call: "close" as const }) },
  { weight: 1, arbitrary: fc.constant({ call: "abort" as const }) },
  { weight: 1, arbitrary: fc.constant({ call: "reboot" as const }) },
);

const act: fc.Arbitrary<Step> = fc
  .tuple(when, host, call)
  .map(([time, who, what]): Step => Object.assign({}, time, { host: who }, what));

/** How a connection is opened: the first is the plain one. */
type Opening = "three-way" | "late listener" | "simultaneous" | "nobody listens";

const opening: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.oneof(
      SHRINK_TO_FIRST,
      { weight: 6, arbitrary: fc.constant<Opening>("three-way") },
      { weight: 1, arbitrary: fc.constant<Opening>("late listener") },
      { weight: 3, arbitrary: fc.constant<Opening>("simultaneous") },
      { weight: 1, arbitrary: fc.constant<Opening>("nobody listens") },
    ),
    soonUs,
  )
  .map(([how, laterUs]) => openingSteps(how, laterUs));

function openingSteps(how: Opening, laterUs: number): readonly Step[] {
  switch (how) {
    case "three-way":
      return [listenAt(0), connectAt(0)];
    case "late listener":
      return [connectAt(0), listenAt(laterUs)];
    case "simultaneous":
      return [
        connectAt(0),
        {
          ...{ atUs: laterUs, host: "server", call: "connect" },
          ...{ port: CLIENT_PORT, fromPort: SERVER_PORT },
        },
      ];
    case "nobody listens":
      return [connectAt(0)];
  }
}

function listenAt(atUs: number): Step {
  return { atUs, host: "server", call: "listen", port: SERVER_PORT };
}

function connectAt(atUs: number): Step {
  return { atUs, host: "client", call: "connect", port: SERVER_PORT, fromPort: CLIENT_PORT };
}

/** Most users close in the end: some time after the connection is there, or when the peer has. */
const ending: fc.Arbitrary<readonly Step[]> = fc
  .tuple(closing("client"), closing("server"))
  .map((both) => both.flat());

function closing(who: string): fc.Arbitrary<readonly Step[]> {
  const time = fc.oneof(
    SHRINK_TO_FIRST,
    { weight: 4, arbitrary: onState("ESTABLISHED") },
    { weight: 4, arbitrary: onState("CLOSE-WAIT") },
    { weight: 2, arbitrary: fc.record({ atUs: timeUs }) },
  );
  return fc.oneof(
    SHRINK_TO_FIRST,
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 8, arbitrary: time.map((one): Step[] => [{ ...one, host: who, call: "close" }]) },
  );
}

/** Sometimes the same ports are used again: after a reboot, a reset, or too early. */
const again: fc.Arbitrary<readonly Step[]> = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 5, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: timeUs.map((atUs) => [connectAt(atUs + 1)]) },
  { weight: 1, arbitrary: timeUs.map((atUs) => [listenAt(atUs + 1), connectAt(atUs + 1)]) },
);

/**
 * Now and then a SYN or a RST turns up that no machine sent: an old duplicate,
 * or an attacker's. Only these: text, FIN and ACK out of nowhere would be
 * believed, and no TCP could then keep its word. Each counts from the first
 * initial sequence number in `isns` of the host that seems to send it.
 */
const strays: fc.Arbitrary<readonly Stray[]> = fc.oneof(
  SHRINK_TO_FIRST,
  { weight: 4, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.record({
        when,
        host: fc.constantFrom("client" as const, "server" as const),
        flag: fc.constantFrom("SYN" as const, "RST" as const),
        offset: fc.oneof(
          SHRINK_TO_FIRST,
          fc.integer({ min: -2, max: 300 }),
          fc.integer({ min: -70_000, max: 70_000 }),
        ),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  },
);

/** A segment from nowhere, before it is known where its host's numbers begin. */
interface Stray {
  readonly when: When;
  readonly host: "client" | "server";
  readonly flag: "SYN" | "RST";
  readonly offset: number;
}

const PORTS = { client: CLIENT_PORT, server: SERVER_PORT } as const;

function strayStep({ when: time, host: who, flag, offset }: Stray, isns: FirstIsns): Step {
  const segment: InjectedSegment = {
    flags: [flag],
    seq: seqAdd(isns[who] ?? 0, offset),
    window: 1000,
    srcPort: PORTS[who],
    dstPort: PORTS[who === "client" ? "server" : "client"],
  };
  return { ...time, host: who, call: "inject", segment };
}

/** The first initial sequence number of each host, where one is given. */
export type FirstIsns = Readonly<Record<"client" | "server", number | undefined>>;

/** What both users do, from the first call to the last, once it is known where numbers begin. */
export const script: fc.Arbitrary<(isns: FirstIsns) => readonly Step[]> = fc
  .tuple(opening, fc.array(act, { maxLength: 6 }), ending, again, strays)
  .map(([first, acts, last, once, odd]) => (isns) => [
    ...[...first, ...acts, ...last, ...once],
    ...odd.map((stray) => strayStep(stray, isns)),
  ]);

/** When a slow user reads, and how much: some octets, or all that there are. */
function readingOf(who: string): fc.Arbitrary<readonly Step[]> {
  const time = fc.oneof(
    SHRINK_TO_FIRST,
    { weight: 3, arbitrary: onState("ESTABLISHED") },
    {
      weight: 2,
      arbitrary: fc.integer({ min: 1, max: 300 }).map((n) => ({ atUs: n * 1_000_000 })),
    },
    { weight: 1, arbitrary: onState("CLOSE-WAIT") },
  );
  const part = fc.oneof(
    SHRINK_TO_FIRST,
    fc.constant({}),
    fc.integer({ min: 1, max: 3000 }).map((octets) => ({ bytes: octets })),
  );
  const step = fc
    .tuple(time, part)
    .map(([one, octets]): Step => ({ ...one, host: who, call: "receive", ...octets }));
  return fc.array(step, { maxLength: 5 });
}

/** What each user reads, where it does not read at once. */
export const reading: fc.Arbitrary<Readonly<Record<"client" | "server", readonly Step[]>>> =
  fc.record({ client: readingOf("client"), server: readingOf("server") });
