import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Capture, openFrame, readCapture } from "../src/index.ts";

function load(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`fixtures/${file}`, import.meta.url)));
}

/** The start of a real file of each format, short enough to break a hundred thousand times. */
const FILES = ["linux-connections.pcapng", "linux-connections.pcap"].map((file) =>
  load(file).subarray(0, 900),
);

/** Records lie within the file, in its order, and an error names a place within it. */
function expectSound(capture: Capture, bytes: Uint8Array): void {
  let last = bytes.byteOffset;
  for (const [index, { number, data, linkType }] of capture.records.entries()) {
    expect(number).toBe(index + 1);
    if (data.length > 0 && data.byteOffset < last) throw new Error("out of order");
    if (data.length > 0) last = data.byteOffset + data.length;
    openFrame(linkType, data);
  }
  if (last > bytes.byteOffset + bytes.length) throw new Error("a record ends behind the file");
  const { error } = capture;
  if (error === undefined) return;
  if (error.offset < 0 || error.offset > bytes.length) throw new Error(error.message);
  if (!error.message.includes(String(error.value))) throw new Error(error.message);
}

describe("a capture may be anything", () => {
  test("every beginning of a real file gives the records that are whole", () => {
    for (const file of FILES) {
      let records = 0;
      let clean = 0;
      for (let length = 0; length <= file.length; length++) {
        const bytes = file.subarray(0, length);
        const capture = readCapture(bytes);
        expectSound(capture, bytes);
        expect(capture.records.length).toBeGreaterThanOrEqual(records);
        records = capture.records.length;
        if (capture.error === undefined) clean++;
      }
      expect(records).toBeGreaterThan(5);
      // Only between records and blocks is there nothing to complain about.
      expect(clean).toBeGreaterThan(5);
      expect(clean).toBeLessThan(20);
    }
  });

  test("accidents in a real file, and octets that never were one", () => {
    const accidents = fc.array(fc.tuple(fc.nat(899), fc.nat(255)), { minLength: 1, maxLength: 4 });
    const mutated = fc.tuple(fc.constantFrom(...FILES), accidents).map(([file, changes]) => {
      const bytes = file.slice();
      for (const [at, value] of changes) bytes[at] = value;
      return bytes;
    });
    const magic = fc.constantFrom([0x0a, 0x0d, 0x0d, 0x0a], [0xd4, 0xc3, 0xb2, 0xa1]);
    const random = fc
      .tuple(magic, fc.uint8Array({ maxLength: 100 }))
      .map(([start, rest]) => Uint8Array.of(...start, ...rest));
    const blocks = new Set<string>();
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: mutated }, random), (bytes) => {
        const capture = readCapture(bytes);
        expectSound(capture, bytes);
        if (capture.error !== undefined) blocks.add(capture.error.block);
      }),
      { numRuns: 20_000 },
    );
    expect([...blocks]).toEqual(
      expect.arrayContaining([
        "file header",
        "packet record",
        "Section Header Block",
        "Interface Description Block",
        "Enhanced Packet Block",
      ]),
    );
  });
});
