import { STATE_NAMES, type StateName } from "@synfin/core/tcp";
import type { Namespace } from "./namespace.ts";

/** The names that `ss` has of its own. */
const SS_NAMES: Readonly<Record<string, StateName>> = {
  ESTAB: "ESTABLISHED",
  "SYN-RECV": "SYN-RECEIVED",
  UNCONN: "CLOSED",
};

/** A connection of the kernel, as `ss` shows it, its state by the RFC's name. */
export interface KernelConnection {
  readonly state: StateName;
  readonly localPort: number;
  readonly remotePort: number;
  /** What is left of its TIME-WAIT, in whole seconds, while it is there. */
  readonly timeWaitSeconds?: number;
}

/** Every TCP connection and listener of a namespace: `ss -tano`. */
export async function kernelConnections(namespace: Namespace): Promise<KernelConnection[]> {
  const { stdout } = await namespace.run("ss", "-Htano");
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map(parseLine);
}

/** What a namespace's kernel has counted since the namespace was made, by the names of `nstat`. */
export async function kernelCounters(namespace: Namespace): Promise<Record<string, number>> {
  const { stdout } = await namespace.run("cat", "/proc/net/snmp", "/proc/net/netstat");
  const counters: Record<string, number> = {};
  // Each group is two lines: its names, and their values.
  for (const [, names = "", values = ""] of stdout.matchAll(/^Tcp\w*: (.*)\nTcp\w*: (.*)$/gm)) {
    const counts = values.split(" ").map(Number);
    for (const [index, name] of names.split(" ").entries()) counters[name] = counts[index] ?? 0;
  }
  return counters;
}

/** The segments that a namespace's kernel has sent again, SYN and FIN included (RFC 4022). */
export async function kernelSentAgain(namespace: Namespace): Promise<number> {
  const { RetransSegs } = await kernelCounters(namespace);
  if (RetransSegs === undefined) throw new Error("/proc/net/snmp has no RetransSegs");
  return RetransSegs;
}

/** `TIME-WAIT 0 0 192.0.2.1:45678 192.0.2.2:80 timer:(timewait,59sec,0)` */
function parseLine(line: string): KernelConnection {
  const [name = "", , , local = "", remote = ""] = line.split(/\s+/);
  const state = SS_NAMES[name] ?? STATE_NAMES.find((known) => known === name);
  if (state === undefined) throw new Error(`ss names a state that nobody knows: ${line}`);
  const [, minutes, seconds = 0] =
    /timer:\(timewait,(?:(\d+)min)?(?:(\d+)(?:sec|\.))?/.exec(line) ?? [];
  return {
    ...{ state, localPort: portOf(local), remotePort: portOf(remote) },
    ...(state === "TIME-WAIT"
      ? { timeWaitSeconds: 60 * Number(minutes ?? 0) + Number(seconds) }
      : {}),
  };
}

/** `*` is no port. */
function portOf(end: string): number {
  return Number(end.slice(end.lastIndexOf(":") + 1)) || 0;
}
