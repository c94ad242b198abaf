import type { DefaultTheme } from "vitepress";
import { type LessonPage, lessonPages } from "./lessons.ts";

/** The part of a page that the search finds by itself. */
interface Section {
  readonly anchor: string;
  readonly titles: string[];
  readonly text: string;
}

const PAGES: Readonly<Record<string, readonly LessonPage[]>> = {
  "ko/scenarios": lessonPages("ko"),
  scenarios: lessonPages("en"),
};

/**
 * Pages that VitePress makes from a list have no file that its search could
 * read, so it comes here with nothing in hand; other pages it reads itself.
 */
export const miniSearch: NonNullable<DefaultTheme.LocalSearchOptions["miniSearch"]> = {
  _splitIntoSections: (path, html) => (html === "" ? scenarioSection(path) : BY_ITSELF),
};

/** VitePress takes "nothing" for "do it yourself", which its types do not know. */
const BY_ITSELF = undefined as unknown as Section[];

function scenarioSection(path: string): Section[] {
  const [, folder = "", name = ""] = /((?:ko\/)?scenarios)\/([\w-]+)\.md$/.exec(path) ?? [];
  const page = PAGES[folder]?.find(({ params }) => params.name === name);
  if (page === undefined) return [];
  const { title, description } = page.params;
  return [{ anchor: "", titles: [title], text: `${description} ${plain(page.content)}` }];
}

/** Markdown without its marks. */
function plain(markdown: string): string {
  return markdown.replace(/\]\([^)]*\)/g, "").replace(/[#*`[\]]/g, "");
}
