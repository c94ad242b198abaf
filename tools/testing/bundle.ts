import { build } from "esbuild";

/**
 * A module and all that it imports, from the sources, as one script for a
 * page of a test.
 *
 * @param source the module's text; it may import workspaces by their names
 * @param folder where its imports are resolved from: the package under test
 */
export async function bundleForPage(source: string, folder: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["synfin-source"],
    charset: "utf8",
  });
  return outputFiles.map(({ text }) => text).join("\n");
}
