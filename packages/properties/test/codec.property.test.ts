import { assertLaws, encodeDecodeIdentity, formatCoverage, tcpSegment } from "@synfin/properties";
import { expect, test } from "vitest";
import { settings } from "./support/settings.ts";

const SEED = 20_260_103;
const RUNS = 5000;

test(`encode and decode is the identity over ${RUNS} random segments`, () => {
  const own = settings("packages/properties/test/codec.property.test.ts", SEED, RUNS);
  const report = assertLaws({
    ...own,
    laws: [encodeDecodeIdentity],
    cases: tcpSegment,
    subject: (segment) => segment,
    describe: (segment) => JSON.stringify(segment, (_, value) => readable(value)),
    least:
      own.runs < RUNS
        ? {}
        : {
            "encodeDecodeIdentity: with options": 2000,
            "encodeDecodeIdentity: with text": 2000,
            "encodeDecodeIdentity: with reserved bits": 2000,
          },
  });
  console.log(formatCoverage(report));
  expect(report.failure).toBeUndefined();
});

function readable(value: unknown): unknown {
  return value instanceof Uint8Array ? Array.from(value) : value;
}
