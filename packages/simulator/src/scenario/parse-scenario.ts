import { Flag, type FlagName, PROFILE_NAMES, paramProblem, STATE_NAMES } from "@synfin/core/tcp";
import { parseAddress } from "@synfin/core/wire";
import * as v from "valibot";
import { parseFault } from "../fault/parse-fault.ts";
import { SCENARIO_VERSION, type Scenario } from "./scenario.ts";

/** A scenario, or one line that names the place, the bad value and what would be right. */
export type ScenarioResult =
  | { readonly ok: true; readonly value: Scenario }
  | { readonly ok: false; readonly message: string };

const HOUR_US = 3_600_000_000;
const FLAG_NAMES = Object.keys(Flag) as FlagName[];

const int = (min: number, max: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const timeUs = int(0, 24 * HOUR_US);
const uint32 = int(0, 0xffff_ffff);
const port = int(1, 65535);
const name = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,62}$/, "lower-case words with hyphens"));
const text = v.strictObject({ en: v.string(), ko: v.string() });

const address = v.pipe(
  v.string(),
  v.check((value) => parseAddress(value).ok, "an IPv4 or IPv6 address, such as 192.0.2.1"),
);

/** An address in one spelling. */
function octets(value: string): string {
  const parsed = parseAddress(value);
  return parsed.ok ? parsed.value.join(".") : value;
}

const params = v.pipe(
  v.record(v.string(), v.number()),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const [key, value] of Object.entries(dataset.value)) {
      const problem = paramProblem(key, value);
      if (problem !== undefined) addIssue({ message: problem });
    }
  }),
);

const host = v.strictObject({
  name,
  address,
  isns: v.optional(v.pipe(v.array(uint32), v.maxLength(100))),
  params: v.optional(params),
  reads: v.optional(v.boolean()),
});

const ratio = v.pipe(
  v.tuple([int(0, 0xffff_ffff), int(1, 0xffff_ffff)]),
  v.check(([numerator, denominator]) => numerator <= denominator, "at most one: [1, 50]"),
);

const link = v.strictObject({
  delayUs: int(0, HOUR_US),
  jitterUs: v.optional(int(0, HOUR_US)),
  loss: v.optional(ratio),
  duplicate: v.optional(ratio),
  reorder: v.optional(ratio),
  corrupt: v.optional(ratio),
});

const injected = v.strictObject({
  flags: v.array(v.picklist(FLAG_NAMES)),
  seq: uint32,
  ack: v.optional(uint32),
  length: v.optional(int(0, 1460)),
  window: v.optional(int(0, 65535)),
  srcPort: port,
  dstPort: port,
});

const received = v.strictObject({ received: int(1, 0x3fff_ffff) });

/** When, who: the fields that every step has beside those of its call. */
const common = {
  host: name,
  atUs: v.optional(timeUs),
  on: v.optional(v.union([v.picklist(STATE_NAMES), received])),
  afterUs: v.optional(timeUs),
};

const step = v.pipe(
  v.variant("call", [
    v.strictObject({ ...common, call: v.literal("listen"), port }),
    v.strictObject({ ...common, call: v.literal("connect"), port, fromPort: v.optional(port) }),
    v.strictObject({
      ...common,
      call: v.literal("send"),
      bytes: int(1, 65536),
      urgent: v.optional(v.literal(true)),
    }),
    v.strictObject({ ...common, call: v.literal("receive"), bytes: v.optional(int(1, 65536)) }),
    v.strictObject({ ...common, call: v.literal("keep-alive") }),
    v.strictObject({ ...common, call: v.literal("shutdown") }),
    v.strictObject({ ...common, call: v.literal("close") }),
    v.strictObject({ ...common, call: v.literal("abort") }),
    v.strictObject({ ...common, call: v.literal("reboot") }),
    v.strictObject({ ...common, call: v.literal("inject"), segment: injected }),
  ]),
  v.check(
    ({ atUs, on, afterUs }) =>
      (atUs === undefined) !== (on === undefined) && (afterUs === undefined || on !== undefined),
    'either "atUs" or "on", with "afterUs" only beside "on"',
  ),
);

const fault = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const result = parseFault(dataset.value);
    if (!result.ok) addIssue({ message: result.message });
  }),
);

const schema = v.pipe(
  v.strictObject({
    format: v.literal("synfin-scenario"),
    version: v.literal(SCENARIO_VERSION),
    name,
    title: text,
    description: text,
    profile: v.optional(v.picklist(PROFILE_NAMES)),
    hosts: v.strictTuple([host, host]),
    link,
    script: v.pipe(v.array(step), v.maxLength(200)),
    faults: v.optional(v.pipe(v.array(fault), v.maxLength(100))),
    untilUs: v.optional(timeUs),
  }),
  v.check(({ hosts: [a, b] }) => a.name !== b.name, "hosts: two different names"),
  v.check(
    ({ hosts: [a, b] }) => octets(a.address) !== octets(b.address),
    "hosts: two different addresses",
  ),
  v.check(
    ({ hosts: [a, b] }) => a.address.includes(":") === b.address.includes(":"),
    "hosts: addresses of one IP version",
  ),
  v.check(
    ({ hosts, script }) => strangers(hosts, script).length === 0,
    ({ input: { hosts, script } }) =>
      `script: every step's host should be one of the two, ${namesOf(hosts).join(" or ")}, not ${JSON.stringify(strangers(hosts, script)[0])}`,
  ),
  v.check(({ hosts, faults = [] }) => {
    const ends = faults.map((one) => parseFault(one)).map((one) => (one.ok ? one.value.end : ""));
    return ends.every((end) => hosts.some((known) => known.name === end));
  }, "faults: every fault's end should be one of the two hosts"),
);

interface Named {
  readonly name: string;
}

function namesOf(hosts: readonly Named[]): string[] {
  return hosts.map(({ name: known }) => known);
}

/** The hosts of steps that are none. */
function strangers(
  hosts: readonly Named[],
  script: readonly { readonly host: string }[],
): string[] {
  return script.map((one) => one.host).filter((one) => !namesOf(hosts).includes(one));
}

/** Checks what came from outside: a file, a page, a link. Never throws. */
export function parseScenario(input: unknown): ScenarioResult {
  const result = v.safeParse(schema, input);
  // The schema knows which steps go together; its type is looser than `Scenario`'s.
  if (result.success) return { ok: true, value: result.output as unknown as Scenario };
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  const where = place === null ? "the scenario" : place;
  return { ok: false, message: `bad scenario: ${where}: ${issue.message}${notThis(issue)}` };
}

/** The bad value, where a rule of our own has not named it: `, not "My close"`. */
function notThis({ input, message, received }: v.BaseIssue<unknown>): string {
  return typeof input !== "string" || message.includes(received) ? "" : `, not ${received}`;
}
