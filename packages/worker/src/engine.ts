import { createLoad } from "./load-run.ts";
import { memoryBudget } from "./memory.ts";
import { createSample } from "./sample.ts";
import type { Engine } from "./service.ts";

/** The simulator that ships. */
export const engine: Engine = {
  createLoad: (request) => createLoad(request, memoryBudget()),
  createSample,
};
