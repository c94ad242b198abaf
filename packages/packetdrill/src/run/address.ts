import { parseAddress } from "@synfin/core/wire";

/** The octets of an address that is known to be one. */
export function addressBytes(address: string): Uint8Array {
  const result = parseAddress(address);
  if (!result.ok) throw new Error(`synfin: ${result.error.message}`);
  return result.value;
}
