import { scenarios } from "../scenarios.ts";

/** The sidebar's links to every scenario that ships. */
export function scenarioLinks(language: "en" | "ko"): { text: string; link: string }[] {
  const base = language === "en" ? "/scenarios" : "/ko/scenarios";
  return scenarios.map(({ name, title }) => ({ text: title[language], link: `${base}/${name}` }));
}
