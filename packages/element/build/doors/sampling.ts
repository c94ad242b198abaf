import type * as Real from "../../src/load/sampling.ts";
import { fetchShelved } from "./load-scenarios.ts";

const sampler = fetchShelved("load-sampler");

export const readyToSample: typeof Real.readyToSample = async () => {
  await sampler.load();
};
