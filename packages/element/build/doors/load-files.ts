import type * as Real from "../../src/load/files/load.ts";
import { rest } from "./load-scenarios.ts";
import { part } from "./part.ts";

const files = part<Awaited<ReturnType<typeof Real.loadFiles>>>("load-files");

export const loadFiles: typeof Real.loadFiles = async () => {
  const [loaded] = await Promise.all([files.load(), rest.load()]);
  return loaded;
};
