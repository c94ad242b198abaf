import { describe, expect, test } from "vitest";
import { Flag } from "../../src/tcp/index.ts";
import {
  dataOffsetFor,
  decodeTcp,
  encodeTcp,
  type TcpOption,
  type TcpSegment,
} from "../../src/wire/index.ts";
import { hex, unwrap } from "./hex.ts";
import { expectSameReading } from "./reading.ts";

/** A SYN as Linux sends it: MSS 1460, SACK-permitted, timestamps, window scale 7. */
const LINUX_SYN = hex(`
  d43a 1f90 7a69 3f01 0000 0000 a002 faf0 1b2c 0000
  0204 05b4 0402 080a 0a1b2c3d 00000000 01 030307`);

const EMPTY: TcpSegment = {
  srcPort: 0,
  dstPort: 0,
  seq: 0,
  ack: 0,
  dataOffset: 5,
  reserved: 0,
  flags: 0,
  window: 0,
  checksum: 0,
  urgentPointer: 0,
  options: [],
  payload: new Uint8Array(0),
};

/** A header of 20 octets whose data offset makes room for these options. */
function withOptions(options: string): Uint8Array {
  const area = hex(options);
  const header = new Uint8Array(20 + area.length);
  header[12] = (header.length / 4) << 4;
  header.set(area, 20);
  return header;
}

/** Options and what they are. */
const legal = [
  ["05 0a 00000001 00000002 01 01", [{ name: "sack", blocks: [{ left: 1, right: 2 }] }]],
  ["1c 04 80 02", [{ name: "user-timeout", unit: "minutes", timeout: 2 }]],
  ["1c 04 7f ff", [{ name: "user-timeout", unit: "seconds", timeout: 32767 }]],
  ["03 03 0f 01", [{ name: "window-scale", shift: 15 }]],
  ["fd 06 f989 0102 01 01", [{ name: "unknown", kind: 253, data: hex("f9890102") }]],
  ["22 02 01 01", [{ name: "unknown", kind: 34, data: hex("") }]],
  ["01 00 00 00", [{ name: "nop" }, { name: "eol", padding: hex("0000") }]],
  ["00 02 04 05", [{ name: "eol", padding: hex("020405") }]],
] as const;

/** Options of illegal length: what is said of which octet, and what the option is kept as. */
const illegal = [
  ["02 00 05 b4", "Kind 2 Length", 0, 21, "malformed"],
  ["02 01 05 b4", "Kind 2 Length", 1, 21, "malformed"],
  ["02 03 05 01", "Kind 2 Length", 3, 21, "unknown"],
  ["01 02 04 05", "Kind 2 Length", 4, 22, "malformed"],
  ["01 01 01 02", "Kind 2 Length", "missing", 24, "malformed"],
  ["03 04 07 00", "Kind 3 Length", 4, 21, "unknown"],
  ["04 03 00 01", "Kind 4 Length", 3, 21, "unknown"],
  ["05 02 01 01", "Kind 5 Length", 2, 21, "unknown"],
  ["05 08 000000 000000", "Kind 5 Length", 8, 21, "unknown"],
  ["08 08 000000 000000", "Kind 8 Length", 8, 21, "unknown"],
  ["05 0c 00000001 00000002 0000", "Kind 5 Length", 12, 21, "unknown"],
  ["1c 03 00 01", "Kind 28 Length", 3, 21, "unknown"],
  ["fd 00 00 00", "Kind 253 Length", 0, 21, "malformed"],
  ["fd ff 00 00", "Kind 253 Length", 255, 21, "malformed"],
] as const;

describe("decodeTcp", () => {
  test("reads a SYN of Linux", () => {
    const decoded = decodeTcp(LINUX_SYN);
    expect(unwrap(decoded)).toEqual({
      srcPort: 54330,
      dstPort: 8080,
      seq: 0x7a693f01,
      ack: 0,
      dataOffset: 10,
      reserved: 0,
      flags: Flag.SYN,
      window: 64240,
      checksum: 0x1b2c,
      urgentPointer: 0,
      options: [
        { name: "mss", value: 1460 },
        { name: "sack-permitted" },
        { name: "timestamps", value: 0x0a1b2c3d, echoReply: 0 },
        { name: "nop" },
        { name: "window-scale", shift: 7 },
      ],
      payload: new Uint8Array(0),
    });
    expect(decoded).toMatchObject({ optionErrors: [] });
  });

  test("keeps sequence numbers unsigned, all eight flags and the reserved bits", () => {
    const bytes = hex("0001 0002 ffffffff fffffffe 5fff ffff ffff ffff 616263");
    const segment = unwrap(decodeTcp(bytes));
    expect(segment).toMatchObject({ seq: 0xffffffff, ack: 0xfffffffe, flags: 0xff, reserved: 0xf });
    expect(segment.payload).toEqual(hex("616263"));
    expect(encodeTcp(segment)).toEqual({ ok: true, value: bytes });
  });

  for (const [octets, options] of legal) {
    test(`the options ${octets} are ${options.map(({ name }) => name).join(", ")}`, () => {
      const bytes = withOptions(octets);
      const decoded = decodeTcp(bytes);
      const known = unwrap(decoded).options.filter((option) => option.name !== "nop");
      expect(known).toEqual(options.filter((option) => option.name !== "nop"));
      expect(decoded).toMatchObject({ optionErrors: [] });
      expect(encodeTcp(unwrap(decoded))).toEqual({ ok: true, value: bytes });
    });
  }
});

