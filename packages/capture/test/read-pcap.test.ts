import { describe, expect, test } from "vitest";
import { LinkType, readCapture } from "../src/index.ts";
import { ORDERS, type Order, u16, u32 } from "./blocks.ts";

function fileHeader(order: Order, magic: number, linkType: number): number[] {
  return [
    ...u32(order, magic),
    ...u16(order, 2),
    ...u16(order, 4),
    ...u32(order, 0),
    ...u32(order, 0),
    ...u32(order, 65535),
    ...u32(order, linkType),
  ];
}

function record(order: Order, seconds: number, fraction: number, data: number[]): number[] {
  const lengths = [...u32(order, data.length), ...u32(order, data.length + 10)];
  return [...u32(order, seconds), ...u32(order, fraction), ...lengths, ...data];
}

describe("readCapture of pcap", () => {
  const magics = [
    { what: "microseconds", magic: 0xa1b2c3d4, fraction: 654_321 },
    { what: "nanoseconds", magic: 0xa1b23c4d, fraction: 654_321_999 },
  ];

  for (const order of ORDERS) {
    for (const { what, magic, fraction } of magics) {
      test(`${order.name}, ${what}`, () => {
        const file = Uint8Array.from([
          ...fileHeader(order, magic, LinkType.ETHERNET),
          ...record(order, 1_700_000_000, fraction, [1, 2, 3]),
          ...record(order, 1_700_000_001, 0, []),
        ]);
        expect(readCapture(file)).toEqual({
          format: "pcap",
          records: [
            {
              number: 1,
              timeUs: 1_700_000_000_654_321,
              linkType: LinkType.ETHERNET,
              data: Uint8Array.of(1, 2, 3),
              originalLength: 13,
            },
            {
              number: 2,
              timeUs: 1_700_000_001_000_000,
              linkType: LinkType.ETHERNET,
              data: new Uint8Array(0),
              originalLength: 10,
            },
          ],
        });
      });
    }
  }

  test("the length of the Ethernet checksum is no part of the link type", () => {
    const [order] = ORDERS;
    if (order === undefined) throw new Error("no order");
    const header = fileHeader(order, 0xa1b2c3d4, 0x24000000 + LinkType.ETHERNET);
    const file = Uint8Array.from([...header, ...record(order, 0, 0, [1])]);
    expect(readCapture(file).records[0]?.linkType).toBe(LinkType.ETHERNET);
  });
});

describe("a broken pcap", () => {
  const order = { littleEndian: true };
  const header = fileHeader(order, 0xa1b2c3d4, 1);
  const good = record(order, 1, 2, [7, 7]);

  test("a record that is cut off: what came before it is there", () => {
    const file = Uint8Array.from([...header, ...good, ...record(order, 3, 4, [8, 8, 8])]);
    const capture = readCapture(file.subarray(0, file.length - 1));
    expect(capture.records).toHaveLength(1);
    expect(capture.error).toEqual({
      block: "packet record",
      field: "Captured Packet Length",
      offset: 50,
      value: 3,
      message:
        "packet record: Captured Packet Length at offset 50 is 3, but it should be at most the 2 octets left of the file",
    });
  });

  test("a record header that is cut off", () => {
    const capture = readCapture(Uint8Array.from([...header, ...good, 1, 2, 3]));
    expect(capture).toMatchObject({
      records: [{}],
      error: { field: "length", offset: 42, value: 3 },
    });
  });

  test("a file header that is cut off", () => {
    expect(readCapture(Uint8Array.from(header).subarray(0, 23))).toMatchObject({
      format: "pcap",
      records: [],
      error: { block: "file header", offset: 0, value: 23 },
    });
  });

  test("something else altogether, and nothing at all", () => {
    const page = new Uint8Array([0x3c, 0x68, 0x74, 0x6d, 0x6c]);
    expect(readCapture(page)).toMatchObject({
      format: "unknown",
      error: { field: "Magic Number", offset: 0, value: "0x3c68746d" },
    });
    expect(readCapture(new Uint8Array(0)).error?.message).toBe(
      "file header: Magic Number at offset 0 is cut off after 0 octets, but it should be that of a pcap or pcapng file (0xa1b2c3d4, 0xa1b23c4d or 0x0a0d0d0a)",
    );
  });
});
