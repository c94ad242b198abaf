import { BULK_SCENARIOS } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";
import { LOAD_WORDS } from "../../src/load/words.ts";

/** Every text of a language by its path, functions filled in with marks. */
function texts(words: object, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    const at = `${path}${key}`;
    if (typeof value === "object") for (const [k, v] of texts(value, `${at}.`)) found.set(k, v);
    else found.set(at, typeof value === "function" ? `${value(marks)}` : value);
  }
  return found;
}

/** Stands for a text or for an object of them: each part shows as itself. */
const marks: unknown = new Proxy(() => {}, {
  get: (_, part) => (part === Symbol.toPrimitive ? () => "<it>" : `<${String(part)}>`),
});

test("both languages say the same things, with the same parts in them [point 28]", () => {
  const [en, ko] = [texts(LOAD_WORDS.en), texts(LOAD_WORDS.ko)];
  expect([...ko.keys()]).toEqual([...en.keys()]);
  const partsOf = (text: string): string[] => (text.match(/<\w+>/g) ?? []).sort();
  for (const [key, text] of en) {
    expect(partsOf(ko.get(key) ?? ""), key).toEqual(partsOf(text));
    expect(text.trim(), key).not.toBe("");
  }
  expect(en.size).toBeGreaterThan(30);
});

test("Korean is in Korean, but for names that stay", () => {
  const stay = ["notYet", "hosts", "backends.worker-url", "backends.inline-worker"];
  for (const [key, text] of texts(LOAD_WORDS.ko)) {
    if (!stay.includes(key)) expect(text, key).toMatch(/[가-힣]/);
  }
});

test("hosts that every reader knows have a Korean name, others the scenario's", () => {
  const { hosts } = LOAD_WORDS.ko;
  expect([hosts("client"), hosts("server"), hosts("nat")]).toEqual(["클라이언트", "서버", "nat"]);
});

test("every scenario has its words in both languages, and Korean is in Korean", () => {
  for (const { name, title, explanation, leavesOut, parameters } of BULK_SCENARIOS) {
    for (const { en, ko } of [title, explanation, leavesOut, ...parameters.map(({ doc }) => doc)]) {
      expect(en.trim(), name).not.toBe("");
      // The name of a sysctl is the same in every language.
      if (ko !== en || en.includes(" ")) expect(ko, name).toMatch(/[가-힣]/);
    }
  }
});