describe("options, §3.1 and §3.2", () => {
  const names = (octets: string) =>
    unwrap(decodeTcp(withOptions(octets))).options.map(({ name }) => name);

  test("EOL, NOP and MSS are understood (MUST-4)", () => {
    const { options } = unwrap(decodeTcp(withOptions("01 02 04 05b4 00 00 00")));
    expect(options).toEqual([
      { name: "nop" },
      { name: "mss", value: 1460 },
      { name: "eol", padding: hex("0000") },
    ]);
  });

  test("any of them may come on any segment (MUST-5)", () => {
    for (const flags of [0, 1, 2, 4, 16, 17, 18, 24, 0xff]) {
      const bytes = withOptions("02 04 05b4 08 0a 00000001 00000002 01 01");
      bytes[13] = flags;
      const segment = unwrap(decodeTcp(bytes));
      expect(segment.flags).toBe(flags);
      expect(segment.options.slice(0, 2).map(({ name }) => name)).toEqual(["mss", "timestamps"]);
    }
  });

  test("an unknown one is skipped by its length, whatever that is (MUST-6, MUST-68)", () => {
    for (let length = 2; length <= 36; length += 1) {
      const unknown = `fd ${length.toString(16).padStart(2, "0")} ${"02".repeat(length - 2)}`;
      const padding = "01".repeat((4 - (length % 4)) % 4);
      expect(names(`${unknown} ${padding} 02 04 05b4`).at(-1)).toBe("mss");
    }
  });

  test("they may begin at any octet (MUST-64)", () => {
    for (let before = 0; before < 8; before += 1) {
      const after = 8 - before;
      const octets = `${"01".repeat(before)} 08 0a 01020304 05060708 02 04 1234 ${"01".repeat(after)}00 00`;
      const { options } = unwrap(decodeTcp(withOptions(octets)));
      expect(options[before]).toEqual({
        name: "timestamps",
        value: 0x0102_0304,
        echoReply: 0x0506_0708,
      });
      expect(options[before + 1]).toEqual({ name: "mss", value: 0x1234 });
    }
  });
});

describe("options of illegal length (MUST-7)", () => {
  for (const [octets, field, value, offset, kept] of illegal) {
    test(`${octets}: ${field} ${value} is reported beside the segment`, () => {
      const bytes = withOptions(octets);
      const decoded = decodeTcp(bytes);
      if (!decoded.ok) throw new Error(decoded.error.message);
      expect(decoded.optionErrors).toHaveLength(1);
      expect(decoded.optionErrors[0]).toMatchObject({
        kind: "option-length",
        field,
        value,
        offset,
      });
      expect(decoded.value.options.map(({ name }) => name)).toContain(kept);
      expect(encodeTcp(decoded.value)).toEqual({ ok: true, value: bytes });
    });
  }

  test("the message says what would be right", () => {
    const decoded = decodeTcp(withOptions("01 08 04 00"));
    expect(decoded).toMatchObject({
      optionErrors: [
        {
          message:
            "Kind 8 Length at offset 22 is 4, but it should be 10 and no more than the 3 octets left of the options",
        },
      ],
    });
  });

  test("those behind it are read where its own length leads there", () => {
    const { options } = unwrap(decodeTcp(withOptions("02 03 05 02 04 05b4 00")));
    expect(options.map(({ name }) => name)).toEqual(["unknown", "mss", "eol"]);
  });
});

