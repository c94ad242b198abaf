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
}

/** Every TCP connection and listener of a namespace: `ss -tan`. */
export async function kernelConnections(namespace: Namespace): Promise<KernelConnection[]> {
  const { stdout } = await namespace.run("ss", "-Htan");
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map(parseLine);
}

/** `ESTAB 0 0 192.0.2.1:45678 192.0.2.2:80` */
function parseLine(line: string): KernelConnection {
  const [name = "", , , local = "", remote = ""] = line.split(/\s+/);
  const state = SS_NAMES[name] ?? STATE_NAMES.find((known) => known === name);
  if (state === undefined) throw new Error(`ss names a state that nobody knows: ${line}`);
  return { state, localPort: portOf(local), remotePort: portOf(remote) };
}

/** `*` is no port. */
function portOf(end: string): number {
  return Number(end.slice(end.lastIndexOf(":") + 1)) || 0;
}
