import { readdirSync } from "node:fs";
import { scenarios } from "@synfin/simulator";
import { expect, test } from "vitest";
import { lessonPages } from "../.vitepress/lessons.ts";

const lessonsIn = (language: string): string[] =>
  readdirSync(new URL(`../lessons/${language}`, import.meta.url)).sort();

test("every lesson is there in both languages, and belongs to a scenario", () => {
  const names = scenarios.map(({ name }) => `${name}.md`);
  expect(lessonsIn("ko")).toEqual(lessonsIn("en"));
  expect(lessonsIn("en").filter((file) => !names.includes(file))).toEqual([]);
  expect(lessonsIn("en").length).toBeGreaterThan(8);
});

test("every scenario has a page in both languages, with its lesson", () => {
  const [english, korean] = [lessonPages("en"), lessonPages("ko")];
  expect(english.map(({ params }) => params.name)).toEqual(scenarios.map(({ name }) => name));
  expect(korean.map(({ params }) => params.name)).toEqual(scenarios.map(({ name }) => name));
  const lessonOf = (pages: typeof english): string =>
    pages.find(({ params }) => params.name === "time-wait")?.content ?? "";
  expect(lessonOf(english)).toContain("## Why wait at all?");
  expect(lessonOf(korean)).toContain("## 왜 기다리는가?");
});
