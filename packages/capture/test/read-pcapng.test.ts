import { describe, expect, test } from "vitest";
import { LinkType, readCapture } from "../src/index.ts";
import {
  block,
  enhancedPacket,
  i64,
  interfaceDescription,
  ORDERS,
  type Order,
  option,
  pad,
  sectionHeader,
  text,
  u16,
  u32,
} from "./blocks.ts";

const LITTLE: Order = { littleEndian: true };

function file(...blocks: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(blocks.flat());
}

for (const order of ORDERS) {
  describe(`readCapture of pcapng, ${order.name}`, () => {
    test("an enhanced packet with comments, its interface with a name", () => {
      const options = [
        ...option(order, 1, text("first")),
        ...option(order, 2, [0, 0, 0, 1]),
        ...option(order, 1, [0xea, 0xb0, 0x80, 0x20, 0xff]),
        ...option(order, 0, []),
      ];
      const name = option(order, 2, text("eth0"));
      const capture = readCapture(
        file(
          sectionHeader(order, option(order, 4, text("some program"))),
          interfaceDescription(order, LinkType.RAW, name),
          enhancedPacket(order, {
            ticks: 1_700_000_000_123_456n,
            data: [1, 2, 3, 4, 5],
            originalLength: 99,
            options,
          }),
        ),
      );
      expect(capture).toEqual({
        format: "pcapng",
        records: [
          {
            number: 1,
            timeUs: 1_700_000_000_123_456,
            linkType: LinkType.RAW,
            interfaceName: "eth0",
            data: Uint8Array.of(1, 2, 3, 4, 5),
            originalLength: 99,
            comments: ["first", "가 \ufffd"],
          },
        ],
      });
    });

    const clocks = [
      { what: "milliseconds", resolution: [3], ticks: 5_001n, timeUs: 5_001_000 },
      { what: "microseconds, said aloud", resolution: [6], ticks: 5_001n, timeUs: 5_001 },
      { what: "nanoseconds, rounded down", resolution: [9], ticks: 5_001_999n, timeUs: 5_001 },
      { what: "1/1024 seconds", resolution: [0x8a], ticks: 1536n, timeUs: 1_500_000 },
      { what: "seconds", resolution: [0], ticks: 5n, timeUs: 5_000_000 },
    ];
    for (const { what, resolution, ticks, timeUs } of clocks) {
      test(`time in ${what}`, () => {
        const described = interfaceDescription(order, 1, option(order, 9, resolution));
        const packet = enhancedPacket(order, { ticks, data: [0] });
        const capture = readCapture(file(sectionHeader(order), described, packet));
        expect(capture.records[0]?.timeUs).toBe(timeUs);
      });
    }

    test("seconds to be added, forwards and backwards", () => {
      const times = [1_700_000_000n, -1n].map((offset) => {
        const described = interfaceDescription(order, 1, option(order, 14, i64(order, offset)));
        const packet = enhancedPacket(order, { ticks: 2_000_001n, data: [] });
        return readCapture(file(sectionHeader(order), described, packet)).records[0]?.timeUs;
      });
      expect(times).toEqual([1_700_000_002_000_001, 1_000_001]);
    });

    test("several interfaces, each with its own link type and clock", () => {
      const capture = readCapture(
        file(
          sectionHeader(order),
          interfaceDescription(order, LinkType.ETHERNET),
          interfaceDescription(order, LinkType.LINUX_SLL2, option(order, 9, [9])),
          enhancedPacket(order, { interfaceId: 1, ticks: 7000n, data: [1] }),
          enhancedPacket(order, { interfaceId: 0, ticks: 7000n, data: [2] }),
        ),
      );
      expect(capture.records).toMatchObject([
        { number: 1, linkType: LinkType.LINUX_SLL2, timeUs: 7 },
        { number: 2, linkType: LinkType.ETHERNET, timeUs: 7000 },
      ]);
    });

    test("simple packets: cut by the snapshot length, without time or padding", () => {
      const simple = block(order, 3, [...u32(order, 100), ...pad([1, 2, 3, 4, 5, 6])]);
      const short = block(order, 3, [...u32(order, 3), ...pad([1, 2, 3])]);
      const described = interfaceDescription(order, LinkType.IPV6, [], 6);
      const capture = readCapture(file(sectionHeader(order), described, simple, short));
      expect(capture).toEqual({
        format: "pcapng",
        records: [
          {
            number: 1,
            linkType: LinkType.IPV6,
            data: Uint8Array.of(1, 2, 3, 4, 5, 6),
            originalLength: 100,
          },
          { number: 2, linkType: LinkType.IPV6, data: Uint8Array.of(1, 2, 3), originalLength: 3 },
        ],
      });
    });

    test("the obsolete packet block, whose interface has 16 bits beside a count of drops", () => {
      const body = [
        ...u16(order, 0),
        ...u16(order, 0xffff),
        ...u32(order, 0),
        ...u32(order, 42),
        ...u32(order, 2),
        ...u32(order, 2),
        ...pad([8, 9]),
      ];
      const described = interfaceDescription(order, 1);
      const capture = readCapture(file(sectionHeader(order), described, block(order, 2, body)));
      expect(capture.records).toMatchObject([{ timeUs: 42, data: Uint8Array.of(8, 9) }]);
    });

    test("blocks of unknown type are passed over", () => {
      const capture = readCapture(
        file(
          sectionHeader(order),
          block(order, 5, [1, 2, 3]),
          interfaceDescription(order, 1),
          block(order, 0x80000bad, []),
          enhancedPacket(order, { data: [1] }),
        ),
      );
      expect(capture).toMatchObject({ records: [{ number: 1 }] });
      expect(capture.error).toBeUndefined();
    });
  });
}

