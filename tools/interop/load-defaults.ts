import { PROFILES, SynQueueFull } from "@synfin/core/tcp";
import type { Namespace } from "./namespace.ts";

const SECOND_US = 1_000_000;
const { params, ephemeralPorts, backlog } = PROFILES.linux;

/** What the profile takes to be Linux's defaults, in the kernel's words. */
export const SIMULATED_DEFAULTS: string = [
  `ip_local_port_range ${ephemeralPorts.join(" ")}`,
  `somaxconn ${backlog}`,
  `tcp_syn_linear_timeouts ${params.synLinear}`,
  `tcp_syn_retries ${retriesIn(params.synR2Us - params.synLinear * SECOND_US)}`,
  `tcp_synack_retries ${retriesIn(params.synAckR2Us)}`,
  `tcp_fin_timeout ${params.orphanFinWait2Us / SECOND_US}`,
].join(", ");

export const SIMULATED_SYNCOOKIES: string = params.synQueueFull === SynQueueFull.COOKIE ? "1" : "0";

/** How many retransmissions, after 1, 2, 4 … seconds, a time has room for. */
function retriesIn(us: number): number {
  return Math.log2(us / SECOND_US + 1) - 1;
}

/** The same as a fresh namespace has them. */
export async function measureDefaults(namespace: Namespace): Promise<string> {
  const names = SIMULATED_DEFAULTS.split(", ").map((one) => one.split(" ")[0] ?? "");
  const values = await Promise.all(names.map((name) => readSetting(namespace, name)));
  return names.map((name, index) => `${name} ${values[index]}`).join(", ");
}

export async function readSetting(namespace: Namespace, name: string): Promise<string> {
  const folder = name === "somaxconn" ? "core" : "ipv4";
  const { stdout } = await namespace.run("cat", `/proc/sys/net/${folder}/${name}`);
  return stdout.trim().replace("\t", " ");
}
