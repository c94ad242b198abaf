/** The sections of the report: what is measured, and in which turns. */
import { availableParallelism } from "node:os";
import { chromium } from "./chromium.mjs";
import { measureCodec } from "./codec.mjs";
import { alive, calls, crowd } from "./crowd.mjs";
import { measureBuiltElement } from "./element.mjs";
import { eventLoop } from "./event-loop.mjs";
import { loopback } from "./loopback.mjs";
import { ns3 } from "./ns3.mjs";
import { measureSteps } from "./step.mjs";
import { figuresInTurns } from "./turns.mjs";

/** What 10⁷ connections are held against: "at most 1.5 times that at 10⁵". */
const BASE = 100_000;

/** @typedef {import("./options.mjs").Sizes} Sizes */
/** @typedef {import("./turns.mjs").Timed} Timed */
/** @typedef {import("./comparator.mjs").SkippedFigure} SkippedFigure */
/** @typedef {(text: string) => void} Progress */

/**
 * @typedef {object} AtSize
 * @property {number} connections
 * @property {Timed | SkippedFigure} ours
 * @property {Timed | SkippedFigure} c the same event loop in C
 * @property {Timed | SkippedFigure} [base] ours at 10⁵, just before, where the size is huge
 */
/**
 * @typedef {object} CrowdSection
 * @property {number} rounds
 * @property {readonly AtSize[]} sizes
 * @property {number} cores that Linux had for many connections in flight
 * @property {Timed | SkippedFigure} linuxMany
 * @property {Timed | SkippedFigure} linuxOne
 */

/**
 * What is there of each section depends on what was asked for.
 *
 * @typedef {object} Sections
 * @property {ReturnType<typeof measureSteps>} [step]
 * @property {Awaited<ReturnType<typeof measureCodec>>} [codec]
 * @property {{ calls: import("./crowd.mjs").Calls, digests: readonly Digests[] }} [exact]
 * @property {readonly import("./crowd.mjs").AliveFigure[]} [alive]
 * @property {CrowdSection} [crowd]
 * @property {{ ours: Timed | SkippedFigure, theirs: Timed | SkippedFigure }} [ns3]
 * @property {readonly InChromium[]} [chromium]
 * @property {import("./element.mjs").ElementSection} [element]
 */
/**
 * @typedef {object} Digests
 * @property {number} connections
 * @property {string} plain
 * @property {string} paranoid with every segment through the codec and back
 * @property {number} times how many times as long that takes
 */
/** @typedef {{ connections: number, node: Timed | SkippedFigure,
 *   chromium: Timed | SkippedFigure }} InChromium */

/** @type {Readonly<Record<string, (sizes: Sizes, progress: Progress) => unknown>>} */
const MEASURE = {
  step: ({ step }) => measureSteps(step),
  codec: ({ codec }) => measureCodec(codec),
  exact: measureExact,
  alive: (sizes, progress) => oneByOne(sizes.alive, progress, alive),
  crowd: measureCrowd,
  ns3: measureNs3,
  chromium: measureChromium,
  element: ({ element }, progress) => measureBuiltElement(element, progress),
};

/**
 * @param {readonly string[]} names of sections
 * @param {Sizes} sizes
 * @param {Progress} progress
 * @returns {Promise<Sections>}
 */
export async function measureSections(names, sizes, progress) {
  /** @type {Record<string, unknown>} */
  const sections = {};
  for (const name of names) {
    progress(name);
    sections[name] = await MEASURE[name]?.(sizes, (text) => progress(`${name}: ${text}`));
  }
  return sections;
}

/**
 * @template T
 * @param {readonly number[]} sizes
 * @param {Progress} progress
 * @param {(connections: number) => Promise<T>} measure
 */
async function oneByOne(sizes, progress, measure) {
  const all = [];
  for (const connections of sizes) {
    progress(`${connections} connections`);
    all.push(await measure(connections));
  }
  return all;
}

/**
 * @param {Sizes} sizes
 * @param {Progress} progress
 */
async function measureExact(sizes, progress) {
  const digests = await oneByOne(sizes.paranoid, progress, async (connections) => {
    const plain = await crowd(connections);
    const paranoid = await crowd(connections, { paranoid: true });
    const times = paranoid.cpuSeconds / plain.cpuSeconds;
    return { connections, plain: plain.digest, paranoid: paranoid.digest, times };
  });
  return { calls: await calls(sizes.calls), digests };
}

/**
 * @param {Sizes} sizes
 * @param {Progress} progress
 * @returns {Promise<CrowdSection>}
 */
async function measureCrowd({ crowd: usual, huge, linux, rounds, warm }, progress) {
  const both = usual.flatMap((connections) => [
    () => crowd(connections, { warm }),
    () => eventLoop({ connections }),
  ]);
  const ofLinux = [
    () => loopback({ connections: linux, oneAtATime: true }),
    () => loopback({ connections: linux }),
  ];
  const timed = await figuresInTurns([...ofLinux, ...both], { rounds, progress });
  const [linuxOne, linuxMany] = pair(timed);
  const sizes = usual.map((connections, index) => {
    const [ours, c] = pair(timed.slice(2 + 2 * index));
    return /** @type {AtSize} */ ({ connections, ours, c });
  });
  const more = await oneByOne(huge, progress, (one) => atHuge(one, warm, progress));
  const cores = availableParallelism();
  return { rounds, sizes: [...sizes, ...more], cores, linuxMany, linuxOne };
}

/**
 * Once, beside 10⁵: a minute or more is too long for rounds.
 *
 * @param {number} connections
 * @param {boolean} warm
 * @param {Progress} progress
 * @returns {Promise<AtSize>}
 */
async function atHuge(connections, warm, progress) {
  const ours = [BASE, connections].map((size) => () => crowd(size, { warm }));
  const runs = [...ours, () => eventLoop({ connections })];
  const timed = await figuresInTurns(runs, { rounds: 1, progress });
  const [base, here] = pair(timed);
  const [, c] = pair(timed.slice(1));
  return { connections, ours: here, c, base };
}

/**
 * @param {Sizes} sizes
 * @param {Progress} progress
 */
async function measureNs3({ ns3: connections, warm }, progress) {
  const runs = [() => crowd(connections, { warm }), () => ns3({ connections })];
  const [ours, theirs] = pair(await figuresInTurns(runs, { rounds: 1, progress }));
  return { ours, theirs };
}

/**
 * @param {Sizes} sizes
 * @param {Progress} progress
 */
function measureChromium({ chromium: sizes, warm }, progress) {
  return oneByOne(sizes, progress, async (connections) => {
    const runs = [() => crowd(connections, { warm }), () => chromium(connections)];
    const [node, inChromium] = pair(await figuresInTurns(runs, { rounds: 1, progress }));
    return { connections, node, chromium: inChromium };
  });
}

/**
 * @template T
 * @param {readonly T[]} list
 * @returns {[T, T]} the first two
 */
function pair([first, second]) {
  if (first === undefined || second === undefined) throw new Error("two were to be measured");
  return [first, second];
}
