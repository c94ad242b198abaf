import { LinkType, type PacketToWrite, writePcapng } from "@synfin/capture";
import type { Trace, TraceArrival, TraceSegment } from "@synfin/simulator";
import { VERSION } from "../version.ts";
import type { Vantage } from "./trace-options.ts";

/**
 * A capture of a run as a pcapng file, of raw IP packets. A host's own vantage
 * point sees what that host sent, when it left, and what reached it, when it
 * came: duplicates and damaged packets included, lost ones not. `both` sees
 * what either host sent, lost ones included. `client` is the first host of the
 * scenario and `server` the second, whatever their names are. The section's
 * comment names scenario, seed, profile, faults and digest; times count from the start
 * of the run.
 */
export function captureOf(trace: Trace, vantage: Vantage): Uint8Array {
  const packets = trace.segments.flatMap((segment) => seenFrom(trace, segment, vantage));
  const faults = trace.faults.map((fault) => ` --fault ${fault}`).join("");
  return writePcapng(
    packets.sort((a, b) => a.timeUs - b.timeUs),
    {
      linkType: LinkType.RAW,
      interfaceName: vantage,
      application: `synfin ${VERSION}`,
      comment: `scenario ${trace.scenario}, seed ${trace.seed}, profile ${trace.profile},${faults} digest ${trace.digest}, seen from ${vantage}`,
    },
  );
}

function seenFrom(trace: Trace, segment: TraceSegment, vantage: Vantage): PacketToWrite[] {
  if (vantage === "both") return [sent(segment)];
  const host = trace.hosts[vantage === "client" ? 0 : 1]?.name;
  // What nobody sent is only seen where it arrives.
  if (segment.from === host) return segment.injected === true ? [] : [sent(segment)];
  return segment.arrivals
    .filter(({ verdict }) => verdict !== "drop")
    .map((arrival) => arrived(segment, arrival));
}

function sent(segment: TraceSegment): PacketToWrite {
  return { timeUs: segment.sentAtUs, data: octets(segment.packet) };
}

function arrived(segment: TraceSegment, { atUs, verdict, packet }: TraceArrival): PacketToWrite {
  const plain = { timeUs: atUs, data: octets(packet ?? segment.packet) };
  if (verdict === "corrupt") return { ...plain, comment: `corrupted on the way (${segment.id})` };
  return verdict === "duplicate"
    ? { ...plain, comment: `duplicated on the way (${segment.id})` }
    : plain;
}

function octets(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}
