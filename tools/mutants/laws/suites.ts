import {
  badOptionsDoNoHarm,
  blackBoxLaws,
  bothWaysTrial,
  captureLaws,
  captureRunOf,
  checkPort,
  encodeDecodeIdentity,
  givenUpTrial,
  isnIsSecret,
  machineLaws,
  machinePort,
  machineTrial,
  mirroredTwin,
  otherIsns,
  playUnlessStorm,
  type Replay,
  type Run,
  readersAgree,
  reopenedTrial,
  runLaws,
  type SeedPair,
  sameSeedSameDigest,
  shiftedNumbersChangeNothing,
  shiftedTwin,
  stepMachine,
  swappedEndsMirrorTheRun,
  type Trial,
  tcpSegment,
  trial,
  urgentTrial,
} from "@synfin/properties";
import { type ExploreOptions, explore } from "@synfin/properties/explore";
import fc from "fast-check";
import { ASSERTED } from "./asserted.mjs";
import { type Caught, hold, type Suite, type Task } from "./hold.ts";

const RUNS = {
  random: 1500,
  steps: 6000,
  codec: 1000,
  blackBox: 200,
  twins: 200,
  replays: 150,
  reopened: 400,
  bothWays: 80,
  urgent: 300,
  givenUp: 100,
  captures: 300,
};

function exploration(options: ExploreOptions): Suite {
  return async ({ law: only }) => {
    const { counterexample, states } = explore({ ...options, mostStates: 100_000 });
    if (counterexample === undefined) return undefined;
    const { law, message } = counterexample;
    const name = `explorer: ${law}`;
    if (only !== undefined && only !== name) return undefined;
    return { law: name, also: [], runs: states, message };
  };
}

async function blackBox({ seed, part, law: only }: Task): Promise<Caught | undefined> {
  const laws = blackBoxLaws.filter(({ name }) => only === undefined || name === only);
  if (laws.length === 0) return undefined;
  const runs = Math.max(1, Math.round(RUNS.blackBox * part));
  const { failure, runs: made } = await checkPort({
    ...{ laws, port: machinePort(), seed, runs, replay: () => "", least: {} },
  });
  if (failure === undefined) return undefined;
  const [first = ""] = failure.split("\n");
  const law = blackBoxLaws.find(({ name }) => first.startsWith(`${name}:`))?.name ?? ASSERTED;
  return { law, also: [], runs: made, message: first };
}

/** Each trial once more, and under the next seed, and with one fault more. */
const replays = fc.tuple(trial, fc.constantFrom(undefined, "another seed", "one fault more"));

const FAULT = "drop:client:any:2";

function replay([drawn, change]: readonly [Trial, string | undefined]): Replay | undefined {
  const { scenario, seed } = drawn;
  const faults =
    change === "one fault more" ? [FAULT, ...(scenario.faults ?? [])] : scenario.faults;
  const other = { ...scenario, ...(faults === undefined ? {} : { faults }) };
  const first = playUnlessStorm(scenario, seed)?.trace;
  const second = playUnlessStorm(other, change === "another seed" ? seed + 1 : seed)?.trace;
  if (first === undefined || second === undefined) return undefined;
  return { first, second, ...(change === undefined ? {} : { change }) };
}

function underTwoSeeds({ scenario, seed }: Trial): SeedPair | undefined {
  const first = playUnlessStorm(scenario, seed);
  const second = playUnlessStorm(scenario, seed + 1);
  return first === undefined || second === undefined ? undefined : { first, second };
}

function playOnce({ scenario, seed }: Trial): Run | undefined {
  return playUnlessStorm(scenario, seed);
}

/** One connection as it stands in a capture, of which both hosts are judged. */
function captured(drawn: Trial): Run | undefined {
  // Of what no TCP has sent a capture does not tell that it is forged.
  const forged = drawn.scenario.script.some(({ call }) => call === "inject");
  const run = forged ? undefined : playOnce(drawn);
  return run === undefined || run.ends.length > 2 ? undefined : captureRunOf(run.trace);
}

/** Everything that the laws are held to, the cheapest first, and then what is aimed at a few. */
export const SUITES: readonly (readonly [name: string, suite: Suite])[] = [
  [
    "segments",
    hold(
      [encodeDecodeIdentity, readersAgree, badOptionsDoNoHarm],
      tcpSegment,
      (segment) => segment,
      RUNS.codec,
    ),
  ],
  ["random runs", hold(runLaws, trial, playOnce, RUNS.random)],
  ["single steps", hold(machineLaws, machineTrial, stepMachine, RUNS.steps)],
  ["explorer", exploration({ loss: 1, duplicate: 1, data: 1 })],
  ["explorer, both open", exploration({ open: "both", loss: 1 })],
  ["explorer, ABORT", exploration({ abort: 1, duplicate: 1, loss: 1 })],
  ["black box", blackBox],
  [
    "shifted twins",
    hold(
      [shiftedNumbersChangeNothing],
      fc.tuple(trial, otherIsns),
      ([drawn, isns]) => shiftedTwin(drawn, isns),
      RUNS.twins,
    ),
  ],
  ["mirrored twins", hold([swappedEndsMirrorTheRun], trial, mirroredTwin, RUNS.twins)],
  ["replays", hold([sameSeedSameDigest], replays, replay, RUNS.replays)],
  ["two seeds", hold([isnIsSecret], trial, underTwoSeeds, RUNS.replays)],
  ["opened again", hold(runLaws, reopenedTrial, playOnce, RUNS.reopened)],
  ["given up", hold(runLaws, givenUpTrial, playOnce, RUNS.givenUp)],
  ["urgent text", hold(runLaws, urgentTrial, playOnce, RUNS.urgent)],
  ["both ways", hold(runLaws, bothWaysTrial, playOnce, RUNS.bothWays)],
  ["captures", hold(captureLaws, trial, captured, RUNS.captures)],
];
