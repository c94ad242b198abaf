import { describe, expect, test } from "vitest";
import { BAD_LINK, holdKernel } from "./kernel-laws.ts";
import { interop } from "./needs.ts";
import { useLab } from "./use-lab.ts";

const RUNS = 20;

/** Well below what such runs meet: what the link does to them is a matter of real time. */
const LEAST = [
  ["synAndFinTakeOneNumber: text sent", 5],
  ["acknowledgesWhatArrived: acknowledgment", 60],
  ["deliveredIsPrefixOfSent: octets delivered", 5000],
  ["acknowledgedIsDelivered: FIN acknowledged", 8],
  ["noDataAfterFin: sent after FIN", 8],
  ["everyCloseSendsFin: user closed", 8],
  ["everyFinIsAnswered: FIN arrived in its place", 5],
  ["unansweredIsSentAgain: something sent", 40],
] as const;

describe.skipIf(interop.missing)("Linux, held to the laws of a black box", () => {
  const lab = useLab(100, { link: BAD_LINK, params: { minRtoUs: 200_000 } });

  test(`${RUNS} random connections over a bad link`, { timeout: 120_000 }, async () => {
    const { broken, premises, segments } = await holdKernel(lab(), 1, RUNS);
    expect(broken.join("\n")).toBe("");
    expect(segments).toBeGreaterThan(200);
    for (const [premise, least] of LEAST) {
      expect([premise, premises.get(premise)]).toEqual([premise, expect.any(Number)]);
      expect(premises.get(premise), premise).toBeGreaterThanOrEqual(least);
    }
  });
});
