import { readFileSync } from "node:fs";

/** What a page may use of an element by one way, as `custom-elements.json` has it. */
export interface Documented {
  readonly name: string;
  readonly description: string;
  readonly type?: { readonly text: string };
  readonly default?: string;
}

interface Attribute extends Documented {
  readonly fieldName?: string;
}

interface Member extends Documented {
  readonly kind: "field" | "method";
  readonly readonly?: boolean;
  readonly attribute?: string;
  readonly reflects?: boolean;
}

export interface ElementEntry {
  readonly name: string;
  readonly tagName: string;
  readonly attributes: readonly Attribute[];
  readonly members: readonly Member[];
  readonly events: readonly Documented[];
  readonly cssParts: readonly Documented[];
  readonly cssProperties: readonly Documented[];
  readonly slots?: readonly Documented[];
}

interface Module {
  readonly declarations: readonly ElementEntry[];
}

const MANIFEST = new URL("../custom-elements.json", import.meta.url);

/** The elements that the manifest tells of. */
export const ELEMENTS: readonly ElementEntry[] = (
  JSON.parse(readFileSync(MANIFEST, "utf8")) as { readonly modules: readonly Module[] }
).modules.flatMap(({ declarations }) => declarations);

/** An element by its tag. */
export function elementOf(tag: string): ElementEntry {
  const found = ELEMENTS.find(({ tagName }) => tagName === tag);
  if (found === undefined) throw new Error(`the manifest has no ${tag}; run: npm run manifest`);
  return found;
}

export const namesOf = (list: readonly Documented[]): string[] =>
  list.map(({ name }) => name).sort();

/** What to do where a name is in the code and not in the manifest, or the other way round. */
export const HOW_TO_MEND: string =
  "say in the sources what it is, then run `npm run manifest`: properties and methods have a " +
  "comment in the class, events one in its EventMap, parts and custom properties a @csspart or " +
  "@cssprop above its style sheets";
