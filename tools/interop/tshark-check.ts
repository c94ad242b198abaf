import { run } from "./run.ts";

/** What tshark finds in a capture, checking every checksum. */
export interface Findings {
  readonly packets: number;
  readonly tcp: number;
  readonly badIpChecksums: number;
  readonly badTcpChecksums: number;
  readonly malformed: number;
}

const FIELDS = [
  ...["frame.number", "tcp.checksum.status", "ip.checksum.status", "_ws.malformed"],
  ...["tcp.checksum", "ip.src", "ipv6.src"],
];

/**
 * In ones' complement 0xffff is 0x0000, and Linux writes it so where its sum
 * comes to nothing, once in 65,536 packets; tshark calls that bad (RFC 1624).
 * We do not write it, so it excuses no packet of ours.
 */
const OTHER_ZERO = "0xffff";

/** Reads a capture of a stack with this address with tshark. */
export async function inspect(tshark: string, file: string, ours: string): Promise<Findings> {
  const { stdout } = await run(tshark, [
    ...["-n", "-r", file, "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"],
    // What the text means is no concern of TCP: random octets make poor HTTP.
    ...["-d", "tcp.port==1-65535,data", "-T", "fields", "-E", "separator=;"],
    ...FIELDS.flatMap((field) => ["-e", field]),
  ]);
  const rows = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(";"));
  const count = (has: (row: readonly string[]) => boolean): number => rows.filter(has).length;
  return {
    packets: rows.length,
    tcp: count(([, tcp]) => tcp !== ""),
    badIpChecksums: count(([, , ip = ""]) => ip !== "" && !isGood(ip)),
    badTcpChecksums: count(([, tcp = "", , , sum = "", ipv4, ipv6]) => {
      const excused = sum.split(",")[0] === OTHER_ZERO && ipv4 !== ours && ipv6 !== ours;
      return tcp !== "" && !isGood(tcp) && !excused;
    }),
    malformed: count(([, , , malformed = ""]) => malformed !== ""),
  };
}

/**
 * 1 is tshark's word for good. Only the first one counts: what an ICMP error
 * quotes is not whole, so its checksum cannot be checked.
 */
function isGood(status: string): boolean {
  return status.split(",")[0] === "1";
}
