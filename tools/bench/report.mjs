/** Everything that one run of the benchmark says, as it stands in its JSON. */
import { cpus } from "node:os";
import { measureSections } from "./sections.mjs";
import { targetsOf } from "./targets.mjs";

/**
 * @typedef {object} Report
 * @property {{ node: string, processor: string, cores: number, seconds: number }} machine
 * @property {import("./sections.mjs").Sections} sections
 * @property {readonly import("./targets.mjs").Target[]} targets
 */

/**
 * @param {Pick<import("./options.mjs").Options, "sections" | "sizes">} options
 * @param {(text: string) => void} progress
 * @returns {Promise<Report>}
 */
export async function measureReport({ sections: names, sizes }, progress) {
  const started = process.hrtime.bigint();
  const sections = await measureSections(names, sizes, progress);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const processors = cpus();
  const processor = processors[0]?.model ?? "an unknown processor";
  const machine = { node: process.version, processor, cores: processors.length, seconds };
  return { machine, sections, targets: targetsOf(sections) };
}
