import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LinkType, type PacketToWrite, readCapture, writePcap, writePcapng } from "../src/index.ts";

const PACKETS: readonly PacketToWrite[] = [
  { timeUs: 0, data: Uint8Array.of(1), comment: "SYN 보냄 🎉" },
  { timeUs: 1_700_000_000_999_999, data: Uint8Array.of(1, 2, 3, 4), originalLength: 60 },
  { timeUs: 2 ** 32 * 1_000_000 - 1, data: new Uint8Array(0), comment: "" },
];

describe("what is written is read again", () => {
  test("pcapng, with comments and the interface's name", () => {
    const bytes = writePcapng(PACKETS, { linkType: LinkType.IPV4, interfaceName: "client" });
    const common = { linkType: LinkType.IPV4, interfaceName: "client" };
    expect(readCapture(bytes)).toEqual({
      format: "pcapng",
      records: [
        {
          ...common,
          number: 1,
          timeUs: 0,
          data: Uint8Array.of(1),
          originalLength: 1,
          comments: ["SYN 보냄 🎉"],
        },
        {
          ...common,
          number: 2,
          timeUs: 1_700_000_000_999_999,
          data: Uint8Array.of(1, 2, 3, 4),
          originalLength: 60,
        },
        {
          ...common,
          number: 3,
          timeUs: 2 ** 32 * 1_000_000 - 1,
          data: new Uint8Array(0),
          originalLength: 0,
          comments: [""],
        },
      ],
    });
  });

  test("pcap, raw IP by default", () => {
    const capture = readCapture(writePcap(PACKETS));
    expect(capture.error).toBeUndefined();
    expect(capture.records).toHaveLength(PACKETS.length);
    expect(capture.records[1]).toEqual({
      number: 2,
      timeUs: 1_700_000_000_999_999,
      linkType: LinkType.RAW,
      data: Uint8Array.of(1, 2, 3, 4),
      originalLength: 60,
    });
  });

  test("the snapshot length cuts, and the original length says so", () => {
    for (const write of [writePcap, writePcapng]) {
      const bytes = write([{ timeUs: 1, data: Uint8Array.of(1, 2, 3, 4, 5) }], { snapLength: 3 });
      expect(readCapture(bytes).records[0]).toMatchObject({
        data: Uint8Array.of(1, 2, 3),
        originalLength: 5,
      });
    }
  });

  test("whatever the packets are", () => {
    const packet = fc.record({
      timeUs: fc.integer({ min: 0, max: 2 ** 32 * 1_000_000 - 1 }),
      data: fc.uint8Array({ maxLength: 70 }),
      comment: fc.string({ unit: "grapheme" }),
    });
    fc.assert(
      fc.property(fc.array(packet), (packets) => {
        const { error, records } = readCapture(writePcapng(packets));
        expect(error).toBeUndefined();
        expect(records.map(({ timeUs, data, comments }) => ({ timeUs, data, comments }))).toEqual(
          packets.map(({ timeUs, data, comment }) => ({ timeUs, data, comments: [comment] })),
        );
        const plain = readCapture(writePcap(packets));
        expect(plain.error).toBeUndefined();
        expect(plain.records.map(({ timeUs, data }) => ({ timeUs, data }))).toEqual(
          packets.map(({ timeUs, data }) => ({ timeUs, data })),
        );
      }),
    );
  });

  test("a lone surrogate in a comment becomes a replacement character", () => {
    const [record] = readCapture(
      writePcapng([{ timeUs: 0, data: new Uint8Array(0), comment: "a\ud800b" }]),
    ).records;
    expect(record?.comments).toEqual(["a\ufffdb"]);
  });
});

describe("what cannot be written is a bug of the caller", () => {
  const data = new Uint8Array(1);

  test("times that are no time", () => {
    for (const timeUs of [-1, 0.5, Number.NaN, 2 ** 53]) {
      for (const write of [writePcap, writePcapng]) {
        expect(() => write([{ timeUs, data }])).toThrow(`timeUs is ${timeUs}`);
      }
    }
    expect(() => writePcap([{ timeUs: 2 ** 32 * 1_000_000, data }])).toThrow("end of pcap time");
  });

  test("a comment that is too long for its length field", () => {
    const comment = "x".repeat(65_536);
    expect(() => writePcapng([{ timeUs: 0, data, comment }])).toThrow("65536 octets does not fit");
  });
});
