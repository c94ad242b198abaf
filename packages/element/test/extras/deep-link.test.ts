import { FAULT_KINDS, scenarios } from "@synfin/simulator";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatPlace, hashWith, parsePlace, placeIn } from "../../src/extras/deep-link.ts";

const fault = fc
  .tuple(
    fc.constantFrom("drop", "duplicate", "reorder", "corrupt", "delay=200ms", "delay=3s"),
    fc.constantFrom("client", "server"),
    fc.constantFrom(...FAULT_KINDS),
    fc.constantFrom("", ":2", ":*", ":17"),
    fc.constantFrom("", "+"),
  )
  .map(([action, end, kind, nth, again]) => `${action}:${end}:${kind}${nth}${again}`);

const place = fc.record({
  scenario: fc.constantFrom(...scenarios.map(({ name }) => name)),
  seed: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  faults: fc.array(fault, { maxLength: 5 }).map((list) => list.join(" ")),
  atUs: fc.nat({ max: 86_400_000_000 }),
});

test("a place is read back as it was written [point 33]", () => {
  fc.assert(
    fc.property(place, (one) => {
      expect(parsePlace(formatPlace(one))).toEqual(one);
    }),
  );
  const example = { scenario: "lost-fin", seed: 7, faults: "drop:client:any:4", atUs: 1_358_000 };
  expect(formatPlace(example)).toBe("1;lost-fin;7;1358000;drop:client:any:4");
});

test("nonsense is no place, and never an error [point 33]", () => {
  const spoiled = fc
    .tuple(place.map(formatPlace), fc.nat(), fc.string({ maxLength: 3 }), fc.nat({ max: 4 }))
    .map(([text, at, put, cut]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + put + text.slice(start + cut);
    });
  let read = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), spoiled), (text) => {
      const found = parsePlace(text);
      if (found === undefined) refused += 1;
      else {
        read += 1;
        expect(parsePlace(formatPlace(found))).toEqual(found);
      }
      expect(() => placeIn(`#tcp=${text}`, "tcp")).not.toThrow();
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(read, refused)).toBeGreaterThan(20);
});

test.each([
  ["another version", "2;lost-fin;7;0;"],
  ["no version", "lost-fin;7;0;"],
  ["markup", "1;<img>;7;0;"],
  ["a seed that is none", "1;lost-fin;9999999999999999;0;"],
  ["a fault that is none", "1;lost-fin;7;0;drop:client:FUN"],
  ["too many faults", `1;lost-fin;7;0;${Array(101).fill("drop:client:FIN").join(",")}`],
])("%s is not read [point 33]", (_, text) => {
  expect(parsePlace(text)).toBeUndefined();
});

test("each element has its own part of the fragment; the others stay [point 33]", () => {
  const one = { scenario: "lost-fin", seed: 1, faults: "", atUs: 5 };
  const two = { ...one, scenario: "lost-syn" };
  const hash = hashWith(hashWith("#section-2", "a", one), "b", two);
  expect(hash).toBe("#section-2&a=1;lost-fin;1;5;&b=1;lost-syn;1;5;");
  expect([placeIn(hash, "a"), placeIn(hash, "b"), placeIn(hash, "c")]).toEqual([
    one,
    two,
    undefined,
  ]);
  expect(hashWith(hash, "a", two)).toBe("#section-2&b=1;lost-syn;1;5;&a=1;lost-syn;1;5;");
  expect(placeIn(encodeURI(hash).replaceAll(";", "%3B"), "b")).toEqual(two);
  expect(placeIn("#a=%E0%A4%A", "a")).toBeUndefined();
});
