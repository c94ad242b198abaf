import { scenarios, type Trace } from "@synfin/simulator";
import { moments, shownNumbers } from "@synfin/simulator/view";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { segmentMarks } from "../../src/ladder/marks.ts";
import { announce } from "../../src/narration/announce.ts";
import { ENGLISH } from "../../src/narration/en.ts";
import { KOREAN } from "../../src/narration/ko.ts";
import { narrate, type Story } from "../../src/narration/narrate.ts";
import { anyTrace, traceOf } from "../traces.ts";

function story(trace: Trace, language: Story["language"]): Story {
  const numbers = shownNumbers(trace, "relative");
  return { trace, language, numbers, marks: segmentMarks(trace, numbers, language) };
}

/** The whole run as a reader is told it, a line for each step. */
function tell(trace: Trace, language: Story["language"]): string {
  return moments(trace)
    .map((moment) => {
      const { sentences, sources } = narrate(story(trace, language), moment);
      return `${moment.atUs / 1000} ms: ${sentences.join(" ")} [${sources.join(", ")}]`;
    })
    .join("\n");
}

test.each(["en", "ko"] as const)("the lost FIN in %s", async (language) => {
  await expect(`${tell(traceOf("lost-fin"), language)}\n`).toMatchFileSnapshot(
    `lost-fin.${language}.snap`,
  );
});

describe.each(scenarios.map(({ name }) => name))("%s", (name) => {
  test.each(["en", "ko"] as const)("every step says something, in %s", (language) => {
    const trace = traceOf(name);
    for (const moment of moments(trace)) {
      const { sentences } = narrate(story(trace, language), moment);
      expect([moment.atUs, sentences.length]).not.toEqual([moment.atUs, 0]);
      expect(sentences.length).toBeLessThanOrEqual(4);
      expect(sentences.join(" ")).not.toMatch(/undefined|NaN|null|\[object/);
    }
  });
});

test("whatever goes wrong is told in whole sentences, in both languages", () => {
  fc.assert(
    fc.property(anyTrace, (trace) => {
      for (const moment of moments(trace)) {
        for (const language of ["en", "ko"] as const) {
          for (const sentence of narrate(story(trace, language), moment).sentences) {
            expect(sentence).toMatch(/^[\p{Lu}\p{Lo}\d].*\.$/u);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("what is heard names sender, flags, SEQ, ACK and the change of state [point 22]", () => {
  const trace = traceOf("three-way-handshake");
  const heard = moments(trace).map((moment) => announce(story(trace, "en"), moment));
  expect(heard).toContain(
    "server received SYN, SEQ 0. server: LISTEN → SYN-RECEIVED. server sends SYN,ACK, SEQ 0, ACK 1",
  );
});

test("both languages know the same names for an end", () => {
  expect([ENGLISH.host("client"), KOREAN.host("client")]).toEqual(["the client", "클라이언트"]);
  expect([ENGLISH.host("alice"), KOREAN.host("alice")]).toEqual(["alice", "alice 호스트"]);
});

test("Korean sentences set their particles after Korean words only", () => {
  const lines = scenarios.map(({ name }) => tell(traceOf(name), "ko")).join("\n");
  // A particle that depends on the last sound must not follow a Latin word.
  expect(
    lines.match(/(?:SENT|RECEIVED|WAIT|WAIT-[12]|LISTEN|CLOSED|CLOSING)[은는을를이가]/g),
  ).toBeNull();
});

test.each(scenarios.map(({ name }) => name))("%s: no step says the same twice", (name) => {
  const trace = traceOf(name);
  for (const moment of moments(trace)) {
    const { sentences } = narrate(story(trace, "en"), moment);
    expect(sentences).toEqual([...new Set(sentences)]);
  }
});
