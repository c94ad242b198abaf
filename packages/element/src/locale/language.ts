/** The languages that the elements speak. */
export const LANGUAGES = ["en", "ko"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of a `lang` value such as `ko-KR`; English for those that we do not speak. */
export function languageOf(tag: string | null | undefined): Language {
  const primary = tag?.toLowerCase().split("-")[0];
  return LANGUAGES.find((language) => language === primary) ?? "en";
}

/**
 * The language that an element stands in: the nearest `lang`, its own
 * included, through the shadow roots around it.
 */
export function inheritedLanguage(element: Element): Language {
  for (let at: Element | null = element; at !== null; at = hostOf(at)) {
    const nearest: Element | null = at.closest("[lang]");
    if (nearest !== null) return languageOf(nearest.getAttribute("lang"));
  }
  return "en";
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
