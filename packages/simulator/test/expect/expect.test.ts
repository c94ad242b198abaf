import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluateExpectation, parseExpectation, resultLookup } from "../../src/expect/index.ts";
import { Histogram } from "../../src/stats/histogram.ts";

const result = {
  scenario: "port-exhaustion",
  connections: { opened: 10_000, established: 9_990, closed: 9_980, failed: 10 },
  census: { client: { "TIME-WAIT": { peak: 2_400 } }, rows: [{ atUs: 5 }] },
  oracle: {
    blocked: { observed: 0.0591, unit: "share" },
    onset: { observed: 60_000_000, unit: "us" },
    index: { observed: 7 },
  },
  endedAtUs: 360_000_000,
  openedPerSecond: 470.5,
};

const lookup = resultLookup(result, { connect: histogram(1_000, 240_000) });

/** Ninety-nine values of the first size, and one of the second. */
function histogram(often: number, once: number): Histogram {
  const filled = new Histogram();
  for (let n = 0; n < 99; n += 1) filled.record(often);
  filled.record(once);
  return filled;
}

/** What became of an expectation: the lines of its findings, or its error. */
function judge(text: string): { holds: boolean; lines: readonly string[] } | string {
  const parsed = parseExpectation(text);
  if (!parsed.ok) return parsed.message;
  const evaluated = evaluateExpectation(parsed.value, lookup);
  if (!evaluated.ok) return `${evaluated.message} [${evaluated.at}]`;
  const { holds, findings } = evaluated.value;
  return { holds, lines: findings.map((finding) => finding.text) };
}

test.each([
  ["failed < 0.2%", true, "failed is 0.1% (10 of 10000), expected < 0.2%"],
  ["failed < 0.1%", false, "failed is 0.1% (10 of 10000), expected < 0.1%"],
  ["failed <= 0.1%", true, "failed is 0.1% (10 of 10000), expected <= 0.1%"],
  ["connections.failed = 10", true, "connections.failed is 10, expected = 10"],
  ["opened>=10k", true, "opened is 10000, expected >= 10k"],
  ["established != 0.00999M", false, undefined],
  ["established == 9990", true, "established is 9990, expected = 9990"],
  ["closed ≥ 99.8%", true, "closed is 99.8% (9980 of 10000), expected >= 99.8%"],
  ["census.client.TIME-WAIT.peak > 2400", false, undefined],
  ["p50(connect) <= 1.01ms", true, "p50(connect) is 1.003 ms, expected <= 1.01ms"],
  ["p99.9( connect ) < 0.25s", true, "p99.9(connect) is 240 ms, expected < 0.25s"],
  ["p100(connect) = 240000us", true, undefined],
  ["oracle.blocked.observed < 6%", true, "oracle.blocked.observed is 5.91%, expected < 6%"],
  ["oracle.blocked.observed < 0.06", true, "oracle.blocked.observed is 0.0591, expected < 0.06"],
  ["oracle.onset.observed = 1min", true, "oracle.onset.observed is 60 s, expected = 1min"],
  ["oracle.index.observed = 7", true, undefined],
  ["endedAtUs < 0.1h", false, "endedAtUs is 360 s, expected < 0.1h"],
  ["endedAtUs = 0.1h", true, undefined],
  ["openedPerSecond > 470/s", true, "openedPerSecond is 470.5/s, expected > 470/s"],
  ["openedPerSecond < 0.5k/s", true, undefined],
])("%s", (text, holds, line) => {
  const found = judge(text);
  expect(found).toMatchObject({ holds });
  if (line !== undefined) expect(found).toMatchObject({ lines: [line] });
});

test("all that is joined by and must hold", () => {
  expect(judge("failed = 10 and closed = 9980")).toMatchObject({ holds: true });
  expect(judge("failed = 10 AND closed = 1 and opened > 5")).toEqual({
    holds: false,
    lines: [
      "failed is 10, expected = 10",
      "closed is 9980, expected = 1",
      "opened is 10000, expected > 5",
    ],
  });
});

