import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** The files that a door of the package brings in. */
async function filesBehind(door: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: {
      contents: `export * from "${door}";`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    conditions: ["synfin-source"],
  });
  return Object.keys(metafile.inputs);
}

test.each([
  "@synfin/element",
  "@synfin/element/define",
  "@synfin/element/react",
  "@synfin/element/svg",
  "@synfin/element/vue",
])("%s can be imported where there is no page [point 15]", async (door) => {
  expect(typeof globalThis.document).toBe("undefined");
  await expect(import(/* @vite-ignore */ door)).resolves.toBeTypeOf("object");
});

test("the SVG writer comes without Lit, elements and worker", async () => {
  const files = await filesBehind("@synfin/element/svg");
  expect(files.some((file) => file.endsWith("svg/ladder-svg.ts"))).toBe(true);
  expect(
    files.filter((file) => /node_modules|\/(?:connection|load|worker|core)\//.test(file)),
  ).toEqual([]);
});

test("importing the classes registers nothing [point 4]", async () => {
  const { TcpConnection, TcpLoad } = await import("@synfin/element");
  expect([typeof TcpConnection, typeof TcpLoad]).toEqual(["function", "function"]);
  const files = await filesBehind("@synfin/element");
  expect(files.some((file) => file.endsWith("src/define.ts"))).toBe(false);
});
