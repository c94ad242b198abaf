/** Modules that the build writes for the files of pages without a bundler. */
declare module "synfin:parts" {
  import type { Part } from "./part.ts";
  /** Fetches a part for the first time. */
  export const PARTS: Readonly<Record<string, () => Promise<Part>>>;
  /** Which build this is: parts of another one do not fit. */
  export const MADE: string;
}

declare module "synfin:shared" {
  /** What the parts use of the first file. */
  export function shared(): object;
}

declare module "synfin:shelf" {
  /** What the parts that go into the worker, too, use of the first file. */
  export function shared(): object;
}

declare module "synfin:lent" {
  /** What the part `load-rest` uses of the machine. */
  export function lend(): object;
  /** Takes what it brings for the machine. */
  export function borrow(lent: object): void;
}

declare module "synfin:catalogue" {
  import type { Listed } from "../../src/connection/catalogue.ts";
  /** The scenarios that ship, for a list. */
  export const CATALOGUE: readonly Listed[];
}

declare module "synfin:autoload" {
  /** Loads the file of each tag. */
  export const FILES: Readonly<Record<string, () => Promise<unknown>>>;
  /** The names of the scenarios that ship. */
  export const SCENARIOS: readonly string[];
  /** The names of the load scenarios that are parts. */
  export const LOAD_SCENARIOS: readonly string[];
}

declare module "synfin:load-catalogue" {
  import type { Text } from "@synfin/simulator";
  /** The load scenarios, the one that is there from the first on before the others. */
  export const CATALOGUE: readonly { readonly name: string; readonly title: Text }[];
  /** The profile that is there from the first on. */
  export const PROFILE: string;
}
