import { describe, expect, test } from "vitest";
import {
  decodeIp,
  decodePacket,
  encodeIp,
  type IpPacket,
  ipv4Checksum,
  isFragment,
  tcpChecksum,
} from "../../src/wire/index.ts";
import { hex, toHex, unwrap } from "./hex.ts";
import { expectSameReading } from "./reading.ts";

const V4_HEADER = "45b8 0018 abcd 6005 40fe 0000 c0000201 c6336402";
const V6_FIXED =
  "6ab12345 0000 06 40 20010db8000000000000000000000001 20010db8000000000000000000000002";
const TCP_HEADER = "0001 0002 00000003 00000004 5010 0005 0000 0000";

/** An IPv6 packet with this next header and these octets behind the fixed header. */
function v6(nextHeader: number, behind: string): Uint8Array {
  const bytes = hex(V6_FIXED + behind);
  bytes[5] = bytes.length - 40;
  bytes[6] = nextHeader;
  return bytes;
}

describe("decodeIp and encodeIp", () => {
  test("IPv4: every field, the reserved flag and the trailer included", () => {
    const bytes = hex(`${V4_HEADER} 01020304 eeee`);
    const packet = unwrap(decodeIp(bytes));
    expect(packet).toEqual({
      version: 4,
      ihl: 5,
      trafficClass: 0xb8,
      totalLength: 24,
      identification: 0xabcd,
      flags: 3,
      fragmentOffset: 5,
      hopLimit: 64,
      protocol: 254,
      headerChecksum: 0,
      src: hex("c0000201"),
      dst: hex("c6336402"),
      options: hex(""),
      payload: hex("01020304"),
      trailer: hex("eeee"),
    });
    expect(isFragment(packet)).toBe(true);
    expect(encodeIp(packet)).toEqual({ ok: true, value: bytes });
  });

  test("IPv4: options are kept raw", () => {
    const bytes = hex("46 00 0018 0000 4000 40 06 0000 c0000201 c6336402 94040000");
    const packet = unwrap(decodeIp(bytes));
    expect(packet).toMatchObject({ ihl: 6, options: hex("94040000"), payload: hex("") });
    expect(encodeIp(packet)).toEqual({ ok: true, value: bytes });
  });

  test("IPv6: every field, and a trailer", () => {
    const bytes = hex(`${V6_FIXED} ff`);
    const packet = unwrap(decodeIp(bytes));
    expect(packet).toEqual({
      version: 6,
      trafficClass: 0xab,
      flowLabel: 0x12345,
      payloadLength: 0,
      nextHeader: 6,
      protocol: 6,
      hopLimit: 64,
      src: hex("20010db8000000000000000000000001"),
      dst: hex("20010db8000000000000000000000002"),
      extensions: [],
      payload: hex(""),
      trailer: hex("ff"),
    });
    expect(encodeIp(packet)).toEqual({ ok: true, value: bytes });
  });

  test("IPv6: a chain of extension headers is kept raw, and TCP found behind it", () => {
    const hopByHop = "3c00 0104 00000000";
    const destination = "3301 01 0c 000000000000000000000000";
    const authentication = "0601 0000 00000001 00000002";
    const bytes = v6(0, hopByHop + destination + authentication + TCP_HEADER);
    const { ip, tcp } = unwrap(decodePacket(bytes));
    expect(ip).toMatchObject({
      extensions: [
        { protocol: 0, bytes: hex(hopByHop) },
        { protocol: 60, bytes: hex(destination) },
        { protocol: 51, bytes: hex(authentication) },
      ],
    });
    expect(tcp).toMatchObject({ srcPort: 1, dstPort: 2, seq: 3, ack: 4 });
    expect(encodeIp(ip)).toEqual({ ok: true, value: bytes });
  });

  test("IPv6: behind the header of a later fragment comes no further header", () => {
    const bytes = v6(44, "3c00 0100 00000001 deadbeef");
    const packet = unwrap(decodeIp(bytes));
    expect(packet).toMatchObject({ protocol: 60, payload: hex("deadbeef") });
    expect(isFragment(packet)).toBe(true);
    expect(encodeIp(packet)).toEqual({ ok: true, value: bytes });
  });

  test("IPv6: a fragment header is of eight octets, whatever its reserved octet says", () => {
    const bytes = v6(44, `06ff 0000 00000001 ${TCP_HEADER}`);
    expect(unwrap(decodeIp(bytes))).toMatchObject({ protocol: 6, payload: hex(TCP_HEADER) });
  });

  test("IPv6: a fragment header around the whole packet makes no fragment (RFC 6946)", () => {
    const { ip } = unwrap(decodePacket(v6(44, `0600 0000 00000001 ${TCP_HEADER}`)));
    expect(isFragment(ip)).toBe(false);
  });

  test("what a capture cut off is accepted when asked for, and re-emitted", () => {
    for (const bytes of [hex(`${V4_HEADER} 0102`), v6(6, TCP_HEADER).subarray(0, 50)]) {
      expect(decodeIp(bytes)).toMatchObject({ ok: false, error: { kind: "truncated" } });
      const packet = unwrap(decodeIp(bytes, { truncated: true }));
      expect(encodeIp(packet)).toEqual({ ok: true, value: bytes });
    }
  });
});

