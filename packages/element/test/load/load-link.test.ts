import fc from "fast-check";
import { expect, test } from "vitest";
import { formatSettings, loadLinks, parseSettings } from "../../src/load/load-link.ts";
import type { LoadSettings } from "../../src/load/settings.ts";

const PORTS: LoadSettings = {
  scenario: "port-exhaustion",
  profile: "linux",
  seed: 9,
  replications: 5,
  connections: undefined,
  rate: 500,
  set: "ports=1000 arrivals=poisson hold=0.5s",
};

const some = fc.record({
  scenario: fc.constantFrom("steady", "port-exhaustion"),
  profile: fc.constantFrom(undefined, "linux", "linux-pre-6.5"),
  seed: fc.nat(0xffff_ffff),
  replications: fc.integer({ min: 1, max: 100 }),
  connections: fc.option(fc.nat(), { nil: undefined }),
  rate: fc.option(fc.nat(), { nil: undefined }),
  set: fc.constantFrom(
    undefined,
    "loss=1%",
    "hold=5s loss=0.1%",
    "delay=300us arrivals=poisson",
    "delay=300µs leak=2.5k/s",
  ),
});

test("settings are read back as they were written [point 33]", () => {
  fc.assert(
    fc.property(some, (settings) => {
      const hash = loadLinks.hashWith("#intro", "crowd", settings);
      expect(new URL(hash, "https://example.test/").hash).toBe(hash);
      expect(loadLinks.placeIn(hash, "crowd")).toEqual(settings);
    }),
  );
});

test("they are text that a reader can tell", () => {
  expect(formatSettings(PORTS)).toBe(
    "1;port-exhaustion;linux;9;5;;500;ports=1000,arrivals=poisson,hold=0.5s",
  );
});

test.each([
  "",
  "1",
  "2;steady;;7;1;;;",
  "1;steady;;;1;;;",
  "1;steady;;7;;;;",
  "1;steady;;-7;1;;;",
  "1;steady;;9999999999999999;1;;;",
  "1;Steady;;7;1;;;",
  "1;steady;;7;1;;;<b>",
])("%o is no link", (text) => {
  expect(parseSettings(text)).toBeUndefined();
});

test("nonsense is no link, and never an error [point 33]", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (hash, key) => {
      expect(() => loadLinks.placeIn(hash, key)).not.toThrow();
    }),
  );
});
