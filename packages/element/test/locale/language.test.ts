import { expect, test } from "vitest";
import { languageOf } from "../../src/locale/language.ts";

test.each([
  ["en", "en"],
  ["ko", "ko"],
  ["ko-KR", "ko"],
  ["KO-kr", "ko"],
  ["fr", "en"],
  ["", "en"],
  [null, "en"],
])("lang=%s is spoken as %s", (tag, language) => {
  expect(languageOf(tag)).toBe(language);
});
