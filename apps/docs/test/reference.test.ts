import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { KOREAN } from "../.vitepress/elements/ko.ts";
import { entriesOf, KINDS, TAGS } from "../.vitepress/elements/manifest.ts";
import { withTables } from "../.vitepress/elements/tables.ts";

const page = (path: string): string =>
  readFileSync(new URL(`../${path}.md`, import.meta.url), "utf8");

describe.each(TAGS)("<%s> in the reference", (tag) => {
  test("has a sentence in Korean for every name of the manifest, and for no other [point 28]", () => {
    for (const kind of KINDS) {
      const names = entriesOf(tag, kind).map(({ name }) => name);
      expect(
        Object.keys(KOREAN[tag][kind]).sort(),
        `${kind}: mend apps/docs/.vitepress/elements/ko.ts`,
      ).toEqual(names.sort());
    }
    for (const text of KINDS.flatMap((kind) => Object.values(KOREAN[tag][kind]))) {
      expect(text).toMatch(/[가-힣]|^ESTABLISHED\.$|^TIME-WAIT\.$/);
    }
  });

  test.each(["reference", "ko/reference"])("has a table of every kind in %s", (folder) => {
    const asked = KINDS.filter((kind) =>
      page(`${folder}/${tag}`).includes(`<!-- table: ${tag} ${kind} -->`),
    );
    expect(asked).toEqual(KINDS.filter((kind) => entriesOf(tag, kind).length > 0));
  });
});

test("a table has the manifest's words in English, and ours in Korean", () => {
  const place = "<!-- table: tcp-load events -->";
  const english = withTables(place, "en").split("\n");
  expect(english.slice(0, 3)).toEqual([
    "| event | when | type |",
    "| --- | --- | --- |",
    "| `tcp-start` | A run begins. | `Event` |",
  ]);
  expect(withTables(place, "ko")).toContain("| `tcp-start` | 실행이 시작될 때. | `Event` |");
});

test("a table that there is not is named", () => {
  expect(() => withTables("<!-- table: tcp-load evens -->", "en")).toThrow(
    "<!-- table: tcp-load evens --> is none of tcp-connection, tcp-load with one of attributes,",
  );
});
