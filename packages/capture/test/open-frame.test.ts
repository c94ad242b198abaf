import { describe, expect, test } from "vitest";
import { LinkType, openFrame } from "../src/index.ts";

/** Octets from hexadecimal; white space is for the reader. */
function hex(text: string): Uint8Array {
  return Uint8Array.from(text.replace(/\s/g, "").match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  );
}

const MACS = "020000000002 020000000001";
const COOKED = "0000 0001 0006 020000000001 0000";
const COOKED2 = "0000 00000001 0001 00 06 020000000001 0000";

describe("openFrame finds the IP packet", () => {
  const table = [
    ["in Ethernet", LinkType.ETHERNET, `${MACS} 0800`],
    ["in Ethernet, IPv6", LinkType.ETHERNET, `${MACS} 86dd`],
    ["behind an 802.1Q tag", LinkType.ETHERNET, `${MACS} 8100 0064 0800`],
    ["behind two tags (802.1ad)", LinkType.ETHERNET, `${MACS} 88a8 0064 8100 0065 86dd`],
    ["as it is", LinkType.RAW, ""],
    ["as it is, IPv4", LinkType.IPV4, ""],
    ["as it is, IPv6", LinkType.IPV6, ""],
    ["in a cooked frame", LinkType.LINUX_SLL, `${COOKED} 0800`],
    ["in a cooked frame, tagged", LinkType.LINUX_SLL, `${COOKED} 8100 0064 86dd`],
    ["in a cooked frame of version 2", LinkType.LINUX_SLL2, `86dd ${COOKED2}`],
    ["in a cooked frame of version 2, tagged", LinkType.LINUX_SLL2, `8100 ${COOKED2} 0064 0800`],
    ["in a loopback frame, little-endian", LinkType.NULL, "02000000"],
    ["in a loopback frame, big-endian", LinkType.NULL, "00000002"],
    ["in a loopback frame of Darwin, IPv6", LinkType.NULL, "1e000000"],
    ["in a loopback frame of OpenBSD", LinkType.LOOP, "00000018"],
  ] as const;

  for (const [where, linkType, header] of table) {
    test(where, () => {
      const opened = openFrame(linkType, hex(`${header} 45c0ffee`));
      expect(opened).toEqual({ ok: true, header: hex(header), packet: hex("45c0ffee") });
    });
  }
});

describe("openFrame says what a frame is instead", () => {
  const table = [
    ["ARP", LinkType.ETHERNET, `${MACS} 0806 0001`],
    ["an 802.3 frame", LinkType.ETHERNET, `${MACS} 0026 424203`],
    ["EtherType 0x88cc", LinkType.ETHERNET, `${MACS} 88cc 0201`],
    ["a frame of 12 octets", LinkType.ETHERNET, MACS],
    ["a frame of 16 octets", LinkType.ETHERNET, `${MACS} 8100 0064`],
    ["a frame of 0 octets", LinkType.LINUX_SLL, ""],
    ["a frame of 3 octets", LinkType.LINUX_SLL2, "080000"],
    ["address family 7", LinkType.NULL, "07000000 45"],
    ["address family 33554432", LinkType.LOOP, "02000000 45"],
    ["a frame of 3 octets", LinkType.NULL, "020000"],
    ["link type 105", 105, "0800"],
  ] as const;

  for (const [reason, linkType, octets] of table) {
    test(`${reason}, of link type ${linkType}`, () => {
      expect(openFrame(linkType, hex(octets))).toEqual({ ok: false, reason });
    });
  }
});
