import { existsSync, readFileSync } from "node:fs";
import { scenarios } from "./scenarios.ts";

/** One page of a dynamic route. */
export interface LessonPage {
  readonly params: { readonly name: string; readonly title: string; readonly description: string };
  /** The lesson in Markdown; empty where a scenario speaks for itself. */
  readonly content: string;
}

/** A page for each scenario, with its lesson from `lessons/<language>/<name>.md`. */
export function lessonPages(language: "en" | "ko"): LessonPage[] {
  return scenarios.map(({ name, title, description }) => ({
    params: { name, title: title[language], description: description[language] },
    content: lesson(language, name),
  }));
}

function lesson(language: "en" | "ko", name: string): string {
  const file = new URL(`../lessons/${language}/${name}.md`, import.meta.url);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
