import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What the reference has a table of, for each element. */
export const KINDS = [
  "attributes",
  "properties",
  "methods",
  "events",
  "slots",
  "parts",
  "styles",
] as const;
export type Kind = (typeof KINDS)[number];

export const TAGS = ["tcp-connection", "tcp-load"] as const;
export type Tag = (typeof TAGS)[number];

/** A name that a page may use, as `custom-elements.json` has it. */
export interface Entry {
  readonly name: string;
  readonly description: string;
  readonly type?: { readonly text: string };
  readonly default?: string;
  /** Of an attribute: the property that it sets. */
  readonly fieldName?: string;
  /** Of a method. */
  readonly parameters?: readonly { readonly name: string; readonly optional?: boolean }[];
  readonly return?: { readonly type: { readonly text: string } };
}

interface Member extends Entry {
  readonly kind: "field" | "method";
  readonly attribute?: string;
}

interface ElementEntry {
  readonly tagName: string;
  readonly attributes: readonly Entry[];
  readonly members: readonly Member[];
  readonly events: readonly Entry[];
  readonly slots?: readonly Entry[];
  readonly cssParts: readonly Entry[];
  readonly cssProperties: readonly Entry[];
}

interface Manifest {
  readonly modules: readonly { readonly declarations: readonly ElementEntry[] }[];
}

const FILE = fileURLToPath(import.meta.resolve("@synfin/element/custom-elements.json"));
const { modules } = JSON.parse(readFileSync(FILE, "utf8")) as Manifest;
const elements = modules.flatMap(({ declarations }) => declarations);

/** What an element has of one kind; properties that an attribute sets are with the attributes. */
export function entriesOf(tag: Tag, kind: Kind): readonly Entry[] {
  const element = elements.find(({ tagName }) => tagName === tag);
  if (element === undefined) throw new Error(`the manifest has no ${tag}; run: npm run manifest`);
  const { attributes, members, events, slots = [], cssParts, cssProperties } = element;
  const lists: Readonly<Record<Kind, readonly Entry[]>> = {
    attributes,
    properties: members.filter((one) => one.kind === "field" && one.attribute === undefined),
    methods: members.filter((one) => one.kind === "method"),
    events,
    slots,
    parts: cssParts,
    styles: cssProperties,
  };
  return lists[kind];
}
