import { describe, expect, test } from "vitest";
import { covered } from "../testing/long.ts";
import { BAD_LINK, holdKernel, KERNEL_LAWS } from "./kernel-laws.ts";
import { interop } from "./needs.ts";
import { useLab } from "./use-lab.ts";

const RUNS = 200;

describe.skipIf(interop.missing)("Linux, held to the laws of a black box, at length", () => {
  const lab = useLab(1000, { link: BAD_LINK, params: { minRtoUs: 200_000 } });

  test(`${RUNS} random connections over a bad link`, async () => {
    const { broken, premises, segments, known } = await holdKernel(lab(), 2, RUNS);
    covered(`${RUNS} connections with Linux, ${segments} segments, ${KERNEL_LAWS.length} laws`);
    covered(`Linux broke ${known} times what it is known to break, see docs/laws-and-linux.md`);
    for (const [premise, times] of [...premises].sort()) covered(`${premise}: ${times}`);
    expect(broken.join("\n")).toBe("");
    expect(premises.get("noDataAfterFin: FIN sent again")).toBeGreaterThan(5);
    expect(premises.get("sentAgainIsTheSame: octets sent again")).toBeGreaterThan(5000);
    expect(
      premises.get("acknowledgesWhatArrived: acknowledgment while something was missing"),
    ).toBeGreaterThan(50);
  });
});
