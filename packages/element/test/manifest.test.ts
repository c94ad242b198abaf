import { readdirSync, readFileSync } from "node:fs";
import { TcpConnection, TcpLoad } from "@synfin/element";
import type { CSSResult, LitElement } from "lit";
import { describe, expect, test } from "vitest";
import { ELEMENTS, elementOf, HOW_TO_MEND, namesOf } from "./manifest-file.ts";

/** A class of ours, with what Lit knows of it. */
type ElementClass = typeof LitElement & (new () => LitElement);

const CLASSES: readonly (readonly [string, ElementClass])[] = [
  ["tcp-connection", TcpConnection],
  ["tcp-load", TcpLoad],
];

test("the manifest has both elements, and no other", () => {
  expect(ELEMENTS.map(({ tagName, name }) => [tagName, name])).toEqual(
    CLASSES.map(([tag, { name }]) => [tag, name]),
  );
});

describe.each(CLASSES)("<%s> in custom-elements.json", (tag, element) => {
  const entry = elementOf(tag);

  test("has every attribute that is observed, and the inherited `lang` [point 5]", () => {
    const observed = [...element.observedAttributes, "lang"].sort();
    expect(namesOf(entry.attributes), HOW_TO_MEND).toEqual(observed);
  });

  test("has every public property and method [point 5]", () => {
    expect(namesOf(entry.members), HOW_TO_MEND).toEqual(publicNames(element));
  });

  test("says of each property whether it can be set, and what it is reflected to", () => {
    for (const { name, kind, readonly = false, attribute, reflects = false } of entry.members) {
      if (kind === "method") continue;
      const { set } = Object.getOwnPropertyDescriptor(element.prototype, name) ?? {};
      expect([name, readonly]).toEqual([name, set === undefined]);
      const options = element.elementProperties.get(name);
      const observed = options === undefined ? undefined : (options.attribute ?? name);
      expect([name, attribute]).toEqual([name, observed]);
      expect([name, reflects]).toEqual([name, options?.reflect === true]);
    }
  });

  test("says what each property is at first", () => {
    const fresh = new element() as unknown as Readonly<Record<string, unknown>>;
    const first = entry.members.filter(({ attribute }) => attribute !== undefined);
    expect(first.length).toBeGreaterThan(5);
    for (const { name, default: said } of first) {
      expect([name, said]).toEqual([
        name,
        fresh[name] == null ? undefined : JSON.stringify(fresh[name]),
      ]);
    }
  });

  test("has every custom property that its style sheets take [points 5, 26]", () => {
    expect(namesOf(entry.cssProperties), HOW_TO_MEND).toEqual(takenBy(element));
  });

  test("has a sentence for everything [point 5]", () => {
    const { attributes, members, events, cssParts, cssProperties, slots = [] } = entry;
    for (const list of [attributes, members, events, cssParts, cssProperties, slots]) {
      for (const { name, description } of list) {
        expect(description, `${name}: ${HOW_TO_MEND}`).toMatch(/^\S.*\S[.:)]$/);
      }
    }
  });

  test("has events in lower case, with hyphens, and with types [point 30]", () => {
    expect(entry.events.length).toBeGreaterThan(1);
    for (const { name, type } of entry.events) {
      expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(type?.text).toMatch(/^(?:Event|CustomEvent<\w+>)$/);
    }
  });
});

test("every event that the sources name is in the manifest [point 30]", () => {
  const named = [...sources().matchAll(/new (?:Custom)?Event\(\s*"([^"]+)"/g)];
  const known = ELEMENTS.flatMap(({ events }) => namesOf(events));
  expect(named.length).toBeGreaterThan(1);
  expect(named.map(([, name = ""]) => name).filter((name) => !known.includes(name))).toEqual([]);
});

/** What the class adds to elements in general, but for what begins with an underscore. */
function publicNames({ prototype }: ElementClass): string[] {
  const inherited: object = Object.getPrototypeOf(prototype);
  return Object.getOwnPropertyNames(prototype)
    .filter((name) => !(name in inherited) && !name.startsWith("_"))
    .sort();
}

/**
 * The `--synfin-ink` of the sheets. Most are given a name of their own first, as in
 * `--_ink: var(--synfin-ink, …)`; one whose own name nobody takes does nothing.
 */
function takenBy({ elementStyles }: ElementClass): string[] {
  const text = elementStyles.map((sheet) => (sheet as CSSResult).cssText).join("\n");
  const taken = [...text.matchAll(/(?:(--_[\w-]+):\s*)?var\(\s*(--synfin-[\w-]+)/g)]
    .filter(([, own]) => own === undefined || text.includes(`var(${own})`))
    .map(([, , name = ""]) => name);
  return [...new Set(taken)].sort();
}

function sources(): string {
  const folder = new URL("../src/", import.meta.url);
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(new URL(path, folder), "utf8"))
    .join("\n");
}
