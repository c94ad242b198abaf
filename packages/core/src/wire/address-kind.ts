/**
 * What an IP address stands for, as far as its octets say. Only `unicast` is
 * one host, and so only such an address can be an end of a connection
 * (RFC 9293 §3.9.1.1 and §3.9.2.3). The broadcast address of a network looks
 * like any other: who does not know the network's prefix cannot tell.
 */
export type AddressKind = "unicast" | "unspecified" | "multicast" | "broadcast" | "reserved";

/** The kind of an address of 4 or 16 octets. Throws on any other length: that is a bug. */
export function addressKind(bytes: Uint8Array): AddressKind {
  if (bytes.length === 4) return kindOfV4(bytes);
  if (bytes.length === 16) return kindOfV6(bytes);
  throw new RangeError(`an IP address has 4 or 16 octets, not ${bytes.length}`);
}

/** RFC 1122 §3.2.1.3: 0/8 is "this network", 224/4 is a group, 240/4 is no one's. */
function kindOfV4(bytes: Uint8Array): AddressKind {
  const first = bytes[0] ?? 0;
  if (first === 0) return "unspecified";
  if (first < 224) return "unicast";
  if (first < 240) return "multicast";
  return bytes.every((octet) => octet === 255) ? "broadcast" : "reserved";
}

/** RFC 4291 §2.4: `::` is no address, and ff00::/8 is a group. IPv6 has no broadcast. */
function kindOfV6(bytes: Uint8Array): AddressKind {
  if (bytes[0] === 0xff) return "multicast";
  return bytes.every((octet) => octet === 0) ? "unspecified" : "unicast";
}
