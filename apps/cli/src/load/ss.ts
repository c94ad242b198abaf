/** Connections that a host has already, as `ss -s` sums them up: where a crowd can start from. */
export interface SocketSummary {
  /** In ESTABLISHED, and in CLOSE-WAIT: tcpCurrEstab of RFC 4022 counts both. */
  readonly established: number;
  /** In TIME-WAIT, and orphans in FIN-WAIT-2, which Linux keeps with them. */
  readonly timeWait: number;
  /** Connections that no program holds any more; those of all network namespaces together. */
  readonly orphaned: number;
  /** In SYN-RECEIVED. Only an older iproute2 says so. */
  readonly synReceived?: number;
}

/** The summary, or one line that says what is wrong with the text and what would be right. */
export type SsResult =
  | { readonly ok: true; readonly value: SocketSummary }
  | { readonly ok: false; readonly message: string };

/**
 * Reads the text of Linux's `ss -s`:
 *
 *     TCP:   1803 (estab 20, closed 1777, orphaned 0, timewait 1777)
 *
 * Its table below counts sockets by IP version and has no states. `closed`
 * holds the connections in TIME-WAIT once more, so it is no state either.
 */
export function readSs(text: string): SsResult {
  const lines = text.split(/\r?\n/);
  const index = lines.findIndex((line) => /^\s*TCP:/.test(line));
  if (index === -1) {
    const [first = ""] = lines.filter((line) => line.trim() !== "");
    const got = first === "" ? "nothing" : `"${first.trim().slice(0, 60)}"`;
    return wrong(
      `${got} is not what "ss -s" prints; it should have a line "TCP:   3 (estab 1, …)"`,
    );
  }
  const line = lines[index] ?? "";
  const where = `line ${index + 1}: "${line.trim()}"`;
  const counts = /\((.*)\)/.exec(line)?.[1];
  if (counts === undefined) return wrong(`${where} should name its states in brackets`);
  const byName = new Map<string, number>();
  for (const part of counts.split(",")) {
    // An older ss writes "timewait 5/0": in TIME-WAIT, and of those without a full record.
    const [, name, count] = /^\s*([a-z]+)\s+(\d{1,15})(?:\/\d{1,15})?\s*$/.exec(part) ?? [];
    if (name === undefined)
      return wrong(`${where}: "${part.trim()}" should be a name and a number`);
    byName.set(name, Number(count));
  }
  return summary(byName, where);
}

function summary(counts: ReadonlyMap<string, number>, where: string): SsResult {
  const established = counts.get("estab");
  const timeWait = counts.get("timewait");
  const synReceived = counts.get("synrecv");
  if (established === undefined || timeWait === undefined) {
    return wrong(`${where} should count estab and timewait`);
  }
  const orphaned = counts.get("orphaned") ?? 0;
  const some = synReceived === undefined ? {} : { synReceived };
  return { ok: true, value: { established, timeWait, orphaned, ...some } };
}

function wrong(message: string): SsResult {
  return { ok: false, message };
}
