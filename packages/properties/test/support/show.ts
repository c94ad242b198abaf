import { describeTrial, playUnlessStorm, type Trial } from "@synfin/properties";
import { textLadder } from "@synfin/simulator/view";

/** A failing trial for a human: the script, and the ladder as far as there is one. */
export function showTrial(trial: Trial): string {
  return `${describeTrial(trial)}\n\n${ladder(trial)}`;
}

function ladder({ scenario, seed }: Trial): string {
  try {
    const run = playUnlessStorm(scenario, seed);
    return run === undefined ? "(a storm of acknowledgments)" : textLadder(run.trace);
  } catch (error) {
    return `(no ladder: ${error instanceof Error ? error.message : error})`;
  }
}