describe("the hot path reads the same of", () => {
  /** The segment with these options, in IPv4; a little text follows it. */
  function packet(options: string): Uint8Array {
    const segment = withOptions(options);
    const bytes = hex("4500 0000 0000 4000 4006 0000 c0000201 c0000202");
    const whole = new Uint8Array([...bytes, ...segment, 0x02, 0x04, 0x05, 0xb4]);
    whole[3] = whole.length;
    return whole;
  }

  const others = [
    "01 01 08 0a 00000001 00000002",
    "01 01 08 0a 00000001 00000002 02 04 05b4",
    "01 01 05 0a 00000001 00000002",
    "01 01 01 01",
    "03 04 0000 02 03 05 01",
    "fd 00 02 04 05b4 0000",
    "02 03 05 01 fd 00 00 00",
    "05 12 00000001 00000002 00000003 00000004 01 01",
    "05 22 00000001 00000002 00000003 00000004 00000005 00000006 00000007 00000008 01 01",
    "05 0c 00000001 00000002 0000",
    "00 02 04 05",
    "04 02 03 03 07 1c 04 8001 00 00 00",
  ];

  test.each([...legal.map(([octets]) => octets), ...illegal.map(([octets]) => octets), ...others])(
    "the options %s",
    (octets) => {
      expect(expectSameReading(packet(octets))).toMatchObject({ ok: true });
    },
  );
});

describe("what of each option is said to be right", () => {
  test.each([
    ["02 03 05 01", "4"],
    ["03 04 07 00", "3"],
    ["04 03 00 01", "2"],
    ["05 04 0000", "10, 18, 26 or 34"],
    ["08 04 0000", "10"],
    ["1c 03 00 01", "4"],
    ["fd 00 00 00", "at least 2"],
  ])("%s: %s", (octets, legal) => {
    expect(decodeTcp(withOptions(octets))).toMatchObject({
      optionErrors: [
        {
          message: expect.stringMatching(
            new RegExp(
              `, but it should be ${legal} and no more than the 4 octets left of the options$`,
            ),
          ),
        },
      ],
    });
  });
});

describe("what decodeTcp refuses", () => {
  test("nothing at all, and a header that is cut off", () => {
    for (const length of [0, 1, 19]) {
      expect(decodeTcp(new Uint8Array(length))).toMatchObject({
        ok: false,
        error: { kind: "too-short", field: "TCP header", offset: 0, value: length },
      });
    }
  });

  test("a data offset below the header's own length", () => {
    const bytes = new Uint8Array(20);
    bytes[12] = 0x40;
    expect(decodeTcp(bytes, 100)).toMatchObject({
      error: { kind: "header-length", field: "Data Offset", offset: 112, value: 4 },
    });
  });

  test("a data offset beyond the segment's end", () => {
    const bytes = new Uint8Array(23);
    bytes[12] = 0x60;
    expect(decodeTcp(bytes)).toMatchObject({
      error: {
        kind: "header-overrun",
        value: 6,
        message:
          "Data Offset at offset 12 is 6, but it should be at most 5, a quarter of the segment's 23 octets",
      },
    });
  });
});

