import { Flag, type FlagName } from "@synfin/core/tcp";
import { buildPacket, decodePacket, type TcpSegment } from "@synfin/core/wire";
import type { Datagram } from "@synfin/sockets";
import { addressBytes } from "./address.ts";
import type { Numbers } from "./numbers.ts";
import { optionsFromWire } from "./tcp-options.ts";
import type { PacketView } from "./transcript.ts";

/** The order in which scripts write the flags: `F.`, `SEW`. */
const WRITTEN_ORDER: readonly FlagName[] = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

/** What the stack sent, as it is on the wire. */
function wireSegment(datagram: Datagram): TcpSegment {
  const { srcPort, dstPort, segment, payload } = datagram;
  const src = addressBytes(datagram.src);
  const dst = addressBytes(datagram.dst);
  const decoded = decodePacket(buildPacket({ src, dst, srcPort, dstPort, segment, payload }));
  if (!decoded.ok) throw new Error(`synfin: the stack sent no packet: ${decoded.error.message}`);
  return decoded.value.tcp;
}

/** What the stack sent, in a script's words. */
export function viewOutbound(datagram: Datagram, numbers: Numbers): PacketView {
  const { flags, seq, ack, window, urgentPointer, options, payload } = wireSegment(datagram);
  const syn = (flags & Flag.SYN) !== 0;
  const start = numbers.outboundSeq(seq, syn);
  const { length } = payload;
  const hasAck = (flags & Flag.ACK) !== 0 || ack !== 0;
  const items = optionsFromWire(options, numbers);
  return {
    direction: "out",
    ip: undefined,
    flags: WRITTEN_ORDER.filter((name) => (flags & Flag[name]) !== 0),
    seq: { type: "range", start, end: (start + length) % 2 ** 32, length, absolute: false },
    ack: hasAck ? { value: numbers.outboundAck(ack, syn), absolute: false } : undefined,
    win: window,
    urg: urgentPointer === 0 ? undefined : urgentPointer,
    options: items.length === 0 ? undefined : items,
  };
}
