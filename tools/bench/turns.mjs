import { asOutcome } from "./comparator.mjs";
import { measureInTurns, summary } from "./measure.mjs";

/** @typedef {import("./comparator.mjs").SkippedFigure} SkippedFigure */
/**
 * What a program printed: a figure, and what simulators say of their run.
 *
 * @typedef {import("./comparator.mjs").Figure & { events?: number, arrivals?: number,
 *   bytesPerConnection?: number, digest?: string }} Printed
 */

/**
 * A figure of several rounds: nanoseconds for each lifecycle, by either clock.
 *
 * @typedef {object} Timed
 * @property {string} name
 * @property {number} connections
 * @property {import("./measure.mjs").Measured} cpu by the processor's clock
 * @property {import("./measure.mjs").Measured} wall by the clock on the wall
 * @property {Printed} last what it printed in the last round
 */

/** @typedef {() => Promise<Printed | SkippedFigure>} Run */
/** @typedef {{ run: Run, figures: Printed[], skipped?: SkippedFigure }} Taken */

/**
 * Runs what prints figures in turns, and keeps both of its clocks.
 *
 * @param {readonly Run[]} runs
 * @param {{ rounds: number, progress: (text: string) => void }} options
 * @returns {Promise<(Timed | SkippedFigure)[]>} in the order of the runs
 */
export async function figuresInTurns(runs, { rounds, progress }) {
  const taken = runs.map((run) => /** @type {Taken} */ ({ run, figures: [] }));
  const cases = taken.map((one) => ({
    name: "",
    run: async () => {
      const figure = await one.run();
      if ("skipped" in figure) one.skipped = figure;
      else one.figures.push(figure);
      progress(`round ${one.figures.length} of ${rounds}: ${figure.name}`);
      return asOutcome(figure);
    },
  }));
  await measureInTurns(cases, { rounds, warmUp: 0 });
  return taken.map(({ figures, skipped }) => skipped ?? timed(figures));
}

/**
 * @param {readonly Printed[]} figures at least one, all of the same thing
 * @returns {Timed}
 */
function timed(figures) {
  const last = figures.at(-1);
  if (last === undefined) throw new Error("nothing was measured");
  const { name, connections, digest } = last;
  if (figures.some((figure) => figure.digest !== digest)) {
    throw new Error(`${name}: two runs of the same ${connections} connections differ`);
  }
  const per = (/** @type {number} */ seconds) => (1e9 * seconds) / connections;
  const cpu = figures.map(({ cpuSeconds }) => per(cpuSeconds));
  const wall = figures.map(({ seconds }) => per(seconds));
  return { name, connections, cpu: summary(name, cpu), wall: summary(name, wall), last };
}