test("sections of different byte orders, one after the other; numbers go on, interfaces do not", () => {
  const [little, big] = ORDERS;
  if (little === undefined || big === undefined) throw new Error("no orders");
  const section = (order: Order, linkType: number): number[] => [
    ...sectionHeader(order),
    ...interfaceDescription(order, linkType),
    ...enhancedPacket(order, { data: [1] }),
  ];
  const capture = readCapture(file(section(little, 1), section(big, 101), sectionHeader(little)));
  expect(capture.records).toMatchObject([
    { number: 1, linkType: 1 },
    { number: 2, linkType: 101 },
  ]);
  const orphan = enhancedPacket(little, { data: [1] });
  expect(readCapture(file(section(big, 1), sectionHeader(little), orphan)).error).toMatchObject({
    block: "Enhanced Packet Block",
    field: "Interface ID",
    value: 0,
  });
});

describe("a broken pcapng", () => {
  const header = sectionHeader(LITTLE);
  const described = interfaceDescription(LITTLE, 1);
  const packet = enhancedPacket(LITTLE, { data: [1, 2] });
  const before = [...header, ...described, ...packet];
  const at = before.length;

  /** A packet block with one of its words changed. */
  function changed(offset: number, value: number): number[] {
    const octets = packet.slice();
    octets.splice(offset, 4, ...u32(LITTLE, value));
    return octets;
  }

  const EPB = "Enhanced Packet Block";
  const table: readonly (readonly [string, readonly number[], object])[] = [
    ["a few stray octets", [1, 2, 3], { block: "Block", field: "length", offset: at, value: 3 }],
    [
      "a block that is cut off",
      packet.slice(0, -4),
      { block: EPB, field: "Block Total Length", offset: at + 4, value: 36 },
    ],
    [
      "a block length of zero",
      changed(4, 0),
      { block: EPB, field: "Block Total Length", offset: at + 4, value: 0 },
    ],
    [
      "a block length that is no multiple of four",
      changed(4, 35),
      { block: EPB, field: "Block Total Length", offset: at + 4, value: 35 },
    ],
    [
      "two block lengths that differ",
      changed(32, 40),
      { block: EPB, field: "trailing Block Total Length", offset: at + 32, value: 40 },
    ],
    [
      "an interface that was never described",
      changed(8, 1),
      { block: EPB, field: "Interface ID", offset: at + 8, value: 1 },
    ],
    [
      "more octets than the block has",
      changed(20, 5),
      { block: EPB, field: "Captured Packet Length", offset: at + 20, value: 5 },
    ],
    [
      "more octets than there are anywhere",
      changed(20, 0xffffffff),
      { block: EPB, field: "Captured Packet Length", value: 0xffffffff },
    ],
    [
      "a packet block without room for its fields",
      block(LITTLE, 6, [0, 0, 0, 0]),
      { block: EPB, field: "Block Total Length", offset: at + 4, value: 16 },
    ],
    [
      "an option that is longer than its block",
      enhancedPacket(LITTLE, { data: [], options: [...u16(LITTLE, 1), ...u16(LITTLE, 9)] }),
      { block: EPB, field: "Option 1 Length", offset: at + 30, value: 9 },
    ],
    [
      "an interface block without room for its fields",
      block(LITTLE, 1, [1, 0, 0, 0]),
      { block: "Interface Description Block", field: "Block Total Length", value: 16 },
    ],
    [
      "a clock of two octets",
      interfaceDescription(LITTLE, 1, option(LITTLE, 9, [6, 6])),
      { block: "Interface Description Block", field: "Option 9 Length", offset: at + 18, value: 2 },
    ],
    [
      "a section of another major version",
      sectionHeader(LITTLE).with(12, 2),
      { block: "Section Header Block", field: "Major Version", offset: at + 12, value: 2 },
    ],
    [
      "a section of no byte order",
      sectionHeader(LITTLE).with(8, 0),
      { block: "Section Header Block", field: "Byte-Order Magic", value: "0x003c2b1a" },
    ],
    [
      "a section that is cut off",
      sectionHeader(LITTLE).slice(0, 20),
      { block: "Section Header Block", field: "length", offset: at, value: 20 },
    ],
  ];

  for (const [what, octets, error] of table) {
    test(`${what}: the packet before it is there, and the error says where`, () => {
      const capture = readCapture(file(before, octets));
      expect(capture.records).toHaveLength(1);
      expect(capture.error).toMatchObject(error);
      expect(capture.error?.message).toMatch(/ is .*, but it should be /);
    });
  }
});
