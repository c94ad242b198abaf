import { type CaptureRecord, openFrame } from "@synfin/capture";
import { decodePacket, type TcpOption } from "@synfin/core/wire";
import { TRACE_VERSION, type Trace, type TraceOption, type TraceSegment } from "@synfin/simulator";
import { decodeFrame, type SegmentFrame } from "../decode/decode-frame.ts";
import { toHex } from "../decode/format-json.ts";

/** One captured connection. The first of its ends is the one whose packet was seen first. */
export interface CapturedConnection {
  /** The ends, as `ADDRESS:PORT` or `[ADDRESS]:PORT`. */
  readonly ends: readonly [string, string];
  readonly addresses: readonly [string, string];
  /** Whether its first packet here is a SYN; otherwise it began before the capture did. */
  readonly fromSyn: boolean;
  /** Whether one end's packets are missing, though the other's acknowledge some. */
  readonly oneWay: boolean;
  /** Segment ids are `#` and the packet's number; each is at a microsecond of its own. */
  readonly trace: Trace;
}

/** What was found in a capture. */
export interface CapturedConnections {
  readonly connections: readonly CapturedConnection[];
  readonly segments: number;
  /** Packets that are no whole TCP segment. */
  readonly others: number;
  /** Those of them that the capture has cut off before the end of their headers. */
  readonly cutOff: number;
}

interface Growing {
  readonly ends: readonly [string, string];
  readonly addresses: readonly [string, string];
  readonly ports: readonly [number, number];
  readonly segments: TraceSegment[];
  /** The initial sequence number of each end, once its SYN has been seen. */
  readonly isns: (number | undefined)[];
  /** The connection that had these ports before, until this one's SYN has been answered. */
  former: Growing | undefined;
}

/** Sorts a capture's segments into connections, each from a SYN of new numbers on. */
export function connectionsOf(records: readonly CaptureRecord[]): CapturedConnections {
  const all: Growing[] = [];
  const current = new Map<string, Growing>();
  let [others, cutOff, startUs, nowUs, segments] = [0, 0, -1, -1, 0];
  for (const record of records) {
    const frame = decodeFrame(record);
    if (!("flags" in frame)) {
      others += 1;
      if ("error" in frame && record.originalLength > record.data.length) cutOff += 1;
      continue;
    }
    segments += 1;
    if (startUs === -1) startUs = frame.timeUs ?? 0;
    // One after the other, whatever the clock did: the order of the file is what was seen.
    nowUs = Math.max(nowUs + 1, (frame.timeUs ?? 0) - startUs);
    const connection = connectionFor(frame, current, all);
    connection.segments.push(segmentOf(frame, record, nowUs, connection));
  }
  return { connections: all.map((one) => finish(one, nowUs)), segments, others, cutOff };
}

function connectionFor(
  frame: SegmentFrame,
  current: Map<string, Growing>,
  all: Growing[],
): Growing {
  const { src, dst, srcPort, dstPort, seq, flags } = frame;
  const ends = [endpoint(src, srcPort), endpoint(dst, dstPort)] as const;
  const key = [...ends].sort((a, b) => (a < b ? -1 : 1)).join(" ");
  const known = current.get(key);
  const side = known?.ends.indexOf(ends[0]) ?? 0;
  const syn = flags.includes("SYN") && !flags.includes("RST");
  const isn = known?.isns[side];
  // A SYN with a number of its own begins another connection, unless it answers one.
  const another =
    syn && (isn === undefined ? !flags.includes("ACK") && isOpen(known) : isn !== seq);
  if (known !== undefined && !another) {
    if (syn) known.isns[side] = seq;
    const again = syn && side === 0;
    if (known.former === undefined || again) return known;
    if (!isAnswer(known, side, frame)) return known.former;
    known.former = undefined;
    return known;
  }
  const fresh: Growing = {
    ends,
    addresses: [src, dst],
    ports: [srcPort, dstPort],
    segments: [],
    isns: [syn ? seq : undefined, undefined],
    former: known,
  };
  current.set(key, fresh);
  all.push(fresh);
  return fresh;
}

/**
 * Whether a segment belongs to the connection that a SYN opens where another one has been. Until it
 * is answered, the other may still speak: who takes a SYN for an old one, or for forged, says where
 * it stands, and may be reset for it (RFC 9293 §3.5.1, RFC 5961 §4).
 */
function isAnswer({ isns: [isn = 0] }: Growing, side: number, frame: SegmentFrame): boolean {
  const { flags, seq, ack } = frame;
  if (flags.includes("SYN")) return true;
  const next = (isn + 1) >>> 0;
  return side === 0 ? seq === next : flags.includes("ACK") && ack === next;
}

/** Whether more than a SYN has been seen of a connection: a SYN that crosses one is no new one. */
function isOpen(known: Growing | undefined): boolean {
  return known?.segments.some(({ flags }) => !flags.includes("SYN")) ?? false;
}

function segmentOf(
  frame: SegmentFrame,
  record: CaptureRecord,
  sentAtUs: number,
  { ends }: Growing,
): TraceSegment {
  const { src, srcPort, dstPort, seq, ack, flags, window, urgentPointer } = frame;
  const fromFirst = endpoint(src, srcPort) === ends[0];
  const [from, to] = fromFirst ? ends : [ends[1], ends[0]];
  return {
    id: `#${frame.frame}`,
    ...{ sentAtUs, from, to, srcPort, dstPort, flags, seq, ack, window, urgentPointer },
    length: frame.payloadLength,
    options: frame.options.flatMap(optionOf),
    retransmission: false,
    arrivals: [{ atUs: sentAtUs, verdict: "deliver" }],
    packet: textOf(record, frame.payloadLength),
  };
}

/** The text in hexadecimal; empty where the capture cut it off, so that nothing is compared. */
function textOf({ linkType, data, originalLength }: CaptureRecord, length: number): string {
  const opened = openFrame(linkType, data);
  if (!opened.ok) return "";
  const decoded = decodePacket(opened.packet, { truncated: originalLength > data.length });
  if (!decoded.ok || decoded.value.tcp.payload.length !== length) return "";
  return toHex(decoded.value.tcp.payload);
}

/** The laws look at the window's scale, and at no other option. */
function optionOf(option: TcpOption): TraceOption[] {
  return option.name === "window-scale" ? [{ name: option.name, value: option.shift }] : [];
}

function finish(
  { ends, addresses, ports, segments, isns }: Growing,
  endedAtUs: number,
): CapturedConnection {
  const hosts = ends.map((name, index) => {
    const own = isns[index];
    return {
      name,
      address: addresses[index] ?? "",
      port: ports[index] ?? 0,
      isns: own === undefined ? [] : [own],
      initialState: "CLOSED" as const,
    };
  });
  const trace: Trace = {
    format: "synfin-trace",
    version: TRACE_VERSION,
    ...{ scenario: "capture", seed: 0, profile: "", digest: "", faults: [] },
    ...{ hosts, segments, states: [], events: [], endedAtUs },
  };
  const { flags = [] } = segments[0] ?? {};
  const oneWay = isOneWay(segments);
  // In both directions a SYN,ACK is not the first of a connection.
  const fromSyn = flags.includes("SYN") && (oneWay || !flags.includes("ACK"));
  return { ends, addresses, fromSyn, oneWay, trace };
}

function isOneWay(segments: readonly TraceSegment[]): boolean {
  const [first] = segments;
  const alone = segments.every(({ from }) => from === first?.from);
  return alone && segments.some(({ flags }) => flags.includes("ACK") && !flags.includes("RST"));
}

function endpoint(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
