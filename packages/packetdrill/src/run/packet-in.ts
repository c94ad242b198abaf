import { Flag, flagBits, State } from "@synfin/core/tcp";
import {
  createPacketFields,
  dataOffsetFor,
  encodeIp,
  encodeTcp,
  PROTOCOL_TCP,
  readPacket,
} from "@synfin/core/wire";
import type { PacketAction } from "../ast.ts";
import { addressBytes } from "./address.ts";
import type { Bench } from "./bench.ts";
import { unsupported } from "./failure.ts";
import { optionsToWire } from "./tcp-options.ts";
import type { Timestamps } from "./timestamps.ts";

/**
 * Injects a packet: it becomes octets and is read from them, so that the
 * stack sees what a host would see.
 */
export function inject(action: PacketAction, bench: Bench, timestamps: Timestamps): void {
  if (action.ip !== undefined && action.ip !== "noecn") {
    unsupported(action.at, `"[${action.ip}]"`, "there is only [noecn] for inbound packets");
  }
  const { underTest } = bench;
  const packet = encode(action, bench, timestamps);
  const fields = createPacketFields();
  const code = readPacket(packet, 0, packet.length, fields);
  if (code !== 0) throw new Error(`synfin: a packet of our own is refused with code ${code}`);
  const payload = packet.subarray(fields.payloadAt, fields.payloadAt + fields.length);
  const { srcPort, dstPort, seq } = fields;
  const syn = (fields.flags & Flag.SYN) !== 0;
  // As long as the stack knows no peer, any SYN may be its beginning.
  const state = underTest.socket?.tcb.state ?? State.CLOSED;
  if (syn && state <= State.SYN_SENT) underTest.numbers.remoteSyn(seq);
  bench.transcript.packet(bench.nowUs, bench.state, action);
  const ends = { src: bench.remoteAddress, dst: bench.localAddress, srcPort, dstPort };
  bench.posix.arrives({ ...ends, segment: { ...fields }, payload, flow: 0 }, bench.nowUs);
  // A connection in TIME-WAIT may have given way to this SYN.
  if (syn && underTest.socket?.tcb.irs === seq) underTest.numbers.remoteSyn(seq);
}

function encode(action: PacketAction, bench: Bench, timestamps: Timestamps): Uint8Array {
  const { localPort, remotePort, numbers } = bench.underTest;
  const flags = flagBits(action.flags);
  const syn = (flags & Flag.SYN) !== 0;
  const items = action.options ?? [];
  if (items === "any") return unsupported(action.at, '"<...>" inbound', "write the options out");
  const options = optionsToWire(items, numbers);
  if (options === undefined) {
    return unsupported(action.at, 'an option behind "eol"', "only more of them may follow an eol");
  }
  const segment = encodeTcp({
    srcPort: remotePort,
    dstPort: Math.max(0, localPort),
    seq: numbers.inboundSeq(action.seq, syn),
    ack: action.ack === undefined ? 0 : numbers.inboundAck(action.ack, syn),
    dataOffset: dataOffsetFor(options),
    reserved: 0,
    flags,
    window: action.win ?? 0,
    checksum: 0,
    urgentPointer: action.urg ?? 0,
    options: options.map((option) => timestamps.inbound(option)),
    payload: new Uint8Array(action.seq.length),
  });
  if (!segment.ok) return unsupported(action.at, segment.error.message, "mend the packet");
  return wrap(segment.value, bench);
}

function wrap(payload: Uint8Array, bench: Bench): Uint8Array {
  const src = addressBytes(bench.remoteAddress);
  const dst = addressBytes(bench.localAddress);
  const trailer = new Uint8Array(0);
  const ends = { src, dst, protocol: PROTOCOL_TCP, hopLimit: 64, trafficClass: 0 };
  const common = { ...ends, payload, trailer };
  const packet = encodeIp(
    src.length === 4
      ? {
          ...common,
          version: 4,
          ihl: 5,
          totalLength: 20 + payload.length,
          identification: 0,
          flags: 0,
          fragmentOffset: 0,
          headerChecksum: 0,
          options: trailer,
        }
      : {
          ...common,
          version: 6,
          flowLabel: 0,
          payloadLength: payload.length,
          nextHeader: PROTOCOL_TCP,
          extensions: [],
        },
  );
  if (!packet.ok) throw new Error(`synfin: ${packet.error.message}`);
  return packet.value;
}
