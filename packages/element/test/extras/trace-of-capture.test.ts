import { readFileSync } from "node:fs";
import { LinkType, type PacketToWrite, writePcap, writePcapng } from "@synfin/capture";
import { parseTrace, type Trace } from "@synfin/simulator";
import { expect, test } from "vitest";
import { captureOf } from "../../src/extras/capture-of.ts";
import { traceOfCapture } from "../../src/extras/trace-of-capture.ts";
import { layoutLadder } from "../../src/ladder/ladder.ts";
import { traceOf } from "../traces.ts";

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

/** A capture as one host takes it, with the given offset of its clock. */
function seenBy(trace: Trace, host: string, clockUs: number): PacketToWrite[] {
  const packets = trace.segments.flatMap(({ from, sentAtUs, arrivals, packet }) =>
    from === host
      ? [{ timeUs: clockUs + sentAtUs, data: octets(packet) }]
      : arrivals
          .filter(({ verdict }) => verdict !== "drop")
          .map(({ atUs }) => ({ timeUs: clockUs + atUs, data: octets(packet) })),
  );
  return packets.sort((a, b) => a.timeUs - b.timeUs);
}

/** What a capture can know of a run, in the order in which it was sent. */
const known = ({ segments }: Trace) =>
  segments.map((one) => ({
    ...{ id: one.id, sentAtUs: one.sentAtUs - (segments[0]?.sentAtUs ?? 0), flags: one.flags },
    ...{ seq: one.seq, ack: one.ack, length: one.length, packet: one.packet },
    ...{ window: one.window, retransmission: one.retransmission },
  }));

function read(file: Uint8Array): Trace {
  const trace = traceOfCapture(file, "run.pcapng");
  if (typeof trace === "string") throw new Error(trace);
  return trace;
}

const close = traceOf("four-way-close");

test.each(["client", "server"])("from the %s's side, a run comes out as it was", (host) => {
  const file = writePcapng(seenBy(close, host, 1_700_000_000_000_000), { linkType: LinkType.RAW });
  const trace = read(file);
  expect(known(trace)).toEqual(known(close));
  expect(
    trace.hosts.map(({ name, address, port, isns }) => ({ name, address, port, isns })),
  ).toEqual(close.hosts.map(({ name, address, port, isns }) => ({ name, address, port, isns })));
  expect(parseTrace(trace).ok).toBe(true);
});

test("what the element exports it can play, retransmissions marked, losses unknown", () => {
  const lost = traceOf("lost-fin");
  const trace = read(captureOf(lost));
  expect(known(trace)).toEqual(known(lost));
  expect(trace.segments.filter(({ retransmission }) => retransmission)).toHaveLength(1);
  const verdicts = trace.segments.flatMap(({ arrivals }) => arrivals.map((one) => one.verdict));
  expect(new Set(verdicts)).toEqual(new Set(["deliver"]));
  expect([trace.states, trace.events]).toEqual([[], []]);
});

test("only the first connection is shown, from pcap as well, and cut packets keep their length", () => {
  const other = traceOf("lost-syn").segments.map(({ packet, sentAtUs }) => {
    const data = octets(packet);
    data[23] = (data[23] ?? 0) ^ 1; // another port
    return { timeUs: 2_000_000 + sentAtUs, data };
  });
  const packets = [...seenBy(close, "client", 1_000_000), ...other];
  const file = writePcap(
    packets.sort((a, b) => a.timeUs - b.timeUs),
    { linkType: LinkType.RAW, snapLength: 60 },
  );
  const trace = read(file);
  expect(trace.segments.map(({ id, length }) => [id, length])).toEqual(
    close.segments.map(({ id, length }) => [id, length]),
  );
});

test("a connection whose beginning was missed counts from what was seen first", () => {
  const packets = seenBy(close, "client", 1_000_000).slice(3);
  const trace = read(writePcapng(packets, { linkType: LinkType.RAW }));
  expect(trace.segments[0]?.seq).toBe(((trace.hosts[0]?.isns[0] ?? 0) + 1) >>> 0);
});

test.each(["linux-connections.pcapng", "linux-connections-cooked.pcap"])(
  "what Linux did comes out of %s",
  (name) => {
    const path = new URL(`../../../capture/test/fixtures/${name}`, import.meta.url);
    const trace = read(readFileSync(path));
    expect(parseTrace(trace)).toEqual({ ok: true, value: trace });
    const [syn, answer, ack] = trace.segments;
    expect([syn?.flags, answer?.flags, ack?.flags]).toEqual([["SYN"], ["SYN", "ACK"], ["ACK"]]);
    expect(trace.segments.length).toBeGreaterThan(5);
    expect(layoutLadder(trace).arrows).toHaveLength(trace.segments.length);
  },
);

test("a file without a connection is named, and nothing throws", () => {
  expect(traceOfCapture(writePcapng([]), "x")).toBe("there is no TCP segment in it");
  expect(traceOfCapture(captureOf(close).subarray(0, 200), "x")).toContain("Block Total Length");
});
