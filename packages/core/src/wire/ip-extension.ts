import { readU8 } from "./bytes.ts";

/** IPv6's fragment header, the one extension header of fixed length. */
export const EXTENSION_FRAGMENT = 44;
const EXTENSION_AUTHENTICATION = 51;

/**
 * Whether this protocol number is an extension header that can be stepped
 * over: hop-by-hop, routing, fragment, authentication, destination options,
 * mobility, HIP and shim6 (IANA's list, without ESP, which hides what follows,
 * and without the experimental ones).
 */
export function isExtension(protocol: number): boolean {
  switch (protocol) {
    case 0:
    case 43:
    case EXTENSION_FRAGMENT:
    case EXTENSION_AUTHENTICATION:
    case 60:
    case 135:
    case 139:
    case 140:
      return true;
    default:
      return false;
  }
}

/** Octets of the extension header at `at`: RFC 8200 §4, RFC 4302 §2.2. At least 8. */
export function extensionLength(bytes: Uint8Array, at: number, protocol: number): number {
  if (protocol === EXTENSION_FRAGMENT) return 8;
  const units = readU8(bytes, at + 1);
  return protocol === EXTENSION_AUTHENTICATION ? 4 * (units + 2) : 8 * (units + 1);
}
