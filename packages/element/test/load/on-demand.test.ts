import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { expect, test } from "vitest";

const ENTRY = fileURLToPath(new URL("../../src/load/tcp-load.ts", import.meta.url));

/** The files that come with an output of a bundler, and those that it loads when asked to. */
function loadedWith(
  outputs: Metafile["outputs"],
  name: string,
  seen = new Set<string>(),
): Set<string> {
  const output = outputs[name];
  for (const input of Object.keys(output?.inputs ?? {})) seen.add(input);
  for (const { path, kind, external } of output?.imports ?? []) {
    if (kind === "import-statement" && external !== true) loadedWith(outputs, path, seen);
  }
  return seen;
}

test("a page with a crowd loads no ladder and no files before someone asks for them [point 8]", async () => {
  const { metafile } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    splitting: true,
    write: false,
    format: "esm",
    outdir: "out",
    external: ["#inline-worker"],
    conditions: ["synfin-source"],
    metafile: true,
    logLevel: "silent",
  });
  const [entry = ""] = Object.entries(metafile.outputs)
    .filter(([, { entryPoint }]) => entryPoint?.endsWith("load/tcp-load.ts"))
    .map(([name]) => name);
  const first = [...loadedWith(metafile.outputs, entry)];
  const later = Object.keys(metafile.inputs).filter((input) => !first.includes(input));
  const asked = [
    /connection\/tcp-connection\.ts$/,
    /ladder\/ladder\.ts$/,
    /load\/files\/index\.ts$/,
    /report\/report\.ts$/,
  ];
  for (const name of asked) {
    expect(
      first.filter((input) => name.test(input)),
      String(name),
    ).toEqual([]);
    expect(
      later.filter((input) => name.test(input)),
      String(name),
    ).toHaveLength(1);
  }
  expect(first.some((input) => input.endsWith("load/crowd-grid.ts"))).toBe(true);
});
