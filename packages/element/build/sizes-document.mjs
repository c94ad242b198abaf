/** The bytes of what pages load, for readers: docs/element-sizes.md. */

/** What a page has asked for when it is as far as that; a test looks on in a browser. */
export const VIEWS = {
  "`<tcp-connection>`: first frame, and playback": [
    "synfin.js",
    "tcp-connection.js",
    "parts/run-lost-fin.js",
  ],
  "and right after it what a reader presses and hears: bars, segments, keys": ["parts/controls.js"],
  "and each step told in words, the state diagram, the header, the transcript": [
    "parts/cards.js",
    "parts/narration-en.js",
  ],
  "and a first fault, seed or scenario of one's own": ["parts/machine.js"],
  "and a field of the header looked at": ["parts/header-notes.js"],
  "and the run exported": ["parts/export.js"],
  "`<tcp-load>`: drawn, and its first run in a worker": ["synfin.js", "tcp-load.js"],
  "and another scenario chosen": ["parts/load-port-exhaustion.js", "parts/load-rest.js"],
};

/**
 * @param {Readonly<Record<string, import("./sizes.mjs").Size>>} sizes
 * @param {Readonly<Record<string, readonly [part: string, share: number][]>>} makeup
 */
export function sizesDocument(sizes, makeup) {
  return `# What a page loads

Written by \`npm run sizes\`; the octets themselves are in
[sizes.json](../packages/element/sizes.json), which a test compares with a build. A kB is
1,000 octets of gzip.

## What was promised

| what | kB | at most | |
|---|---:|---:|---|
${Object.entries(sizes).flatMap(promised).join("\n")}

${WHY}

## When it is loaded

A page loads a file once, whatever asks for it. What stands here adds up line by line.

| when | files | kB | in all |
|---|---|---:|---:|
${viewLines(sizes).join("\n")}

## What it is made of

By the share of each in the octets before compression.

${Object.entries(makeup)
  .map(([name, parts]) => madeOf(name, parts, sizes[name]?.gzip ?? 0))
  .join("\n\n")}

## All files

| file | octets | kB |
|---|---:|---:|
${Object.entries(sizes)
  .filter(([name]) => /^[\w/.-]+$/.test(name))
  .map(([name, { raw, gzip }]) => `| \`${name}\` | ${raw} | ${kB(gzip)} |`)
  .join("\n")}
`;
}

const WHY = `What is counted:

- **Without Lit** stands for what has to be here before anything is drawn. Of the file for pages
  without a bundler that is the file itself; from npm it is what a bundler puts into the file of a
  page that imports the class: its static imports, minified, Lit left outside. What comes by
  \`import()\` is not in it: bars, cards, narration and the machine, each about as large as its part
  below.
- **From npm** no run is recorded, so there the first frame waits for the machine, too. On a server,
  which asks for the condition \`node\`, all of it is imported at once, since a server draws once; and
  what it has drawn stays until a page has the same at hand.
- **The worker** is the machine and the engine of crowds, and no second one of either. What the first
  scenario never comes to (text, cookies, keep-alive, other profiles) is lent to the same machine by
  \`parts/load-rest.js\`, which comes with whatever else is chosen, and with the files of a run.`;

/** @param {[string, import("./sizes.mjs").Size]} entry */
function promised([name, { gzip, most, missed }]) {
  if (most === undefined) return [];
  return [`| ${name} | ${kB(gzip)} | ${kB(most)} | ${missed === true ? "**missed**" : "held"} |`];
}

/** @param {Readonly<Record<string, import("./sizes.mjs").Size>>} sizes */
function viewLines(sizes) {
  let all = 0;
  return Object.entries(VIEWS).map(([when, files]) => {
    const gzip = files.reduce((sum, name) => sum + (sizes[name]?.gzip ?? 0), 0);
    all = when.startsWith("and ") ? all + gzip : gzip;
    return `| ${when} | ${files.map((name) => `\`${name}\``).join(", ")} | ${kB(gzip)} | ${kB(all)} |`;
  });
}

/**
 * @param {string} name
 * @param {readonly [part: string, share: number][]} parts
 * @param {number} gzip
 */
function madeOf(name, parts, gzip) {
  return `| ${name.includes(" ") ? name : `\`${name}\``} | kB |
|---|---:|
${parts.map(([part, share]) => `| ${part} | ${kB(share * gzip)} |`).join("\n")}`;
}

/** @param {number} octets */
const kB = (octets) => (octets / 1000).toFixed(1);
