/**
 * Decoders of TCP headers from npm, to be measured beside our codec. They are
 * installed when they are asked for, into a folder that goes away with this
 * process, and without their install scripts: the decoders are JavaScript, and
 * the libpcap bindings around them are not needed.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** @typedef {import("./codec-corpus.mjs").Corpus} Corpus */
/** @typedef {{ name: string, run: () => number } | { name: string, skipped: string }} Decoder */

/** Pinned, so that the figures of today and of next year are of the same code. */
const PACKAGES = { pcap: "3.1.0", cap: "0.2.1" };
const SECONDS = 60;

/**
 * @param {Corpus} corpus
 * @returns {Promise<Decoder[]>} each with a pass over the corpus, or why it is skipped
 */
export async function npmDecoders(corpus) {
  const names = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
  const folder = mkdtempSync(join(tmpdir(), "synfin-bench-npm-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const trouble = await install(folder, names);
  if (trouble !== "") return names.map((name) => ({ name: `npm's ${name}`, skipped: trouble }));
  const load = createRequire(join(folder, "index.js"));
  return [
    { name: `npm's pcap@${PACKAGES.pcap}: a new structure each`, run: pcapPass(corpus, load) },
    {
      name: `npm's cap@${PACKAGES.cap}: a new structure each, no options`,
      run: capPass(corpus, load),
    },
  ];
}

/**
 * @param {string} folder
 * @param {readonly string[]} names
 * @returns {Promise<string>} what went wrong, or an empty string
 */
function install(folder, names) {
  const flags = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder];
  return new Promise((resolve) => {
    const child = spawn("npm", ["install", ...flags, ...names], {
      stdio: "ignore",
      timeout: 1000 * SECONDS,
    });
    const hint = `npm install ${names.join(" ")}`;
    child.once("error", () => resolve(`there is no npm for: ${hint}`));
    child.once("exit", (code) => resolve(code === 0 ? "" : `this failed: ${hint}`));
  });
}

/**
 * @param {Corpus} corpus
 * @param {NodeJS.Require} load
 */
function pcapPass(corpus, load) {
  const Ipv4 = load("pcap/decode/ipv4");
  return passOver(corpus, (buffer, start) => new Ipv4().decode(buffer, start).payload.dport);
}

/**
 * @param {Corpus} corpus
 * @param {NodeJS.Require} load
 */
function capPass(corpus, load) {
  const decoders = load("cap/lib/Decoders.js");
  return passOver(corpus, (buffer, start) => {
    const ip = decoders.IPV4(buffer, start);
    return decoders.TCP(buffer, ip.offset).info.dstport;
  });
}

/**
 * @param {Corpus} corpus
 * @param {(buffer: Buffer, start: number) => number} dstPortOf decodes a packet
 */
function passOver({ bytes, starts, layouts }, dstPortOf) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return () => {
    for (let nth = 0; nth < layouts.length; nth += 1) {
      const port = dstPortOf(buffer, starts[nth] ?? 0);
      if (port !== 443) throw new Error(`packet ${nth} of the corpus goes to port ${port}`);
    }
    return layouts.length;
  };
}
