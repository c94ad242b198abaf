/** What a file is made of, in a few words. */

/** @type {readonly (readonly [part: string, of: RegExp])[]} the first that fits */
const PARTS = [
  ["Lit", /node_modules\/(lit|@lit)/],
  ["Comlink", /node_modules\/comlink/],
  ["style sheets", /styles[^/]*\.ts$|\/styles\/|svg\/style\.ts$|view\/theme\.ts$/],
  ["words in two languages", /\/words\.ts$|\/words\/|\/locale\/|catalogue/],
  ["the ladder: layout, labels, drawing", /element\/src\/(ladder|svg)\//],
  ["controls, panels, playback, links", /element\/src\/(connection|narration|extras)\//],
  ["form, chart, figures", /element\/src\/load\/|simulator\/src\/(plot|expect)\//],
  ["loading of parts, registration", /element\/(build|src)\//],
  ["steps, notes and numbers of a trace", /simulator\/src\/view\//],
  ["the machine of RFC 9293", /core\/src\/tcp\//],
  ["packets as octets", /core\/src\/wire\//],
  ["sockets", /sockets\/src\//],
  ["scenarios", /simulator\/src\/(bulk\/library|scenario\/library)\//],
  ["the engine of crowds", /simulator\/src\/(bulk|stats|random)\//],
  ["the worker: messages, slices, memory", /worker\/src\//],
  ["world, links, faults, trace, digest", /simulator\/src\/|tinyqueue/],
];

/**
 * @param {import("./parts.mjs").Contents} contents
 * @returns {[part: string, share: number][]} of the octets before compression, the largest first
 */
export function makeupOf(contents) {
  const all = Object.values(contents).reduce((sum, octets) => sum + octets, 0);
  /** @type {Map<string, number>} */
  const sums = new Map();
  for (const [file, octets] of Object.entries(contents)) {
    const [part] = PARTS.find(([, of]) => of.test(file)) ?? ["other"];
    sums.set(part, (sums.get(part) ?? 0) + octets);
  }
  const parts = [...sums].filter(([, octets]) => octets > 0).sort((a, b) => b[1] - a[1]);
  return parts.map(([part, octets]) => [part, octets / all]);
}
