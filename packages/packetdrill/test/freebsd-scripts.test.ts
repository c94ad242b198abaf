import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { PROFILES, RFC9293, type TcpParams } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { runScript } from "../src/index.ts";
import { suiteScript, suiteScripts } from "./support/freebsd-suite.ts";
import { profile } from "./support/stories.ts";

const PAGE = readFileSync(new URL("../../../docs/freebsd-scripts.md", import.meta.url), "utf8");

/** The rows of the page's tables. */
const rows = PAGE.split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .split("|")
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

/** The switches of each reason. */
const reasons = new Map(
  rows
    .filter(({ 1: switches }) => switches?.startsWith("`"))
    .map(([name = "", switches = ""]) => [
      name,
      [...switches.matchAll(/`(\w+)`/g)].map(([, s]) => s),
    ]),
);

/** The scripts that fail by the RFC's profile, each with its reasons. */
const failing = rows
  .filter(({ length, 0: name }) => length === 2 && name?.startsWith("rcv-"))
  .map(([name = "", why = ""]) => [name, why.split(", ")] as const);

const passing = [...PAGE.matchAll(/^- (rcv-\S+)$/gm)].map(([, name = ""]) => name);

/** FreeBSD's values for the switches of these reasons, and RFC 9293's for all others. */
function switched(names: readonly string[]): TcpParams {
  const freebsd = Object.entries(PROFILES.freebsd.params);
  const switches = names.flatMap((name) => reasons.get(name) ?? []);
  return { ...RFC9293, ...Object.fromEntries(freebsd.filter(([key]) => switches.includes(key))) };
}

function passes(name: string, names: readonly string[]): boolean {
  const path = suiteScripts.find((each) => basename(each) === `${name}-ipv4.pkt`) ?? "";
  const params = switched(names);
  return runScript(suiteScript(path), { profile: { ...profile("rfc9293"), params } }).passed;
}

test("every reason names switches in which FreeBSD differs from RFC 9293", () => {
  expect(reasons.size).toBeGreaterThan(2);
  for (const [name, switches] of reasons) {
    expect(switches.length, name).toBeGreaterThan(0);
    const freebsd: Readonly<Record<string, number>> = { ...PROFILES.freebsd.params };
    const rfc: Readonly<Record<string, number>> = { ...RFC9293 };
    for (const key of switches) {
      expect(freebsd[key ?? ""], key).toEqual(expect.any(Number));
      expect(freebsd[key ?? ""], key).not.toBe(rfc[key ?? ""]);
    }
  }
});

test("every script that fails has reasons of the list, and every reason has a script", () => {
  const used = new Set(failing.flatMap(([, names]) => names));
  expect([...used].sort()).toEqual([...reasons.keys()].sort());
});

if (suiteScripts.length > 0) {
  describe("docs/freebsd-scripts.md", () => {
    test("has every script once", () => {
      const listed = [...passing, ...failing.map(([name]) => name)].sort();
      const there = suiteScripts.map((path) => basename(path, "-ipv4.pkt")).sort();
      expect(listed).toEqual(there);
    });

    test.each(passing)("%s passes by RFC 9293", (name) => {
      expect(passes(name, [])).toBe(true);
    });

    test.each(failing)("%s fails because of: %s", (name, names) => {
      expect(passes(name, [])).toBe(false);
      expect(passes(name, names)).toBe(true);
      for (const one of names) {
        const others = names.filter((other) => other !== one);
        expect(passes(name, others), `without ${one}`).toBe(false);
      }
    });
  });
}
