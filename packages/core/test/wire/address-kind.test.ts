import { type AddressKind, addressKind, parseAddress } from "@synfin/core/wire";
import { describe, expect, test } from "vitest";

function kindOf(text: string): AddressKind {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return addressKind(parsed.value);
}

describe("the kind of an address", () => {
  test.each<[AddressKind, string[]]>([
    ["unspecified", ["0.0.0.0", "0.255.255.255", "::"]],
    ["unicast", ["1.0.0.0", "127.0.0.1", "192.0.2.255", "223.255.255.255"]],
    ["unicast", ["::1", "2001:db8::1", "fe80::1", "feff::", "::ffff:192.0.2.1"]],
    ["multicast", ["224.0.0.0", "239.255.255.255", "ff00::", "ff02::1", "ffff::"]],
    ["reserved", ["240.0.0.0", "255.255.255.254", "254.255.255.255"]],
    ["unicast", ["ff::", "1::", "::ff00:0"]],
    ["broadcast", ["255.255.255.255"]],
  ])("%s: %s", (kind, addresses) => {
    expect(addresses.map(kindOf)).toEqual(addresses.map(() => kind));
  });

  test("other lengths are a bug of the caller", () => {
    expect(() => addressKind(new Uint8Array(6))).toThrow("an IP address has 4 or 16 octets, not 6");
  });
});
