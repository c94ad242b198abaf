import type { releaseProxy } from "comlink";

/** A service as it is seen from the other end: every answer is a promise. */
export type Remote<Service> = {
  readonly [Name in keyof Service]: Service[Name] extends (...args: infer Args) => infer Answer
    ? (...args: Args) => Promise<Awaited<Answer>>
    : never;
} & { readonly [releaseProxy]: () => void };
