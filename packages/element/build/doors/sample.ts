import type * as Real from "../../../worker/src/sample.ts";

let sampler: typeof Real.createSample | undefined;

/** What tells a connection again has come; on the page and in the worker. */
export function setSampler(came: typeof Real.createSample): void {
  sampler = came;
}

export const createSample: typeof Real.createSample = (request) => {
  if (sampler === undefined) throw new Error("synfin: parts/load-sampler.js has not been loaded");
  return sampler(request);
};