test.each([
  ["", 'at 1, the end should be a name, for example "failed < 0.1%"'],
  ["failed", "at 7, the end should be one of <, <=, >, >=, =, !="],
  ["failed ~ 3", 'at 8, "~" should be one of <, <=, >, >=, =, !='],
  ["failed <", "at 9, the end should be a number, such as 100, 0.1%, 250ms or 470/s"],
  ["failed < few", 'at 10, "few" should be a number'],
  ["failed < 5 kg", 'at 12, "kg" should be "and" or the end'],
  [
    "failed < 5kg",
    'at 11, "kg" should be a unit: k, M, %, us, µs, ms, s, min, h, /s, k/s, M/s, or none',
  ],
  ["failed < 5 or closed > 1", 'at 12, "or" should be "and" or the end'],
  ["failed < 5 and", "at 15, the end should be a name"],
  [
    "failed < 1234567890123456",
    'at 10, "1234567890123456" should be a number of at most 15 digits',
  ],
  ["p101(connect) < 1s", 'at 1, "p101(connect)" should be a percentile up to p100'],
  ["failed < -1", 'at 10, "-1" should be a number'],
])("%j is refused, and the place is named", (text, why) => {
  expect(judge(text)).toContain(`bad expectation "${text}": ${why}`);
});

test.each([
  ["faild < 1", '"faild" is no number of this run; near it are failed [1]'],
  ["failed < 1 and time-wait > 3", "near it are census.client.TIME-WAIT.peak [16]"],
  ["p99(conect) < 1s", '"p99(conect)" is no number of this run; near it are p99(connect) [1]'],
  ["constructor = 1", '"constructor" is no number of this run [1]'],
  ["p99(constructor) < 1s", '"p99(constructor)" is no number of this run'],
  ["census.rows.0.atUs = 5", '"census.rows.0.atUs" is no number of this run'],
  ["scenario = 1", '"scenario" is no number of this run'],
  ["failed < 5s", '"5s" does not suit failed, which is a count: give a number such as 100'],
  ["p99(connect) < 5", '"5" does not suit p99(connect), which is a time: give one such as 250ms'],
  ["openedPerSecond < 5%", '"5%" does not suit openedPerSecond, which is a rate'],
  ["oracle.blocked.observed < 1h", "which is a share: give one such as 0.1%"],
  ["oracle.index.observed < 1%", "which is a plain number: give one without a unit [25]"],
])("%s names what would be right", (text, why) => {
  expect(judge(text)).toContain(why);
});

test("a share of nothing is nothing", () => {
  const empty = resultLookup({ connections: { opened: 0, failed: 0 } });
  const parsed = parseExpectation("failed <= 0.1%");
  const evaluated = parsed.ok && evaluateExpectation(parsed.value, empty);
  expect(evaluated).toMatchObject({ ok: true, value: { holds: true, findings: [{ left: 0 }] } });
});

test("no text makes it throw, and every error has its place within the text", () => {
  const word = fc.constantFrom(
    ...["failed", "p99", "(", ")", "connect", "<", ">=", "!=", "=", "and", "5", "0.1", "%", "ms"],
    ...[" ", " ", ".", "-", "k", "/s", "é", "oracle", "\n", "1e9", "__proto__", "TIME-WAIT"],
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 12 }).map((words) => words.join("")),
  );
  let sound = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseExpectation(text);
      if (parsed.ok) {
        sound += 1;
        evaluateExpectation(parsed.value, lookup);
        return;
      }
      expect(parsed.at).toBeGreaterThanOrEqual(1);
      expect(parsed.at).toBeLessThanOrEqual(text.length + 1);
      expect(parsed.message).toContain(`at ${parsed.at}, `);
    }),
    { numRuns: 5_000, seed: 11 },
  );
  expect(sound).toBeGreaterThan(3);
});

test("what is written well is read: every name, operator, number and unit", () => {
  const name = fc.constantFrom("failed", "oracle.x-1.observed", "p99.95(connect)", "a.B_2.c");
  const operator = fc.constantFrom("<", "<=", ">", ">=", "=", "!=");
  const number = fc
    .tuple(fc.nat(), fc.constantFrom("", ".5", ".025"))
    .map((parts) => parts.join(""));
  const unit = fc.constantFrom("", "%", "ms", "s", "min", "h", "k", "M", "/s", "k/s");
  const space = fc.constantFrom("", " ", "  ");
  fc.assert(
    fc.property(name, operator, number, unit, space, (left, op, digits, suffix, gap) => {
      const parsed = parseExpectation(`${left}${gap}${op}${gap}${digits}${suffix}${gap}`);
      expect(parsed).toMatchObject({
        ok: true,
        value: [{ left: { text: left }, operator: op, right: { text: digits + suffix } }],
      });
    }),
  );
});
