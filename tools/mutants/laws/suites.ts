import {
  badOptionsDoNoHarm,
  blackBoxLaws,
  checkPort,
  encodeDecodeIdentity,
  isnIsSecret,
  type Law,
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
} from "@synfin/properties";
import { type ExploreOptions, explore } from "@synfin/properties/explore";
import fc from "fast-check";

/** What to hold a TCP to, how often, and from which seed on. */
export interface Task {
  /** fast-check's seed; an integer. */
  readonly seed: number;
  /** A part of the usual number of runs: 1 for all of them. */
  readonly part: number;
  /** Only this law, by its name; all of them where it is left out. */
  readonly law?: string;
}

/** A law that was broken, and in which run, counted from 1 (or with how many states explored). */
export interface Caught {
  readonly law: string;
  readonly runs: number;
  readonly message: string;
}

type Suite = (task: Task) => Promise<Caught | undefined>;

/** What breaks a run that no law looks at: the machine's own assertions, or a run without end. */
const ASSERTED = "machineAsserts";

const RUNS = {
  random: 1500,
  steps: 6000,
  codec: 1000,
  blackBox: 200,
  twins: 200,
  replays: 150,
  reopened: 400,
};

class Broken extends Error {
  readonly law: string;
  constructor(law: string, message: string) {
    super(message);
    this.law = law;
  }
}

/** Random cases until a law is broken. A subject that is undefined is passed over. */
function hold<Case, Subject>(
  laws: readonly Law<Subject>[],
  cases: fc.Arbitrary<Case>,
  subject: (drawn: Case) => Subject | undefined,
  usual: number,
): Suite {
  return async ({ seed, part, law: only }) => {
    const wanted = laws.filter(({ name }) => only === undefined || name === only);
    if (wanted.length === 0 && only !== ASSERTED) return undefined;
    const property = fc.property(cases, (drawn) => {
      const made = subject(drawn);
      if (made !== undefined) for (const law of wanted) holdOne(law, made);
    });
    const numRuns = Math.max(1, Math.round(usual * part));
    const details = fc.check(property, { seed, numRuns, endOnFailure: true });
    if (!details.failed) return undefined;
    const { errorInstance: error, numRuns: runs } = details;
    const message = error instanceof Error ? error.message : String(error);
    const law = error instanceof Broken ? error.law : ASSERTED;
    return only === undefined || only === law ? { law, runs, message } : undefined;
  };
}

function holdOne<Subject>(law: Law<Subject>, subject: Subject): void {
  const [breach] = law.check(subject).breaches;
  if (breach !== undefined) throw new Broken(law.name, breach.message);
}

function exploration(options: ExploreOptions): Suite {
  return async ({ law: only }) => {
    const { counterexample, states } = explore({ ...options, mostStates: 100_000 });
    if (counterexample === undefined) return undefined;
    const { law, message } = counterexample;
    const name = `explorer: ${law}`;
    return only === undefined || only === name ? { law: name, runs: states, message } : undefined;
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
  return { law, runs: made, message: first };
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

/** Everything that the laws are held to, the cheapest first. */
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
];
