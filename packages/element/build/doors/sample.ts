import type { Engine } from "@synfin/worker";

type CreateSample = Engine["createSample"];

let sampler: CreateSample | undefined;

/** What tells a connection again has come; on the page and in the worker. */
export function setSampler(came: CreateSample): void {
  sampler = came;
}

/** Stands for that of the worker, which is a part here. */
export const createSample: CreateSample = (request) => {
  if (sampler === undefined) throw new Error("synfin: parts/load-sampler.js has not been loaded");
  return sampler(request);
};
