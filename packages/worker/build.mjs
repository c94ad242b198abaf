// Bundles the worker into one classic script without imports, twice: as a file
// that a page can host (`dist/worker.js`), and as text for a Blob
// (`dist/inline-worker.js`). It starts from the sources, so that it needs no
// other package to be built first. It computes and tells no stories: the words
// of the load scenarios stay on the page, which has them in its own bundle.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** A text in both languages, as the scenarios write it. */
const TEXT = /\{\s*en:\s*"(?:[^"\\]|\\.)*",\s*ko:\s*"(?:[^"\\]|\\.)*",?\s*\}/g;

/** Any text that is written otherwise stays, and costs its octets. */
const wordless = {
  name: "wordless-scenarios",
  setup({ onLoad }) {
    onLoad({ filter: /\/simulator\/src\/bulk\/library\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(TEXT, "NO_WORDS"),
      loader: "ts",
    }));
  },
};

/** Packets as octets are for tests: no page asks for a paranoid run. */
const trusting = {
  name: "without-octets",
  setup({ onLoad }) {
    onLoad({ filter: /\/simulator\/src\/bulk\/packet-trip\.ts$/ }, () => ({
      contents: "export class PacketTrip {}",
      loader: "ts",
    }));
  },
};

const { outputFiles } = await build({
  entryPoints: [here("src/entry.ts")],
  bundle: true,
  write: false,
  format: "iife",
  platform: "browser",
  target: "es2022",
  conditions: ["synfin-source"],
  minify: true,
  define: { NO_WORDS: '{"en":"","ko":""}' },
  plugins: [wordless, trusting],
  legalComments: "none",
  charset: "utf8",
});
const script = outputFiles[0].text.trimEnd();

mkdirSync(here("dist"), { recursive: true });
writeFileSync(here("dist/worker.js"), `${script}\n`);
writeFileSync(
  here("dist/inline-worker.js"),
  `export const INLINE_WORKER = ${JSON.stringify(script)};\n`,
);
console.log(`dist/worker.js: ${script.length} bytes, ${gzipSync(script).length} gzipped`);
