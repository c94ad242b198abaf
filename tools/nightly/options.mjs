import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";

export const HELP = `usage: npm run nightly -- [OPTIONS]

Plays random connections of synfin's machine until its time is over, on all cores, and
holds each to the laws. Prints the seed that it starts from, how far it is, and in the end
what it covered: which events came in which state, what the link did, which transitions of
the table were taken and which never, and how often each law had anything to say. Ctrl-C
ends it with what there is.

  --minutes N   how long; 10 by default, a fraction is allowed
  --runs N      how many runs, instead of a time or at most: rounded up to batches of 50; the
                same seed and number play the same runs, however many workers there are
  --seed N      a whole number from 0 on; by default another one each time
  --path P      plays one case of a seed, as a broken law prints it
  --workers N   how many processes; by default one for each core
  --json        the summary as one object: passed failure seed runs skipped seconds
                events faults transitions neverTaken premises
  --help        this text

Exits with 0 where no law was broken, with 1 where one was: then the smallest case that
breaks it stands there as a script and a ladder, with the command that plays it again. 2
is for bad usage.
`;

/**
 * @typedef {{ minutes: number | undefined, runs: number | undefined, seed: number,
 *   path: string | undefined, workers: number, json: boolean, help: boolean }} NightlyOptions
 */

const MOST_SEED = 0x7fff_ffff;
const MOST_RUNS = 1_000_000_000;

/**
 * Throws an `Error` that names the bad value and what would be right.
 *
 * @param {readonly string[]} args
 * @param {number} fresh the seed where none is given
 * @returns {NightlyOptions}
 */
export function readNightlyOptions(args, fresh) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: "string" },
      runs: { type: "string" },
      seed: { type: "string" },
      path: { type: "string" },
      workers: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { runs, seed = String(fresh), workers = String(availableParallelism()) } = values;
  const minutes = values.minutes ?? (runs === undefined ? "10" : undefined);
  if (minutes !== undefined && !(Number(minutes) > 0 && Number(minutes) <= 24 * 60)) {
    throw new Error(`--minutes "${minutes}" should be a number above 0, and at most 1440`);
  }
  if (values.path !== undefined && !/^\d+(:\d+)*$/.test(values.path)) {
    throw new Error(`--path "${values.path}" should be as a broken law prints it: 12:0:1`);
  }
  return {
    minutes: minutes === undefined ? undefined : Number(minutes),
    runs: runs === undefined ? undefined : whole("--runs", runs, 1, MOST_RUNS),
    seed: whole("--seed", seed, 0, MOST_SEED),
    path: values.path,
    workers: values.path === undefined ? whole("--workers", workers, 1, 256) : 1,
    json: values.json,
    help: values.help,
  };
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} least
 * @param {number} most
 */
function whole(name, text, least, most) {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`${name} "${text}" should be a whole number from ${least} to ${most}`);
}
