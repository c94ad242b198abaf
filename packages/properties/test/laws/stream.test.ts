import { deliveredIsPrefixOfSent, type Run } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, doctored, found, sentBy } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

/** A run in which the octets that were handed over are others. */
function delivered(run: Run, change: (bytes: Uint8Array) => Uint8Array): Run {
  const watched = found(run.watched, "observer");
  const deliveries = watched.deliveries.map((one) => ({ ...one, bytes: change(one.bytes) }));
  return { ...run, watched: { ...watched, deliveries } };
}

test("an octet that is delivered as another", () => {
  const run = delivered(shipped("four-way-close"), (bytes) => {
    return bytes.map((octet, index) => (index === 7 ? octet ^ 1 : octet));
  });
  expect(breaches(deliveredIsPrefixOfSent, run)).toMatchObject([
    { host: "server", message: "octet 7 was delivered as 105; client sent 104" },
  ]);
});

test("a FIN that is taken before all octets are delivered", () => {
  const run = delivered(shipped("four-way-close"), (bytes) => bytes.subarray(1, 1));
  expect(breaches(deliveredIsPrefixOfSent, run)).toMatchObject([
    { host: "server", message: "took the FIN after 0 octets were delivered; 50 were sent" },
  ]);
});

test("text that goes out wrong, and a retransmission that holds something else", () => {
  const wrong = doctored(shipped("four-way-close"), (trace) => {
    const data = sentBy(trace, "client", "DATA");
    data.packet = `${data.packet.slice(0, -2)}00`;
  });
  const { id } = sentBy(wrong.trace, "client", "DATA");
  expect(breaches(deliveredIsPrefixOfSent, wrong)).toContainEqual(
    expect.objectContaining({
      segment: id,
      message: "octet 49 of the stream is 0, which is not the next letter",
    }),
  );
  const changed = doctored(shipped("four-way-close"), (trace) => {
    const data = sentBy(trace, "client", "DATA");
    const packet = `${data.packet.slice(0, -2)}00`;
    trace.segments.push({ ...data, id: "client-9", packet, retransmission: true });
  });
  expect(breaches(deliveredIsPrefixOfSent, changed)[0]).toMatchObject({
    segment: "client-9",
    message: "octet 49 of the stream is 0, and was 120 before",
  });
});