describe("encodeTcp", () => {
  test("names a value that is no number as what it is", () => {
    expect(encodeTcp({ ...EMPTY, window: Number.NaN })).toMatchObject({
      error: {
        message: "Window at offset 0 is NaN, but it should be an integer from 0 to 65535",
      },
    });
  });

  test("pads options with zeros up to the data offset (MUST-69)", () => {
    const options = [{ name: "window-scale", shift: 7 }] as const;
    const bytes = unwrap(encodeTcp({ ...EMPTY, dataOffset: dataOffsetFor(options), options }));
    expect(bytes.subarray(20)).toEqual(hex("03 03 07 00"));
  });

  const refused: readonly (readonly [string, Partial<TcpSegment>])[] = [
    ["Source Port", { srcPort: 65536 }],
    ["Destination Port", { dstPort: -1 }],
    ["Sequence Number", { seq: 2 ** 32 }],
    ["Acknowledgment Number", { ack: 0.5 }],
    ["Data Offset", { dataOffset: 16 }],
    ["Data Offset", { dataOffset: 5, options: [{ name: "mss", value: 1460 }] }],
    ["Reserved", { reserved: 16 }],
    ["Control Bits", { flags: 256 }],
    ["Window", { window: Number.NaN }],
    ["Checksum", { checksum: 65536 }],
    ["Urgent Pointer", { urgentPointer: 65536 }],
    ["Options size", { options: [{ name: "eol", padding: new Uint8Array(40) }] }],
    ["MSS", { dataOffset: 6, options: [{ name: "mss", value: 65536 }] }],
    ["shift.cnt", { dataOffset: 6, options: [{ name: "window-scale", shift: 256 }] }],
    [
      "shift.cnt",
      { dataOffset: 7, options: [{ name: "nop" }, { name: "window-scale", shift: 256 }] },
    ],
    ["TSval", { dataOffset: 8, options: [{ name: "timestamps", value: -1, echoReply: 0 }] }],
    ["TSecr", { dataOffset: 8, options: [{ name: "timestamps", value: 0, echoReply: 2 ** 32 }] }],
    ["SACK block count", { dataOffset: 6, options: [{ name: "sack", blocks: [] }] }],
    [
      "SACK block edge",
      { dataOffset: 8, options: [{ name: "sack", blocks: [{ left: 0, right: -1 }] }] },
    ],
    [
      "User Timeout",
      { dataOffset: 6, options: [{ name: "user-timeout", unit: "seconds", timeout: 32768 }] },
    ],
    ["Kind", { dataOffset: 6, options: [{ name: "unknown", kind: 1, data: new Uint8Array(0) }] }],
  ];

  for (const [field, change] of refused) {
    test(`refuses a ${field} that does not fit: ${JSON.stringify(change)}`, () => {
      expect(encodeTcp({ ...EMPTY, ...change })).toMatchObject({
        ok: false,
        error: { kind: "out-of-range", field },
      });
    });
  }

  const option = (value: TcpOption): Partial<TcpSegment> => ({ dataOffset: 15, options: [value] });
  const LONG = new Uint8Array(39);

  test.each<[string, Partial<TcpSegment>, number, number]>([
    ["Options size", option({ name: "eol", padding: new Uint8Array(40) }), 0, 40],
    ["Source Port", { srcPort: -1 }, 0, 65535],
    ["Destination Port", { dstPort: -1 }, 0, 65535],
    ["Sequence Number", { seq: -1 }, 0, 2 ** 32 - 1],
    ["Acknowledgment Number", { ack: -1 }, 0, 2 ** 32 - 1],
    ["Data Offset", { dataOffset: 4 }, 5, 15],
    ["Reserved", { reserved: -1 }, 0, 15],
    ["Control Bits", { flags: -1 }, 0, 255],
    ["Window", { window: -1 }, 0, 65535],
    ["Checksum", { checksum: -1 }, 0, 65535],
    ["Urgent Pointer", { urgentPointer: -1 }, 0, 65535],
    ["MSS", option({ name: "mss", value: -1 }), 0, 65535],
    ["shift.cnt", option({ name: "window-scale", shift: -1 }), 0, 255],
    ["TSval", option({ name: "timestamps", value: -1, echoReply: 0 }), 0, 2 ** 32 - 1],
    ["TSecr", option({ name: "timestamps", value: 0, echoReply: -1 }), 0, 2 ** 32 - 1],
    ["User Timeout", option({ name: "user-timeout", unit: "minutes", timeout: -1 }), 0, 32767],
    ["Kind", option({ name: "unknown", kind: 1, data: LONG.subarray(0, 2) }), 2, 255],
    ["SACK block count", option({ name: "sack", blocks: [] }), 1, 4],
    ["SACK block edge", option({ name: "sack", blocks: [{ left: -1, right: 0 }] }), 0, 2 ** 32 - 1],
    ["SACK block edge", option({ name: "sack", blocks: [{ left: 0, right: -1 }] }), 0, 2 ** 32 - 1],
  ])("%s of %j: says that it may be from %d to %d", (field, change, min, max) => {
    const result = encodeTcp({ ...EMPTY, ...change });
    if (result.ok) throw new Error("encoded");
    expect(result.error.message).toMatch(
      new RegExp(`^${field} at offset 0 is .*, but it should be an integer from ${min} to ${max}$`),
    );
  });

  test.each<TcpOption>([
    { name: "mss", value: 65535 },
    { name: "window-scale", shift: 255 },
    { name: "sack-permitted" },
    { name: "timestamps", value: 2 ** 32 - 1, echoReply: 2 ** 32 - 1 },
    { name: "user-timeout", unit: "minutes", timeout: 32767 },
    { name: "unknown", kind: 255, data: LONG.subarray(0, 38) },
    { name: "sack", blocks: [{ left: 2 ** 32 - 1, right: 2 ** 32 - 1 }] },
    { name: "malformed", bytes: LONG },
  ])("takes the largest of %j, and gives it back", (value) => {
    const bytes = unwrap(encodeTcp({ ...EMPTY, ...option(value) }));
    if (value.name !== "malformed") expect(unwrap(decodeTcp(bytes)).options).toContainEqual(value);
    expect(bytes).toHaveLength(60);
  });
});
