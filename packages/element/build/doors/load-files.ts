import type * as Real from "../../src/load/files/load.ts";
import { part } from "./part.ts";

const files = part<Awaited<ReturnType<typeof Real.loadFiles>>>("load-files");

export const loadFiles: typeof Real.loadFiles = () => files.load();
