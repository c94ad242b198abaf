import { decodePacket } from "@synfin/core/wire";
import { scenarios, traceScenario } from "@synfin/simulator";
import { expect, test } from "vitest";
import { FIELD_MEANINGS } from "../../src/extras/field-meanings.ts";
import { FIELD_BITS, noteOf } from "../../src/extras/field-note.ts";
import { traceOf } from "../traces.ts";

const packetOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

/** The TCP header of a segment by its id. */
function headerOf(name: string, id: string): DataView {
  const packet = packetOf(traceOf(name).segments.find((one) => one.id === id)?.packet ?? "");
  const length = 4 * ((packet[32] ?? 0) >>> 4);
  return new DataView(packet.buffer, 20, length);
}

test("the fields cover the header, each bit once, in the order of Figure 1 [point 36]", () => {
  const covered = Object.values(FIELD_BITS).flatMap(([at, count]) =>
    Array.from({ length: count }, (_, bit) => at + bit),
  );
  expect(covered).toEqual(Array.from({ length: 160 }, (_, bit) => bit));
});

test("every field has a meaning in both languages [points 28, 36]", () => {
  const names = [...Object.keys(FIELD_BITS), "options"].sort();
  for (const { fields } of Object.values(FIELD_MEANINGS)) {
    expect(Object.keys(fields).sort()).toEqual(names);
    expect(Object.values(fields).every((text) => text.length > 10)).toBe(true);
  }
});

test("a note has the place, the value and the meaning of a field [point 36]", () => {
  const fin = headerOf("four-way-close", "client-4");
  expect(noteOf("FIN", fin, "en")).toEqual({
    text: "FIN, octet 13, bit 111: 1₂. The sender has no more data. It takes one number itself.",
    ...{ from: 13, to: 14 },
  });
  expect(noteOf("offset", fin, "ko").text).toContain("옥텟 12, 비트 96–99: 0101₂.");
  expect(noteOf("seq", fin, "en")).toMatchObject({ from: 4, to: 8 });
  expect(noteOf("seq", fin, "en").text).toContain("octets 4–7, bits 32–63: 0x00000064.");
  const syn = headerOf("four-way-close", "client-1");
  expect(noteOf("options", syn, "en").text).toContain("octets 20–23, bits 160–191: 0x020405b4.");
});

test("the octets of every segment decode back to the model [point 36]", () => {
  let count = 0;
  for (const scenario of scenarios) {
    for (const segment of traceScenario(scenario).segments) {
      const decoded = decodePacket(packetOf(segment.packet));
      if (!decoded.ok) throw new Error(`${scenario.name} ${segment.id}`);
      const { seq, ack, window, srcPort, dstPort, urgentPointer, payload } = decoded.value.tcp;
      expect({ seq, ack, window, srcPort, dstPort, urgentPointer, length: payload.length }).toEqual(
        {
          ...{ seq: segment.seq, ack: segment.ack, window: segment.window },
          ...{ srcPort: segment.srcPort, dstPort: segment.dstPort },
          ...{ urgentPointer: segment.urgentPointer, length: segment.length },
        },
      );
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(150);
});
