import { flagBits, flagNames } from "@synfin/core/tcp";
import { expect, test } from "vitest";

test("flags are named in the order in which people say them", () => {
  expect(flagNames(0xff)).toEqual(["SYN", "FIN", "RST", "PSH", "URG", "ECE", "CWR", "ACK"]);
  expect(flagNames(0x12)).toEqual(["SYN", "ACK"]);
  expect(flagNames(0)).toEqual([]);
});

test("names make the octet that they came from", () => {
  for (let octet = 0; octet < 256; octet += 1) expect(flagBits(flagNames(octet))).toBe(octet);
});
