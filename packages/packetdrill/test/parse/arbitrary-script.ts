import type { FlagName } from "@synfin/core/tcp";
import fc from "fast-check";
import type {
  Action,
  EventTime,
  Expr,
  Item,
  OptionItem,
  Script,
  ScriptEvent,
  Seq,
} from "../../src/index.ts";

/** Every position of a made-up script; none is compared. */
const at = { line: 1, column: 1 } as const;

const u8 = fc.nat(0xff);
const u16 = fc.nat(0xffff);
const u32 = fc.nat(0xffff_ffff);
const us = fc.oneof(fc.nat(10_000_000), fc.nat(2 ** 52));
const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/);
const constant = fc.stringMatching(/^[A-DF-Z][A-Z0-9_]{0,8}$/);

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined });
}

const hexOctets = fc
  .uint8Array({ maxLength: 10 })
  .map((bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));

const optionItem: fc.Arbitrary<OptionItem> = fc.oneof(
  fc.record({ type: fc.constant("mss" as const), value: u16 }),
  fc.record({ type: fc.constantFrom("nop" as const, "eol" as const, "sackOK" as const) }),
  fc.record({ type: fc.constant("wscale" as const), value: u8 }),
  fc.record({ type: fc.constant("TS" as const), val: u32, ecr: u32 }),
  fc.record({
    type: fc.constant("sack" as const),
    blocks: fc.array(fc.record({ left: u32, right: u32 }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ type: fc.constant("unknown" as const), kind: u8, hex: hexOctets }),
);

const seq: fc.Arbitrary<Seq> = fc.oneof(
  fc.record({ type: fc.constant("any" as const), length: u16 }),
  fc
    .record({ start: u32, length: u16, absolute: fc.boolean() })
    .map(({ start, length, absolute }) => {
      return { type: "range" as const, start, end: (start + length) % 2 ** 32, length, absolute };
    }),
);

const ALL_FLAGS: readonly FlagName[] = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

function packet(direction: fc.Arbitrary<"in" | "out">): fc.Arbitrary<Action> {
  return fc.record({
    type: fc.constant("packet" as const),
    at: fc.constant(at),
    direction,
    ip: maybe(fc.constantFrom("ect0", "noecn")),
    flags: fc.shuffledSubarray([...ALL_FLAGS]),
    seq,
    ack: maybe(fc.record({ value: u32, absolute: fc.boolean() })),
    win: maybe(u16),
    urg: maybe(u16),
    options: fc.oneof(
      fc.constant(undefined),
      fc.constant("any" as const),
      fc.array(optionItem, { maxLength: 5 }),
    ),
  });
}

const icmp: fc.Arbitrary<Action> = fc.record({
  type: fc.constant("icmp" as const),
  at: fc.constant(at),
  direction: fc.constantFrom("in" as const, "out" as const),
  kind: fc.constantFrom("unreachable", "time_exceeded"),
  code: maybe(fc.constantFrom("port_unreachable", "host_unreachable")),
  mtu: maybe(u16),
  payload: maybe(seq),
});

const result: fc.Arbitrary<Expr> = fc.oneof(
  fc.record({
    type: fc.constant("int" as const),
    value: fc.maxSafeInteger(),
    hex: fc.constant(false),
  }),
  fc.record({ type: fc.constant("int" as const), value: u32, hex: fc.constant(true) }),
  fc.record({ type: fc.constant("word" as const), name: constant }),
);

const simpleExpr: fc.Arbitrary<Expr> = fc.oneof(
  result,
  fc.record({ type: fc.constant("any" as const) }),
  fc.record({ type: fc.constant("string" as const), text: fc.string({ unit: "grapheme" }) }),
);

const { expr } = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { depthSize: "small", maxDepth: 4 },
    simpleExpr,
    fc.record({
      type: fc.constant("or" as const),
      terms: fc.array(simpleExpr, { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant("array" as const),
      items: fc.array(tie("expr"), { maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant("struct" as const),
      fields: fc.array(fc.record({ name: maybe(name), value: tie("expr") }), { maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant("call" as const),
      name,
      args: fc.array(tie("expr"), { maxLength: 2 }),
    }),
  ),
}));

const shell = fc.record({
  type: fc.constant("shell" as const),
  at: fc.constant(at),
  command: fc.string().map((text) => text.replaceAll("`", "'")),
});

const code = fc.record({
  type: fc.constant("code" as const),
  at: fc.constant(at),
  code: fc.string().map((text) => text.replaceAll("}", ")")),
});

function syscall(endUs: fc.Arbitrary<number | undefined>): fc.Arbitrary<Action> {
  return fc.record({
    type: fc.constant("syscall" as const),
    at: fc.constant(at),
    name,
    args: fc.array(expr, { maxLength: 4 }),
    result: fc.oneof(fc.constant("any" as const), result),
    errno: maybe(fc.constantFrom("EINPROGRESS", "ECONNRESET", "E2BIG")),
    note: maybe(fc.constantFrom("Operation now in progress", "flags O_RDWR")),
    endUs,
  });
}

const point: fc.Arbitrary<EventTime> = fc.record({
  type: fc.constantFrom("absolute" as const, "relative" as const),
  us,
});

const range: fc.Arbitrary<EventTime> = fc
  .record({
    type: fc.constantFrom("absolute-range" as const, "relative-range" as const),
    us: fc.nat(2 ** 50),
    more: fc.nat(2 ** 50),
  })
  .map(({ type, us: start, more }) => ({ type, us: start, endUs: start + more }));

function event(
  time: fc.Arbitrary<EventTime>,
  action: fc.Arbitrary<Action>,
): fc.Arbitrary<ScriptEvent> {
  return fc.record({ type: fc.constant("event" as const), at: fc.constant(at), time, action });
}

const expectation = event(
  fc.oneof(point, range, fc.constant({ type: "any" as const })),
  packet(fc.constant("out" as const)),
);
const plain = event(point, fc.oneof(packet(fc.constant("in" as const)), icmp, shell, code));
const call = event(point, syscall(fc.constant(undefined)));
/** A call that begins at `us` ends no sooner. */
const blockingCall = event(
  fc.record({ type: fc.constant("relative" as const), us: fc.nat(1000) }),
  syscall(fc.integer({ min: 1000, max: 2 ** 50 })),
);
const anyEvent = fc.oneof(expectation, plain, call, blockingCall);

const item: fc.Arbitrary<Item> = fc.oneof(
  { weight: 8, arbitrary: anyEvent },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("ifdef" as const),
      at: fc.constant(at),
      name: constant,
      items: fc.array(anyEvent, { maxLength: 3 }),
    }),
  },
);

/** Scripts of every shape that there is. */
export const anyScript: fc.Arbitrary<Script> = fc
  .record({
    options: fc.array(
      fc.record({
        at: fc.constant(at),
        name: fc.stringMatching(/^[a-z][a-z_]{0,8}$/),
        value: maybe(fc.stringMatching(/^[a-z0-9.]{0,6}$/)),
      }),
      { maxLength: 3 },
    ),
    init: maybe(shell),
    items: fc.array(item, { maxLength: 8 }),
    cleanup: maybe(shell),
  })
  // A lone command stands before the events that are not there.
  .map((script) =>
    script.items.length === 0 && script.init === undefined
      ? { ...script, cleanup: undefined }
      : script,
  );
