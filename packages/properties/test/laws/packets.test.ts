import { packetsHoldTheirSegments } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, doctored, sentBy } from "../support/doctor.ts";
import { shipped, varied } from "../support/shipped.ts";

/** The packet with one octet changed, counted from the front. */
function flipped(packet: string, octet: number): string {
  const value = Number.parseInt(packet.slice(2 * octet, 2 * octet + 2), 16) ^ 1;
  const digits = value.toString(16).padStart(2, "0");
  return packet.slice(0, 2 * octet) + digits + packet.slice(2 * octet + 2);
}

test.each([
  ["a source address", 15, "from"],
  ["a port", 21, "srcPort"],
  ["a sequence number", 27, "seq"],
  ["an acknowledgment number", 31, "ack"],
  ["the control bits", 33, "flags"],
  ["a window", 35, "window"],
])("%s that is not the trace's", (_name, octet, field) => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    const data = sentBy(trace, "client", "DATA");
    data.packet = flipped(data.packet, octet);
  });
  const { id } = sentBy(run.trace, "client", "DATA");
  const found = breaches(packetsHoldTheirSegments, run);
  expect(found).toContainEqual(
    expect.objectContaining({ segment: id, message: expect.stringContaining(`in ${field}`) }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({ segment: id, message: "a checksum of its packet is wrong" }),
  );
});

test("a packet that no one can read", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    sentBy(trace, "client", "SYN").packet = "45";
  });
  expect(breaches(packetsHoldTheirSegments, run)).toMatchObject([
    { segment: "client-1", message: expect.stringContaining("its packet is refused") },
  ]);
});

test("a corrupted copy is refused, and one that is not is a breach", () => {
  const run = varied("four-way-close", {}, { faults: ["corrupt:client:FIN"] });
  const { premises, breaches: none } = packetsHoldTheirSegments.check(run);
  expect(none).toEqual([]);
  expect(premises.get("corrupted copy refused")).toBe(1);

  const healed = doctored(run, (trace) => {
    const fin = sentBy(trace, "client", "FIN");
    for (const arrival of fin.arrivals) arrival.packet = fin.packet;
  });
  expect(breaches(packetsHoldTheirSegments, healed)).toMatchObject([
    { message: "a corrupted copy of it has the right checksums" },
  ]);
});
