import { describe, expect, test } from "vitest";
import { formatAddress, parseAddress } from "../../src/wire/index.ts";

describe("parseAddress and formatAddress", () => {
  // What is typed, and how RFC 5952 writes it.
  const table = [
    ["192.0.2.1", "192.0.2.1"],
    ["0.0.0.0", "0.0.0.0"],
    ["255.255.255.255", "255.255.255.255"],
    ["::", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
    ["2001:DB8::1", "2001:db8::1"],
    ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:db8::1:0:0:1", "2001:db8::1:0:0:1"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
    ["::ffff:192.0.2.1", "::ffff:192.0.2.1"],
    ["::ffff:c000:201", "::ffff:192.0.2.1"],
    ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
    ["1:2:3:4:5:6:192.0.2.33", "1:2:3:4:5:6:c000:221"],
    ["0:0:0:0:1:ffff:c000:221", "::1:ffff:c000:221"],
    ["0:0:0:0:0:fffe:c000:221", "::fffe:c000:221"],
    ["1:0:0:2:0:0:3:4", "1::2:0:0:3:4"],
    ["0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7"],
    ["0:0:1:2:3:4:5:6", "::1:2:3:4:5:6"],
    ["1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"],
  ] as const;

  for (const [typed, canonical] of table) {
    test(`${typed} is ${canonical}`, () => {
      const parsed = parseAddress(typed);
      if (!parsed.ok) throw new Error(parsed.error.message);
      expect(formatAddress(parsed.value)).toBe(canonical);
      expect(parsed.value).toHaveLength(typed.includes(":") ? 16 : 4);
    });
  }

  const refused = [
    ["", "nothing"],
    ["192.0.2", "three octets"],
    ["192.0.2.1.", "an empty part"],
    ["192.0.2.256", "an octet over 255"],
    ["192.0.02.1", "a leading zero, which some read as octal"],
    ["0x7f.0.0.1", "hexadecimal"],
    ["1:2:3:4:5:6:7", "seven groups"],
    ["1:2:3:4:5:6:7:8:9", "nine groups"],
    ["1:2:3:4:5:6:7:8::", ":: that stands for nothing"],
    ["1::2::3", "two ::"],
    ["1:2:192.0.2.1:5:6:7:8", "dotted decimal in the middle"],
    ["1.2.3.4.5", "five octets"],
    ["a192.0.2.1", "a letter before it"],
    ["192.0.2.1a", "a letter behind it"],
    ["192.0.2.1000", "an octet of four digits"],
    ["::192.0.2", "three octets at the end"],
    ["192.0.2.1::1", "dotted decimal before the ::"],
    ["1:2:3:4:5:6:7:192.0.2.1", "nine groups, the last two in dotted decimal"],
    ["::xa", "a letter that is no digit before one that is"],
    ["::ax", "a letter that is no digit behind one that is"],
    ["1:2:3::4:5:6:7:8", ":: that stands for nothing, in the middle"],
    [":::", "three colons"],
    [":1:2:3:4:5:6:7", "a colon at the start"],
    ["::12345", "a group of five digits"],
    ["192.0.2.1::", "dotted decimal that is not last"],
    ["fe80::1%eth0", "a zone"],
    ["2001:db8::/32", "a prefix length"],
  ] as const;

  for (const [typed, why] of refused) {
    test(`"${typed}" is refused: ${why}`, () => {
      const parsed = parseAddress(typed);
      if (parsed.ok) throw new Error(`accepted as ${formatAddress(parsed.value)}`);
      expect(parsed.error).toMatchObject({ kind: "address", value: typed });
      expect(parsed.error).toMatchObject({ field: "address", offset: 0 });
      expect(parsed.error.message).toBe(
        `address at offset 0 is ${JSON.stringify(typed)}, but it should be an IPv4 address such as 192.0.2.1 or an IPv6 address such as 2001:db8::1`,
      );
    });
  }

  test("an address of another length is a bug of the caller", () => {
    expect(() => formatAddress(new Uint8Array(5))).toThrow(
      "an IP address has 4 or 16 octets, not 5",
    );
  });
});
