import {
  type Breach,
  blackBoxLaws,
  formatBreach,
  type Law,
  noResetAnswersReset,
  type Run,
  receiveSpaceNeverGoesBack,
  sentAgainIsTheSame,
  timeWaitAcknowledgesFin,
} from "@synfin/properties";
import { drawKey, Link } from "@synfin/simulator";
import { textLadder } from "@synfin/simulator/view";
import fc from "fast-check";
import { playKernel } from "./kernel-run.ts";
import { KernelTap } from "./kernel-tap.ts";
import { kernelTrial } from "./kernel-trial.ts";
import type { Lab } from "./lab.ts";

/** These two look at what happens within a microsecond, which no kernel keeps to. */
const OF_VIRTUAL_TIME: readonly Law<Run>[] = [noResetAnswersReset, timeWaitAcknowledgesFin];

/** What Linux is held to. */
export const KERNEL_LAWS: readonly Law<Run>[] = [
  ...blackBoxLaws.filter((law) => !OF_VIRTUAL_TIME.includes(law)),
  sentAgainIsTheSame,
];

/**
 * What Linux is known to break, with a trace of it in docs/laws-and-linux.md:
 * in TIME-WAIT the window that it offers may be less than it was before.
 */
function isKnown({ law, segment }: Breach, { trace, ends }: Run): boolean {
  if (law !== receiveSpaceNeverGoesBack.name) return false;
  const at = trace.segments.findIndex(({ id }) => id === segment);
  const before = trace.segments.slice(0, at);
  const bothFins = ends.every(({ host }) => {
    return before.some(({ from, flags }) => from === host && flags.includes("FIN"));
  });
  return bothFins && trace.segments[at]?.length === 0;
}

/** A link that loses, doubles and overtakes, so that both ends have to show what they can. */
export const BAD_LINK = new Link(
  { delayUs: 5000, jitterUs: 2000, loss: [5, 100], duplicate: [3, 100], reorder: [3, 100] },
  drawKey(1, "kernel laws"),
);

/** What came of holding the kernel to the laws. */
export interface KernelReport {
  /** Every broken law, with its trace as a ladder. */
  readonly broken: readonly string[];
  /** How often each premise was met, by `law: premise`. */
  readonly premises: ReadonlyMap<string, number>;
  readonly segments: number;
  /** How often Linux broke what it is known to break. */
  readonly known: number;
}

/** At the same time, so that no one waits alone for a second that was lost. */
const ABREAST = 20;

/** Random connections with the kernel, in real time, and what the laws say of its end. */
export async function holdKernel(lab: Lab, seed: number, runs: number): Promise<KernelReport> {
  const tap = new KernelTap(lab.gate, lab.host.clock);
  const trials = fc.sample(kernelTrial, { seed, numRuns: runs });
  const report = {
    broken: [] as string[],
    premises: new Map<string, number>(),
    segments: 0,
    known: 0,
  };
  for (let first = 0; first < runs; first += ABREAST) {
    const batch = trials.slice(first, first + ABREAST).map((trial, index) => {
      return playKernel(lab, tap, trial, 20_001 + first + index, 40_001 + first + index);
    });
    for (const run of await Promise.all(batch)) {
      const breaches = judge(run, report.premises);
      const news = breaches.filter((breach) => !isKnown(breach, run));
      report.segments += run.trace.segments.length;
      report.known += breaches.length - news.length;
      if (news.length > 0) {
        report.broken.push(`${news.map(formatBreach).join("\n")}\n${textLadder(run.trace)}`);
      }
    }
  }
  return report;
}

function judge(run: Run, premises: Map<string, number>): Breach[] {
  return KERNEL_LAWS.flatMap((law) => {
    const { breaches, premises: met } = law.check(run);
    for (const [premise, times] of met) {
      const key = `${law.name}: ${premise}`;
      premises.set(key, (premises.get(key) ?? 0) + times);
    }
    return breaches;
  });
}
