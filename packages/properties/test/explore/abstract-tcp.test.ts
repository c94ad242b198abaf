import { ABSTRACT_RULES, exploreAbstract } from "@synfin/properties/explore";
import { expect, test } from "vitest";

test("the abstract TCP of the TLA+ examples has 1182 states at depth 14", () => {
  const { states, depth } = exploreAbstract();
  expect({ states, depth }).toEqual({ states: 1182, depth: 14 });
});

test("its rules cover the eleven states, six messages and nineteen actions", () => {
  const states = new Set(ABSTRACT_RULES.flatMap(({ from, to }) => [from ?? to, to]));
  const messages = new Set(
    ABSTRACT_RULES.flatMap(({ takes, sends }) => [...takes, sends ?? "RST"]),
  );
  expect(states.size).toBe(11);
  expect([...messages].sort()).toEqual(["ACK", "ACKofFIN", "FIN", "RST", "SYN", "SYN,ACK"]);
  expect(new Set(ABSTRACT_RULES.map(({ action }) => action)).size).toBe(19);
});
