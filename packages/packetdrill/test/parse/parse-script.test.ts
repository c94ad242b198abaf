import { describe, expect, test } from "vitest";
import {
  type Action,
  type Item,
  type ParseError,
  parseScript,
  type Script,
  type ScriptEvent,
} from "../../src/index.ts";

function script(text: string): Script {
  const result = parseScript(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.script;
}

function event(text: string): ScriptEvent {
  const [item] = script(text).items;
  if (item?.type !== "event") throw new Error("no event");
  return item;
}

function action(text: string): Action {
  return event(`+0 ${text}`).action;
}

function error(text: string): ParseError {
  const result = parseScript(text);
  if (result.ok) throw new Error(`parsed: ${text}`);
  return result.error;
}

describe("options, comments and conditions", () => {
  test("options come first, with a value or without", () => {
    const { options } = script("--ip_version=ipv4\n--debug --tolerance_usecs=75000\n0 f() = 0");
    expect(options.map(({ name, value }) => [name, value])).toEqual([
      ["ip_version", "ipv4"],
      ["debug", undefined],
      ["tolerance_usecs", "75000"],
    ]);
  });

  test("three kinds of comment are passed over, wherever blanks may be", () => {
    const text = "// one\n/* two\n * lines */ 0 f(1, // inside\n 2) /* here too */ = 0 # end";
    expect(action(text.replace("// one\n/* two\n * lines */ 0 ", ""))).toMatchObject({
      name: "f",
      args: [{ value: 1 }, { value: 2 }],
    });
    expect(script(text).items).toHaveLength(1);
  });

  test("a condition holds events until its end", () => {
    const { items } = script("#ifdef FreeBSD\n0 f() = 0\n+1 g() = 0\n#endif\n+2 h() = 0");
    const shape = (each: Item): unknown =>
      each.type === "ifdef" ? [each.name, each.items.length] : each.action.type;
    expect(items.map(shape)).toEqual([["FreeBSD", 2], "syscall"]);
  });

  test("a command before and after the events", () => {
    const { init, cleanup } = script("`sysctl -w a=1`\n0 f() = 0\n`sysctl -w a=0`");
    expect([init?.command, cleanup?.command]).toEqual(["sysctl -w a=1", "sysctl -w a=0"]);
  });
});

describe("times", () => {
  test.each([
    ["1", { type: "absolute", us: 1_000_000 }],
    ["0.000001", { type: "absolute", us: 1 }],
    [".25", { type: "absolute", us: 250_000 }],
    ["+0.1", { type: "relative", us: 100_000 }],
    ["+ 0.1", { type: "relative", us: 100_000 }],
    ["*", { type: "any" }],
    ["1~2.5", { type: "absolute-range", us: 1_000_000, endUs: 2_500_000 }],
    ["+.1 ~ +.2", { type: "relative-range", us: 100_000, endUs: 200_000 }],
  ])("%s", (text, time) => {
    expect(event(`${text} > . 1:1(0) ack 1`).time).toEqual(time);
  });

  test.each([
    ["+.01...0.011 connect(3, ..., ...) = 0", 10_000, 11_000],
    ["1...2 accept(3, ..., ...) = 4", 1_000_000, 2_000_000],
  ])("a call that blocks: %s", (text, us, endUs) => {
    const { time, action: call } = event(text);
    expect([time, call]).toMatchObject([{ us }, { endUs }]);
  });
});

describe("packets", () => {
  test("every part of one", () => {
    const text = "< [ect0] FP. 10!:15!(5) ack 7! win 100 urg 3 <mss 1460,nop,wscale 6,sackOK>";
    expect(action(text)).toMatchObject({
      direction: "in",
      ip: "ect0",
      flags: ["FIN", "PSH", "ACK"],
      seq: { start: 10, end: 15, length: 5, absolute: true },
      ack: { value: 7, absolute: true },
      win: 100,
      urg: 3,
      options: [{ value: 1460 }, { type: "nop" }, { value: 6 }, { type: "sackOK" }],
    });
  });

  test("no flags, any sequence number, any options", () => {
    expect(action("> - ...(10) <...>")).toMatchObject({
      flags: [],
      seq: { type: "any", length: 10 },
      options: "any",
    });
  });

  test("a range goes on from 0 after 2^32 - 1", () => {
    expect(action("< . 4294967295:4(5) ack 4294967295")).toMatchObject({ seq: { end: 4 } });
  });

  test("every option there is", () => {
    const text = "> . 1:1(0) ack 1 <TS val 100 ecr 0,sack 1:5 7:9,unknown 254 0xF00d,eol>";
    expect(action(text)).toMatchObject({
      options: [
        { type: "TS", val: 100, ecr: 0 },
        {
          type: "sack",
          blocks: [
            { left: 1, right: 5 },
            { left: 7, right: 9 },
          ],
        },
        { type: "unknown", kind: 254, hex: "f00d" },
        { type: "eol" },
      ],
    });
  });

  test("an ICMP error with the segment that it is about", () => {
    expect(action("< icmp unreachable frag_needed mtu 1200 [1:1461(1460)]")).toMatchObject({
      type: "icmp",
      kind: "unreachable",
      code: "frag_needed",
      mtu: 1200,
      payload: { start: 1, length: 1460 },
    });
    expect(action("< icmp unreachable mtu 1200")).toMatchObject({ code: undefined, mtu: 1200 });
  });
});

describe("calls, commands and code", () => {
  test("arguments of every kind", () => {
    const text =
      'f(..., -1, 0x1F, A|B, "a\\"b\\n", [1, [2]], {on=1, x: {3}}, htons(80), inet_addr("::1")) = ?';
    expect(action(text)).toMatchObject({
      args: [
        { type: "any" },
        { value: -1, hex: false },
        { value: 31, hex: true },
        { type: "or", terms: [{ name: "A" }, { name: "B" }] },
        { text: 'a"b\n' },
        { items: [{ value: 1 }, { items: [{ value: 2 }] }] },
        { fields: [{ name: "on" }, { name: "x", value: { fields: [{ name: undefined }] } }] },
        { type: "call", name: "htons", args: [{ value: 80 }] },
        { type: "call", name: "inet_addr" },
      ],
      result: "any",
    });
  });

  test("a result with its error and a note", () => {
    expect(action("connect(3) = -1 EINPROGRESS (Operation now in progress)")).toMatchObject({
      result: { value: -1 },
      errno: "EINPROGRESS",
      note: "Operation now in progress",
    });
    expect(action("fcntl(3) = 0x02 (flags O_RDWR)")).toMatchObject({ note: "flags O_RDWR" });
  });

  test("a command and code are kept as they stand", () => {
    expect(action("`a | grep -c 'x'  # no comment`")).toMatchObject({
      command: "a | grep -c 'x'  # no comment",
    });
    expect(action("%{ assert a == 1 // 2 }%")).toMatchObject({ code: " assert a == 1 // 2 " });
  });
});

describe("what is no script is refused with its place, what is there, and what would be right", () => {
  test.each([
    ["0 f( = 0", "1:6", '"="', "a value"],
    ["0 f() = [1]", "1:9", '"["', "a result"],
    ["0 f() 0", "1:7", '"0"', '"=" and the result'],
    ["\n  x f() = 0", "2:3", '"x"', "a time in seconds"],
    ["0.1234567 f() = 0", "1:1", '"0.1234567"', "at most six decimals"],
    ["2~1 > . 1:1(0) ack 1", "1:3", '"1"', "not before the range's beginning"],
    ["2...1 f() = 0", "1:5", '"1"', "not before the call's beginning"],
    ["+1~2 > . 1:1(0) ack 1", "1:4", '"2"', '"+"'],
    ["* < . 1:1(0) ack 1", "1:3", '"<"', "an outbound packet"],
    ["1...2 > . 1:1(0)", "1:7", '">"', "a system call"],
    ["0 > X 1:1(0)", "1:5", '"X"', 'some of "FSRP.UEW"'],
    ["0 > SS 1:1(0)", "1:5", '"SS"', "each flag only once"],
    ["0 > S 1:3(1)", "1:7", '"1"', "such as 1:2(1)"],
    ["0 > S 1:1(0) ack x", "1:18", '"x"', "an acknowledgment number"],
    ["0 > S 1:1(0) win 65536", "1:18", '"65536"', "at most 65535"],
    ["0 > S 4294967296:0(0)", "1:7", '"4294967296"', "at most 4294967295"],
    ["0 > S 1:1(0) <mss>", "1:18", '">"', "an MSS"],
    ["0 > S 1:1(0) <foo>", "1:15", '"foo"', '"sackOK"'],
    ["0 > S 1:1(0) <nop", "1:18", "the end of the script", '"," or ">"'],
    ["0 > . 1:1(0) <unknown 9 0x1>", "1:25", '"0x1"', "whole octets"],
    ["0 `ls", "1:4", '"ls"', 'a "`" at the end'],
    ["0 %{ x", "1:5", '" "', '"}%" at the end'],
    ["/* x", "1:1", '"/"', '"*/"'],
    ['0 f("a\n") = 0', "1:5", '"\\""', "a string that ends on its line"],
    ["#endif", "1:1", '"#"', 'an "#ifdef" before'],
    ["#else", "1:1", '"#"', "the only directives"],
    ["#ifdef A\n0 f() = 0", "2:10", "the end of the script", '"#endif" for the "#ifdef" of line 1'],
    ["#ifdef A\n#ifdef B", "2:1", '"#"', "conditions do not nest"],
    ["0 f(9007199254740993) = 0", "1:21", '")"', "less than 2^53"],
    [`0 f(${"[".repeat(40)}`, "1:21", '"["', "at most 16 levels"],
    ["`a` `b` `c`", "1:9", '"`"', "the end of the script after its cleanup command"],
  ])("%s", (text, place, found, expected) => {
    const { line, column, message, ...rest } = error(text);
    expect(`${line}:${column}`).toBe(place);
    expect(rest.found).toBe(found);
    expect(rest.expected).toContain(expected);
    expect(message).toBe(`${place}: found ${found}, but there should be ${rest.expected}`);
  });
});
