import { openFrame, readCapture } from "@synfin/capture";
import { flagNames } from "@synfin/core/tcp";
import { decodePacket, formatAddress, type IpPacket, type TcpSegment } from "@synfin/core/wire";
import type { Trace, TraceSegment } from "@synfin/simulator";
import { type Caught, oneWayOf, type Vantage } from "./vantage.ts";

/** More than anyone reads in a ladder; what comes after is left out. */
const MOST_SEGMENTS = 1_000;

/**
 * The first TCP connection of a capture as a trace: its hosts are the `client`, which
 * sent the first SYN, and the `server`. A capture knows only when packets passed
 * by: times at the other end are estimated from the handshake, and states, losses
 * and calls are not there. A message where there is no connection to be seen.
 */
export function traceOfCapture(file: Uint8Array, name: string): Trace | string {
  const capture = readCapture(file);
  const all = capture.records.flatMap((record) => {
    const opened = openFrame(record.linkType, record.data);
    if (!opened.ok || record.timeUs === undefined) return [];
    const truncated = record.originalLength > record.data.length;
    const decoded = decodePacket(opened.packet, { truncated });
    if (!decoded.ok) return [];
    return [caught(record.timeUs, opened.packet, decoded.value.ip, decoded.value.tcp)];
  });
  const first = all.find(({ flags }) => flags.includes("SYN") && !flags.includes("ACK")) ?? all[0];
  if (first === undefined) return capture.error?.message ?? "there is no TCP segment in it";
  const own = all.filter((one) => isSame(one, first) || isSame(turned(one), first));
  const packets = own.map((one) => ({ ...one, isClient: isSame(one, first) }));
  const both = capture.records.some(({ interfaceName }) => interfaceName === "both");
  const segments = segmentsOf(packets, oneWayOf(packets, both)).slice(0, MOST_SEGMENTS);
  return traceOf(name, first, segments);
}

function caught(atUs: number, packet: Uint8Array, ip: IpPacket, tcp: TcpSegment): Caught {
  const announced = ip.version === 4 ? ip.totalLength - 4 * ip.ihl : ip.payloadLength;
  const whole = ip.version === 4 ? ip.totalLength : 40 + ip.payloadLength;
  const header = announced - ip.payload.length + tcp.payload.length;
  return {
    ...{ atUs, tcp, isClient: true },
    src: formatAddress(ip.src),
    dst: formatAddress(ip.dst),
    flags: flagNames(tcp.flags),
    length: Math.max(0, header),
    // Without the padding that Ethernet puts behind a short packet.
    packet: hex(packet.subarray(0, whole)),
  };
}

type Ends = Pick<Caught, "src" | "dst"> & { readonly tcp: Pick<TcpSegment, "srcPort" | "dstPort"> };

function turned({ src, dst, tcp: { srcPort, dstPort } }: Caught): Ends {
  return { src: dst, dst: src, tcp: { srcPort: dstPort, dstPort: srcPort } };
}

function isSame(a: Ends, b: Ends): boolean {
  const portsAgree = a.tcp.srcPort === b.tcp.srcPort && a.tcp.dstPort === b.tcp.dstPort;
  return a.src === b.src && a.dst === b.dst && portsAgree;
}

function segmentsOf(
  packets: readonly Caught[],
  { vantage, delayUs }: { readonly vantage: Vantage; readonly delayUs: number },
): TraceSegment[] {
  const sentAt = ({ atUs, isClient }: Caught): number => {
    const isSeenLeaving = vantage === "both" || (vantage === "client") === isClient;
    return isSeenLeaving ? atUs : atUs - delayUs;
  };
  const order = packets.map((one) => ({ ...one, sentAtUs: sentAt(one) }));
  order.sort((a, b) => a.sentAtUs - b.sentAtUs);
  const startUs = order[0]?.sentAtUs ?? 0;
  const counts = { client: 0, server: 0 };
  const furthest: { client?: number; server?: number } = {};
  return order.map(({ tcp, flags, length, packet, isClient, sentAtUs }) => {
    const [from, to] = isClient ? (["client", "server"] as const) : (["server", "client"] as const);
    counts[from] += 1;
    const size = length + Number(flags.includes("SYN")) + Number(flags.includes("FIN"));
    const end = (tcp.seq + size) >>> 0;
    const before = furthest[from];
    const isNew = before === undefined || ((end - before) | 0) > 0;
    if (isNew) furthest[from] = end;
    return {
      ...{ id: `${from}-${counts[from]}`, from, to, flags, length, packet, options: [] },
      ...{ seq: tcp.seq, ack: tcp.ack, window: tcp.window, urgentPointer: tcp.urgentPointer },
      ...{ srcPort: tcp.srcPort, dstPort: tcp.dstPort },
      sentAtUs: sentAtUs - startUs,
      retransmission: size > 0 && !isNew,
      arrivals: [{ atUs: sentAtUs - startUs + delayUs, verdict: "deliver" }],
    };
  });
}

function traceOf(name: string, first: Caught, segments: readonly TraceSegment[]): Trace {
  const host = (end: "client" | "server", address: string, port: number) => {
    const sent = segments.filter(({ from }) => from === end);
    const syn = sent.find(({ flags }) => flags.includes("SYN"));
    // Where the beginning was missed, numbers count from what was seen first.
    const isn = syn?.seq ?? ((sent[0]?.seq ?? 0) - 1) >>> 0;
    return { name: end, address, port, isns: [isn], initialState: "CLOSED" as const };
  };
  return {
    ...{ format: "synfin-trace", version: 1, scenario: name, seed: 0, profile: "capture" },
    ...{ digest: "0".repeat(16), faults: [], states: [], events: [] },
    hosts: [
      host("client", first.src, first.tcp.srcPort),
      host("server", first.dst, first.tcp.dstPort),
    ],
    segments,
    endedAtUs: Math.max(...segments.flatMap(({ arrivals }) => arrivals.map(({ atUs }) => atUs))),
  };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