describe("what decodeIp and decodePacket refuse", () => {
  const whole = hex(`4500 0028 0000 4000 40 06 0000 c0000201 c6336402 ${TCP_HEADER}`);

  /** The same packet with other octets from `at` on. */
  function changed(at: number, octets: string): Uint8Array {
    const bytes = whole.slice();
    bytes.set(hex(octets), at);
    return bytes;
  }

  test("the packet itself is fine", () => {
    expect(decodePacket(whole)).toMatchObject({ ok: true, optionErrors: [] });
  });

  const table: readonly (readonly [string, Uint8Array, object])[] = [
    ["nothing", hex(""), { kind: "too-short", field: "IP header", offset: 0, value: 0 }],
    ["version 5", changed(0, "55"), { kind: "version", field: "Version", offset: 0, value: 5 }],
    ["19 octets", whole.subarray(0, 19), { kind: "too-short", field: "IPv4 header", value: 19 }],
    ["39 octets of IPv6", hex(V6_FIXED).subarray(0, 39), { kind: "too-short", value: 39 }],
    ["IHL 4", changed(0, "44"), { kind: "header-length", field: "IHL", offset: 0, value: 4 }],
    ["IHL past the end", changed(0, "4f"), { kind: "header-overrun", field: "IHL", value: 15 }],
    [
      "a total length within the header",
      changed(2, "0013"),
      { kind: "total-length", field: "Total Length", offset: 2, value: 19 },
    ],
    [
      "a total length past the end",
      changed(2, "0029"),
      { kind: "truncated", field: "Total Length", offset: 2, value: 41 },
    ],
    [
      "a payload length past the end",
      changed(0, "60000000 0001").subarray(0, 40),
      { kind: "truncated", field: "Payload Length", offset: 4, value: 1 },
    ],
    [
      "an extension header past the end",
      v6(60, "0601 0104 00000000"),
      { kind: "header-overrun", field: "Header 60 Length", offset: 41, value: 16 },
    ],
    ["half an extension header", v6(0, "0600"), { kind: "too-short", field: "Header 0", value: 2 }],
    ["UDP", changed(9, "11"), { kind: "not-tcp", field: "Protocol", offset: 9, value: 17 }],
    ["UDP in IPv6", v6(17, ""), { kind: "not-tcp", offset: 6, value: 17 }],
    [
      "UDP behind an extension header",
      v6(60, "1100 0104 00000000"),
      { kind: "not-tcp", offset: 40, value: 17 },
    ],
    ["a first fragment", changed(6, "2000"), { kind: "fragment", offset: 6, value: 0 }],
    ["a last fragment", changed(6, "0002"), { kind: "fragment", offset: 6, value: 16 }],
    [
      "a first fragment of IPv6",
      v6(44, `0600 0001 00000001 ${TCP_HEADER}`),
      { kind: "fragment", value: 0 },
    ],
    [
      "a bad data offset, counted from the packet's start",
      changed(32, "40"),
      { kind: "header-length", field: "Data Offset", offset: 32, value: 4 },
    ],
    [
      "a bad data offset before a trailer",
      new Uint8Array([...changed(32, "f0"), 0, 0, 0]),
      { kind: "header-overrun", field: "Data Offset", offset: 32, value: 15 },
    ],
  ];

  for (const [what, bytes, error] of table) {
    test(what, () => {
      expect(expectSameReading(bytes)).toMatchObject({ ok: false, error });
    });
  }

  // Each edge in turn: the octets that would be read past it are garbage.
  test("the packet cut off anywhere, and with any length in its header, is read the same", () => {
    for (let length = 0; length <= whole.length; length += 1) {
      expectSameReading(whole.subarray(0, length));
      expectSameReading(v6(60, `0600 0104 00000000 ${TCP_HEADER}`).subarray(0, length));
      expectSameReading(v6(60, toHex(whole)).subarray(0, length));
    }
    for (let octet = 0; octet < 256; octet += 1) {
      const value = octet.toString(16).padStart(2, "0");
      expectSameReading(changed(0, value));
      expectSameReading(changed(2, `00${value}`));
      expectSameReading(changed(6, `${value}00`));
      expectSameReading(changed(32, value));
      expectSameReading(v6(60, `06${value} 0104 00000000 ${TCP_HEADER} ${TCP_HEADER}`));
      expectSameReading(v6(44, `0600 ${value}01 00000000 ${TCP_HEADER}`));
      expectSameReading(v6(44, `0600 00${value} 00000000 ${TCP_HEADER}`));
      expectSameReading(v6(44, `06${value} 0000 00000001 ${TCP_HEADER}`));
      expectSameReading(v6(octet, `0600 0104 00000000 ${TCP_HEADER}`));
    }
  });

  const words: readonly (readonly [Uint8Array, string])[] = [
    [hex(""), "IP header at offset 0 is 0, but it should be at least 20 octets long"],
    [changed(0, "55"), "Version at offset 0 is 5, but it should be 4 or 6"],
    [
      whole.subarray(0, 19),
      "IPv4 header at offset 0 is 19, but it should be at least 20 octets long",
    ],
    [
      hex(V6_FIXED).subarray(0, 39),
      "IPv6 header at offset 0 is 39, but it should be at least 40 octets long",
    ],
    [changed(0, "44"), "IHL at offset 0 is 4, but it should be at least 5"],
    [
      changed(0, "4f"),
      "IHL at offset 0 is 15, but it should be at most 10, a quarter of the 40 octets there are",
    ],
    [
      changed(2, "0013"),
      "Total Length at offset 2 is 19, but it should be at least the header's 20",
    ],
    [
      changed(2, "0029"),
      "Total Length at offset 2 is 41, but it should be at most the 40 octets there are",
    ],
    [
      changed(0, "60000000 0001").subarray(0, 40),
      "Payload Length at offset 4 is 1, but it should be at most the 0 octets behind the header",
    ],
    [v6(0, "0600"), "Header 0 at offset 40 is 2, but it should be at least 8 octets long"],
    [
      v6(60, "0601 0104 00000000"),
      "Header 60 Length at offset 41 is 16, but it should be at most the 8 octets left of the packet",
    ],
    [changed(9, "11"), "Protocol at offset 9 is 17, but it should be 6, which is TCP"],
    [changed(6, "2000"), "Fragment Offset at offset 6 is 0, but it should be a whole packet"],
    [
      v6(44, `0600 0009 00000001 ${TCP_HEADER}`),
      "Fragment Offset at offset 40 is 8, but it should be a whole packet",
    ],
    [changed(32, "40"), "Data Offset at offset 32 is 4, but it should be at least 5"],
    [
      changed(2, "0027").subarray(0, 39),
      "TCP header at offset 20 is 19, but it should be at least 20 octets long",
    ],
  ];

  test.each(words)("in words: %#", (bytes, message) => {
    expect(decodePacket(bytes)).toMatchObject({ ok: false, error: { message } });
  });

  test("UDP behind two extension headers, at the place of the last one's first octet", () => {
    const bytes = v6(60, "3c00 0104 00000000 1100 0104 00000000");
    expect(decodePacket(bytes)).toMatchObject({ ok: false, error: { offset: 48, value: 17 } });
  });

  test.each([0, 43, 60, 135, 139, 140])("header %i of IPv6 is passed over", (number) => {
    const bytes = v6(number, `0600 0104 00000000 ${TCP_HEADER}`);
    expect(expectSameReading(bytes)).toMatchObject({ ok: true });
  });

  test.each([1, 50, 59, 61])("header %i is none that can be passed over", (number) => {
    const bytes = v6(number, `0600 0104 00000000 ${TCP_HEADER}`);
    expect(decodePacket(bytes)).toMatchObject({ ok: false, error: { kind: "not-tcp" } });
  });

  test("a header of just its length is whole, and so is a packet of just that", () => {
    expect(decodeIp(changed(0, "4a"))).toMatchObject({ ok: true });
    expect(decodeIp(hex(V6_FIXED))).toMatchObject({ ok: true });
    expect(decodeIp(changed(2, "0014"))).toMatchObject({ ok: true, value: { payload: hex("") } });
    expect(decodeIp(v6(60, "0600 0104 00000000"))).toMatchObject({ ok: true });
    const only = changed(2, "0014").subarray(0, 20);
    expect(decodeIp(only)).toMatchObject({ ok: true, value: { payload: hex("") } });
  });

  test("behind the header of a first fragment the chain goes on", () => {
    const bytes = v6(44, `3c00 0001 00000001 0600 0104 00000000 ${TCP_HEADER}`);
    expect(decodeIp(bytes)).toMatchObject({ ok: true, value: { protocol: 6 } });
    expect(expectSameReading(bytes)).toMatchObject({ error: { kind: "fragment" } });
    const later = v6(44, `3c00 0100 00000001 0600 0104 00000000 ${TCP_HEADER}`);
    expect(expectSameReading(later)).toMatchObject({ error: { kind: "not-tcp" } });
  });

  test("a fragment's offset is that of its own header, wherever that stands", () => {
    const bytes = v6(0, `2c00 0104 00000000 0600 0010 00000001 ${TCP_HEADER}`);
    expect(decodePacket(bytes)).toMatchObject({
      ok: false,
      error: { kind: "fragment", value: 16 },
    });
  });

  test("an extension header that a capture cut through is refused all the same", () => {
    const bytes = v6(60, "0601 0104 00000000 0000000000000000").subarray(0, 50);
    expect(decodeIp(bytes, { truncated: true })).toMatchObject({
      ok: false,
      error: { kind: "header-overrun", offset: 41, value: 16 },
    });
  });

  test("the offset of a bad option counts from the packet's start, too", () => {
    const bytes = new Uint8Array([...changed(2, "002c"), 2, 9, 0, 0]);
    bytes[32] = 0x60;
    expect(decodePacket(bytes)).toMatchObject({ optionErrors: [{ offset: 41, value: 9 }] });
  });
});

