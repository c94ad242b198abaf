import type { FourTuple } from "@synfin/core/tcp";
import { type AddressKind, addressKind, parseAddress } from "@synfin/core/wire";
import type { ConnectionEnds } from "./connection-table.ts";
import type { Errno } from "./errno.ts";

function kindOf(address: string): AddressKind | undefined {
  const parsed = parseAddress(address);
  return parsed.ok ? addressKind(parsed.value) : undefined;
}

/** Whether this is the address of one host: what may be an end of a connection. */
export function isUnicast(address: string): boolean {
  return kindOf(address) === "unicast";
}

/** Whether this stands for every address of a host: `0.0.0.0` and `::`. */
export function isUnspecified(address: string): boolean {
  return kindOf(address) === "unspecified";
}

/**
 * Why no connection to this address can be opened (MUST-46), or undefined
 * where one can. ENETUNREACH for a group, for everyone, and for what no one
 * may have, as Linux answers where its routes lead to no single host. EINVAL
 * for what names no host at all; Linux takes 0.0.0.0 for itself there, but
 * §3.9.1.1 has an invalid address refused.
 */
export function connectRefusal(address: string): Errno | undefined {
  const kind = kindOf(address);
  if (kind === "unicast") return undefined;
  return kind === undefined || kind === "unspecified" ? "EINVAL" : "ENETUNREACH";
}

/** Whether two addresses are of one IP version, so that packets can go between them. */
export function sameVersion(one: string, other: string): boolean {
  return one.includes(":") === other.includes(":");
}

/** Both ends with their addresses as octets. Throws where one is no address: a bug of ours. */
export function fourTuple(ends: ConnectionEnds): FourTuple {
  const { localPort, remotePort } = ends;
  const localAddress = octets(ends.localAddress);
  const remoteAddress = octets(ends.remoteAddress);
  return { localAddress, localPort, remoteAddress, remotePort };
}

function octets(address: string): Uint8Array {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new Error(`synfin: ${parsed.error.message}`);
  return parsed.value;
}
