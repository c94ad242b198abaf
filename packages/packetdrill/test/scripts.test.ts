import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseScript, printScript, runScript } from "../src/index.ts";
import { suiteScripts as scripts, suiteScript } from "./support/freebsd-suite.ts";
import { mangled, misnumbered, profile, shuffled, story, storyNames } from "./support/stories.ts";

const rfc9293 = profile("rfc9293");

test("there are stories to tell", () => {
  expect(storyNames.length).toBeGreaterThanOrEqual(60);
});

describe("the machine of RFC 9293 does what the script says", () => {
  test.each(storyNames)("%s", (name) => {
    const { failure, ladder } = runScript(story(name), { profile: rfc9293 });
    expect(failure, ladder).toBeUndefined();
  });
});

test("whatever the initial sequence numbers are", () => {
  for (const name of storyNames) {
    for (let seed = 2; seed < 12; seed += 1) {
      const { failure, ladder } = runScript(story(name), { profile: rfc9293, seed });
      expect(failure, `${name}, seed ${seed}\n${ladder}`).toBeUndefined();
    }
  }
});

test("no script is content with anything: one wrong number in it, and it fails", () => {
  let tried = 0;
  for (const name of storyNames) {
    const lines = story(name).split("\n");
    for (const [index, line] of lines.entries()) {
      if (!/> .* ack \d+/.test(line)) continue;
      const wrong = lines.with(
        index,
        line.replace(/ack (\d+)/, (_, ack) => `ack ${Number(ack) + 1}`),
      );
      const text = wrong.join("\n");
      expect(parseScript(text).ok).toBe(true);
      // A line within an #ifdef that does not hold is not played.
      const { failure } = runScript(text, { profile: rfc9293 });
      expect(failure?.line, `${name}:${index + 1}`).toBe(index + 1);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(90);
});

describe("no text makes the runner throw, or find a bug of ours", () => {
  const run = (text: string, seen: Map<string, number>): void => {
    const { failure } = runScript(text, { profile: rfc9293 });
    const kind = failure?.kind ?? "passed";
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    expect(kind, failure?.message).not.toBe("bug");
  };

  test("neither a mangled story", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(mangled, (text) => run(text, seen)),
      { numRuns: 1000 },
    );
    expect(seen.get("syntax") ?? 0).toBeGreaterThan(300);
  });

  test("nor one in another order", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(shuffled, (text) => run(text, seen)),
      { numRuns: 1500 },
    );
    expect(seen.get("mismatch") ?? 0).toBeGreaterThan(300);
  });

  test("nor one with other figures", () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(misnumbered, (text) => run(text, seen)),
      { numRuns: 1500 },
    );
    expect(seen.get("mismatch") ?? 0).toBeGreaterThan(300);
  });
});

/** Of a socket in CLOSED nothing is asked but RFC 9293's resets. */
const closed = scripts.filter((name) => /^rcv-(?!rst)[\w-]+-closed\//.test(name));

if (scripts.length > 0) {
  describe("a suite that was written for FreeBSD", () => {
    test("has 84 scripts, each of which parses, and prints to itself", () => {
      expect(scripts).toHaveLength(84);
      for (const name of scripts) {
        const first = parseScript(suiteScript(name));
        if (!first.ok) throw new Error(`${name}:${first.error.message}`);
        const printed = printScript(first.script);
        const second = parseScript(printed);
        expect(second.ok && printScript(second.script), name).toBe(printed);
      }
    });

    test("no script fails by a bug, or for being no script", () => {
      for (const name of scripts) {
        for (const wanted of ["rfc9293", "freebsd"]) {
          const text = suiteScript(name);
          const { failure, ladder } = runScript(text, { profile: profile(wanted) });
          const kinds = [undefined, "mismatch", "unsupported"];
          expect(kinds, `${name}: ${failure?.message}\n${ladder}`).toContain(failure?.kind);
        }
      }
    });

    test.each(scripts)("FreeBSD does what %s says", (name) => {
      const text = suiteScript(name);
      const { failure, ladder } = runScript(text, { profile: profile("freebsd") });
      expect(failure, ladder).toBeUndefined();
    });

    test.each(["rfc9293", "freebsd"])("CLOSED answers by the letter, profile %s", (wanted) => {
      expect(closed).toHaveLength(12);
      for (const name of closed) {
        const text = suiteScript(name);
        const { failure, ladder } = runScript(text, { profile: profile(wanted) });
        expect(failure, `${name}\n${ladder}`).toBeUndefined();
      }
    });
  });
}
