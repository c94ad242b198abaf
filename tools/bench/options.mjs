/** What may be asked of the benchmark on its command line, and what each size of it is. */
import { parseArgs } from "node:util";

/** The sections, in the order in which they are measured. */
export const SECTIONS = ["step", "codec", "exact", "alive", "crowd", "ns3", "chromium", "element"];

export const HELP = `npm run bench -- [options]

Measures what the machine costs, side by side with what it is compared with, in
one run, and says which targets are met. Ratios bind, absolutes inform.

  --all          also 10⁷ connections, and 10⁶ in Chromium; takes a while, and 6 GB
  --only NAME    only this section; may be given several times:
                   step      a step of the machine, and a lifecycle with nothing around it
                   codec     reading a packet: ours, raw DataView reads, npm's decoders
                   exact     seven calls of segmentArrives, the digest in paranoid mode
                   alive     bytes per connection, all of them ESTABLISHED at once
                   crowd     lifecycles/s at 10⁴ to 10⁶, against C and Linux
                   ns3       lifecycles/s at 5,000 against ns-3
                   chromium  lifecycles/s in Chromium's worker against Node
                   element   <tcp-connection> in Chromium: its first frame, and frames/s
                             against an empty page, while it plays and is scrubbed
  --profile      instead of all that: where the time of a lifecycle goes
  --json         JSON instead of tables; npm itself is quiet with --silent
  --help         this text`;

/**
 * How much of everything is measured.
 *
 * @typedef {object} Sizes
 * @property {number} rounds in turns; the median counts
 * @property {boolean} warm whether the compiler gets to know the code before time is taken
 * @property {readonly number[]} crowd sizes measured in every round
 * @property {readonly number[]} huge sizes measured once, beside the 10⁵ they are held against
 * @property {number} linux connections
 * @property {number} ns3 connections
 * @property {readonly number[]} alive
 * @property {number} calls
 * @property {readonly number[]} paranoid
 * @property {readonly number[]} chromium
 * @property {number} profile
 * @property {import("./element-page.ts").ElementSizes} element
 * @property {{ times?: number, rounds?: number }} step
 * @property {{ packets?: number, rounds?: number, npm?: boolean }} codec
 */

/** @type {Sizes} */
const USUAL = {
  rounds: 3,
  warm: true,
  crowd: [10_000, 100_000, 1_000_000],
  huge: [],
  linux: 40_000,
  ns3: 5000,
  alive: [1_000_000],
  calls: 10_000,
  paranoid: [10_000, 100_000],
  chromium: [100_000],
  profile: 100_000,
  element: { rounds: 5, seconds: 2 },
  step: {},
  codec: {},
};

/** @type {Sizes} */
const ALL = {
  ...USUAL,
  huge: [10_000_000],
  alive: [1_000_000, 10_000_000],
  chromium: [100_000, 1_000_000],
  profile: 1_000_000,
};

/**
 * @typedef {object} Options
 * @property {readonly string[]} sections
 * @property {Sizes} sizes
 * @property {boolean} json
 * @property {boolean} profile
 * @property {boolean} help
 */

/**
 * @param {string[]} args
 * @returns {Options} Throws where there is no such option or section.
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      all: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      profile: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { all, only, json, profile, help } = values;
  const unknown = only.find((name) => !SECTIONS.includes(name));
  if (unknown !== undefined) {
    throw new Error(`there is no section "${unknown}"; there are ${SECTIONS.join(", ")}`);
  }
  const sections = SECTIONS.filter((name) => only.length === 0 || only.includes(name));
  return { sections, sizes: all ? ALL : USUAL, json, profile, help };
}