describe("encodeIp", () => {
  const packet = unwrap(decodeIp(hex(`${V4_HEADER} 01020304`)));
  const packet6 = unwrap(decodeIp(hex(V6_FIXED)));

  /** A field of each version, the largest value that it can hold, and the smallest. */
  const bounds = [
    [packet, "IHL", { ihl: 6 }, 5, 5],
    [packet, "IHL", { options: new Uint8Array(4) }, 6, 6],
    [packet, "Type of Service", { trafficClass: 256 }, 0, 255],
    [packet, "Total Length", { totalLength: 65536 }, 0, 65535],
    [packet, "Identification", { identification: 65536 }, 0, 65535],
    [packet, "Flags", { flags: 8 }, 0, 7],
    [packet, "Fragment Offset", { fragmentOffset: 8192 }, 0, 8191],
    [packet, "Time to Live", { hopLimit: 256 }, 0, 255],
    [packet, "Protocol", { protocol: 256 }, 0, 255],
    [packet, "Header Checksum", { headerChecksum: 65536 }, 0, 65535],
    [packet, "Option words", { options: new Uint8Array(44) }, 0, 10],
    [packet, "Option words", { options: new Uint8Array(3) }, 0, 10],
    [packet, "Source Address length", { src: hex("c00002") }, 4, 4],
    [packet, "Destination Address length", { dst: hex("c000020101") }, 4, 4],
    [packet6, "Traffic Class", { trafficClass: -1 }, 0, 255],
    [packet6, "Flow Label", { flowLabel: 2 ** 20 }, 0, 2 ** 20 - 1],
    [packet6, "Payload Length", { payloadLength: 65536 }, 0, 65535],
    [packet6, "Next Header", { nextHeader: 256 }, 0, 255],
    [packet6, "Hop Limit", { hopLimit: 256 }, 0, 255],
    [packet6, "Source Address length", { src: new Uint8Array(15) }, 16, 16],
    [packet6, "Destination Address length", { dst: new Uint8Array(17) }, 16, 16],
  ] as const;

  test.each(bounds)("%#: says how much a field can hold: %s", (whole, field, change, min, max) => {
    const result = encodeIp({ ...whole, ...change } as IpPacket);
    if (result.ok) throw new Error("encoded");
    expect(result.error.message).toMatch(
      new RegExp(`^${field} at offset 0 is .*, but it should be an integer from ${min} to ${max}$`),
    );
  });

  const refused: readonly (readonly [string, IpPacket])[] = [
    ["IHL", { ...packet, ihl: 6 } as IpPacket],
    ["Total Length", { ...packet, totalLength: 65536 } as IpPacket],
    ["Flags", { ...packet, flags: 8 } as IpPacket],
    ["Fragment Offset", { ...packet, fragmentOffset: 8192 } as IpPacket],
    ["Source Address length", { ...packet, src: hex("00") }],
    ["Flow Label", { ...packet6, flowLabel: 2 ** 20 } as IpPacket],
    ["Hop Limit", { ...packet6, hopLimit: 256 }],
    ["Destination Address length", { ...packet6, dst: hex("c0000201") }],
  ];

  for (const [field, bad] of refused) {
    test(`refuses a ${field} that does not fit`, () => {
      expect(encodeIp(bad)).toMatchObject({ ok: false, error: { kind: "out-of-range", field } });
    });
  }
});

describe("checksums", () => {
  test("IPv4's header, as RFC 1071 sums it", () => {
    // A header seen on the wire, checksum b861.
    const header = hex("4500 0073 0000 4000 4011 b861 c0a80001 c0a800c7");
    expect(ipv4Checksum(header)).toBe(0xb861);
  });

  test("TCP's, an odd octet at the end padded with zeros", () => {
    // Pseudo-header: c000+0201+c633+6402+0006+0015; segment: its header, and 61 as 6100.
    const segment = hex(`${TCP_HEADER} 61`);
    const sum = 0xc000 + 0x0201 + 0xc633 + 0x6402 + 6 + 21 + 1 + 2 + 3 + 4 + 0x5010 + 5 + 0x6100;
    const folded = (sum & 0xffff) + (sum >>> 16);
    expect(tcpChecksum(hex("c0000201"), hex("c6336402"), segment)).toBe(0xffff - folded);
    // Whatever stands in its own field does not count.
    segment.set([0x12, 0x34], 16);
    expect(tcpChecksum(hex("c0000201"), hex("c6336402"), segment)).toBe(0xffff - folded);
  });
});
