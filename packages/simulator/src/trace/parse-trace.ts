import { Flag, type FlagName, STATE_NAMES } from "@synfin/core/tcp";
import * as v from "valibot";
import { TRACE_VERSION, type Trace } from "./trace.ts";

/** A trace, or one line that names the place, the bad value and what would be right. */
export type TraceResult =
  | { readonly ok: true; readonly value: Trace }
  | { readonly ok: false; readonly message: string };

const FLAG_NAMES = Object.keys(Flag) as FlagName[];

const int = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max));
const timeUs = int(Number.MAX_SAFE_INTEGER);
const uint32 = int(0xffff_ffff);
const uint16 = int(0xffff);
const hostName = v.pipe(v.string(), v.minLength(1));
const state = v.picklist(STATE_NAMES);
const hex = v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2}){40,}$/, "an IP packet in hexadecimal"));

const host = v.strictObject({
  name: hostName,
  address: v.string(),
  port: uint16,
  isns: v.array(uint32),
  initialState: state,
});

const option = v.strictObject({
  name: v.string(),
  value: v.optional(uint32),
  echo: v.optional(uint32),
  blocks: v.optional(v.array(v.tuple([uint32, uint32]))),
});

const arrival = v.strictObject({
  atUs: timeUs,
  verdict: v.picklist(["deliver", "drop", "duplicate", "delay", "reorder", "corrupt"]),
  packet: v.optional(hex),
});

const segment = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^.+-[1-9][0-9]*$/, "such as client-3")),
  sentAtUs: timeUs,
  from: hostName,
  to: hostName,
  srcPort: uint16,
  dstPort: uint16,
  flags: v.array(v.picklist(FLAG_NAMES)),
  seq: uint32,
  ack: uint32,
  length: uint16,
  window: uint16,
  urgentPointer: uint16,
  options: v.array(option),
  retransmission: v.boolean(),
  injected: v.optional(v.literal(true)),
  arrivals: v.pipe(v.array(arrival), v.minLength(1)),
  packet: hex,
});

const change = v.strictObject({
  atUs: timeUs,
  host: hostName,
  from: state,
  to: state,
  cause: v.string(),
  section: v.string(),
  segment: v.optional(v.string()),
});

const TIMERS = [
  "retransmission",
  "persist",
  "time-wait",
  "delayed-ack",
  "user-timeout",
  "keep-alive",
  "fin-wait-2",
] as const;

const at = { atUs: timeUs, host: hostName };
const event = v.variant("type", [
  v.strictObject({
    ...at,
    type: v.literal("call"),
    call: v.string(),
    length: v.optional(uint32),
    error: v.optional(v.string()),
  }),
  v.strictObject({
    ...at,
    type: v.literal("timer"),
    timer: v.picklist(TIMERS),
    action: v.picklist(["start", "restart", "stop", "expire"]),
    deadlineUs: v.optional(timeUs),
  }),
  v.strictObject({ ...at, type: v.literal("signal"), signal: v.string() }),
  v.strictObject({ ...at, type: v.literal("delivery"), length: uint32 }),
]);

const schema = v.pipe(
  v.strictObject({
    format: v.literal("synfin-trace"),
    version: v.literal(TRACE_VERSION),
    scenario: v.pipe(v.string(), v.minLength(1)),
    seed: timeUs,
    profile: v.string(),
    digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/, "16 hexadecimal digits")),
    faults: v.array(v.string()),
    hosts: v.pipe(v.array(host), v.length(2)),
    segments: v.array(segment),
    states: v.array(change),
    events: v.array(event),
    endedAtUs: timeUs,
    cut: v.optional(v.literal(true)),
  }),
  v.check(({ hosts, segments, states, events }) => {
    const ends = [...segments.flatMap(({ from, to }) => [from, to]), ...states.map((s) => s.host)];
    const named = [...ends, ...events.map((e) => e.host)];
    return named.every((name) => hosts.some((known) => known.name === name));
  }, "every host that is named should be one of the two"),
  v.check(
    ({ segments }) => new Set(segments.map(({ id }) => id)).size === segments.length,
    "segments: every id should be there once",
  ),
  v.check(
    ({ segments }) =>
      segments.every(({ sentAtUs, arrivals }) => arrivals.every((one) => one.atUs >= sentAtUs)),
    "segments: none should arrive before it is sent",
  ),
);

/** Checks a trace that came from outside. Never throws. */
export function parseTrace(input: unknown): TraceResult {
  const result = v.safeParse(schema, input);
  // The schema allows a field that is `undefined`; JSON has none.
  if (result.success) return { ok: true, value: result.output as unknown as Trace };
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  const where = place === null ? "the trace" : place;
  return { ok: false, message: `bad trace: ${where}: ${issue.message}` };
}
