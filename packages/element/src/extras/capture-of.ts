import { LinkType, writePcapng } from "@synfin/capture";
import type { Trace } from "@synfin/simulator";

/**
 * A run as a pcapng file of raw IP packets: everything that either host sent,
 * when it left, also what was lost afterwards. The section's comment names the
 * run, and says that this is the view of both.
 */
export function captureOf(trace: Trace): Uint8Array<ArrayBuffer> {
  const packets = trace.segments.map(({ sentAtUs, packet }) => ({
    timeUs: sentAtUs,
    data: octets(packet),
  }));
  const faults = trace.faults.map((fault) => ` --fault ${fault}`).join("");
  const comment = `scenario ${trace.scenario}, seed ${trace.seed}, profile ${trace.profile},${faults} digest ${trace.digest}, seen from both`;
  const options = { linkType: LinkType.RAW, interfaceName: "both", application: "synfin", comment };
  return Uint8Array.from(
    writePcapng(
      packets.sort((a, b) => a.timeUs - b.timeUs),
      options,
    ),
  );
}

function octets(hex: string): Uint8Array {
  const pairs = hex.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}
