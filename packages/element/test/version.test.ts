import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { VERSION } from "../src/version.ts";

test("copies in a page tell each other the version of this package [point 3]", () => {
  expect(VERSION).toBe(manifest.version);
});
