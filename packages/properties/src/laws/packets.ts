import { flagNames } from "@synfin/core/tcp";
import {
  checksumOk,
  decodePacket,
  encodeIp,
  encodeTcp,
  formatAddress,
  type TcpOption,
} from "@synfin/core/wire";
import type { TraceOption, TraceSegment } from "@synfin/simulator";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { firstDifference } from "../run/difference.ts";
import { fromHex, toHex } from "../run/hex.ts";
import type { Run } from "../run/run.ts";
import { placeOf } from "../run/sequence.ts";

/**
 * Every packet of a trace decodes to the trace's own fields, its checksums
 * are right, and it is encoded to the same octets again; a copy that was
 * corrupted on its way is refused by its checksum (RFC 9293 §3.1, MUST-2 and
 * MUST-3). So what a trace tells and what Wireshark will see are one thing.
 */
export const packetsHoldTheirSegments: Law<Run> = defineLaw({
  name: "packetsHoldTheirSegments",
  source: "RFC 9293 §3.1 MUST-2, MUST-3; RFC 791; RFC 8200",
  says: "Every packet of a trace decodes to its segment; corrupted copies are refused.",
  premises: ["packet decoded", "corrupted copy refused"],
  examine(run, notes) {
    for (const segment of run.trace.segments) {
      if (segment.packet === "") continue;
      checkPacket(run, segment, notes);
      for (const { packet } of segment.arrivals) {
        if (packet !== undefined) checkDamaged(segment, packet, notes);
      }
    }
  },
});

function checkPacket(run: Run, segment: TraceSegment, notes: Notes): void {
  const bytes = fromHex(segment.packet);
  const decoded = decodePacket(bytes);
  if (!decoded.ok) {
    notes.broken(`its packet is refused: ${decoded.error.message}`, placeOf(segment));
    return;
  }
  notes.met("packet decoded");
  const { ip, tcp } = decoded.value;
  const told = {
    ...{ from: addressOf(run, segment.from), to: addressOf(run, segment.to) },
    ...pick(segment),
    flags: [...segment.flags],
    options: [...segment.options],
  };
  const found = {
    ...{ from: formatAddress(ip.src), to: formatAddress(ip.dst) },
    ...pick({ ...tcp, length: tcp.payload.length }),
    flags: flagNames(tcp.flags),
    options: tcp.options.map(optionOf).filter(({ name }) => name !== "nop" && name !== "eol"),
  };
  const difference = firstDifference(told, found);
  if (difference !== "") notes.broken(`trace and packet differ in ${difference}`, placeOf(segment));
  if (!checksumOk(bytes)) notes.broken("a checksum of its packet is wrong", placeOf(segment));
  const inner = encodeTcp(tcp);
  const again = inner.ok ? encodeIp({ ...ip, payload: inner.value }) : inner;
  const same = again.ok && toHex(again.value) === segment.packet;
  if (!same) notes.broken("its packet is not encoded to the same octets again", placeOf(segment));
}

function checkDamaged(segment: TraceSegment, packet: string, notes: Notes): void {
  if (packet !== segment.packet && !checksumOk(fromHex(packet))) {
    notes.met("corrupted copy refused");
    return;
  }
  notes.broken("a corrupted copy of it has the right checksums", placeOf(segment));
}

type Numbers = Pick<
  TraceSegment,
  "srcPort" | "dstPort" | "seq" | "ack" | "length" | "window" | "urgentPointer"
>;

function pick(source: Numbers): Numbers {
  const { srcPort, dstPort, seq, ack, length, window, urgentPointer } = source;
  return { srcPort, dstPort, seq, ack, length, window, urgentPointer };
}

/** An option of a packet in the trace's form. */
function optionOf(option: TcpOption): TraceOption {
  const { name } = option;
  if (name === "window-scale") return { name, value: option.shift };
  if (name === "timestamps") return { name, value: option.value, echo: option.echoReply };
  if (name === "sack") {
    return { name, blocks: option.blocks.map(({ left, right }) => [left, right] as const) };
  }
  if (name === "user-timeout") {
    return { name, value: option.timeout * (option.unit === "minutes" ? 60 : 1) };
  }
  return name === "mss" ? { name, value: option.value } : { name };
}

function addressOf(run: Run, host: string): string {
  return run.trace.hosts.find(({ name }) => name === host)?.address ?? host;
}
