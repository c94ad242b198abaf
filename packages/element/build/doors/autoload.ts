import { FILES, SCENARIOS } from "synfin:autoload";
import { claim } from "../../src/define-tag.ts";
import { languageOf } from "../../src/locale/language.ts";

/**
 * Loads what a page has need of: the file of each tag that is in it, now or
 * later. A tag inside of another element's shadow root is not seen.
 */
const missing = new Map(Object.keys(FILES).map((tag) => [tag, document.getElementsByTagName(tag)]));
const observer = new MutationObserver(look);

function look(): void {
  for (const [tag, elements] of missing) {
    if (elements.length === 0) continue;
    missing.delete(tag);
    if (!claim(tag)) continue;
    if (tag === "tcp-connection") for (const element of elements) fetchAhead(element);
    void FILES[tag]?.();
  }
  if (missing.size === 0) observer.disconnect();
}

/** What makes another run of a scenario than the one that is recorded. */
const OTHERS = "[seed],[faults],[src],[link],:has(>script)";

/** What the element will ask for first comes at the same time as the element. */
function fetchAhead(element: Element): void {
  const scenario = element.getAttribute("scenario") ?? "three-way-handshake";
  const language = languageOf(element.closest("[lang]")?.getAttribute("lang"));
  const isRecorded = SCENARIOS.includes(scenario) && !element.matches(OTHERS);
  const names = [isRecorded ? `run-${scenario}` : "machine"];
  if (!element.hasAttribute("view")) names.push("cards", `narration-${language}`);
  for (const name of names) {
    import(new URL(`./parts/${name}.js`, import.meta.url).href).catch(() => {});
  }
}

observer.observe(document, { childList: true, subtree: true });
look();
