import { run } from "./run.ts";

/** What tshark finds in a capture, checking every checksum. */
export interface Findings {
  readonly packets: number;
  readonly tcp: number;
  readonly badIpChecksums: number;
  readonly badTcpChecksums: number;
  readonly malformed: number;
}

const FIELDS = ["frame.number", "tcp.checksum.status", "ip.checksum.status", "_ws.malformed"];

/** Reads a capture with tshark. `2` is its word for a good checksum in recent versions, `1`. */
export async function inspect(tshark: string, file: string): Promise<Findings> {
  const { stdout } = await run(tshark, [
    ...["-n", "-r", file, "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"],
    ...["-o", "tcp.desegment_tcp_streams:FALSE", "-T", "fields", "-E", "separator=;"],
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
    badTcpChecksums: count(([, tcp = ""]) => tcp !== "" && !isGood(tcp)),
    malformed: count(([, , , malformed = ""]) => malformed !== ""),
  };
}

/** Every layer's status; an ICMP error quotes a packet whose checksum cannot be checked. */
function isGood(status: string): boolean {
  return status.split(",")[0] === "1";
}
