import { type Breach, runLaws } from "@synfin/properties";
import { scenarios } from "@synfin/simulator";
import { expect, test } from "vitest";
import { shipped } from "./support/shipped.ts";

test.each(scenarios.map(({ name }) => name))("every law holds in %s", (name) => {
  const run = shipped(name);
  const found: readonly Breach[] = runLaws.flatMap((law) => law.check(run).breaches);
  expect(found).toEqual([]);
});

test("a law can be checked by itself, on a trace alone", () => {
  const [law] = runLaws;
  const { check } = law ?? { check: undefined };
  expect(check?.(shipped("lost-fin")).premises.get("FIN lost")).toBe(1);
});
