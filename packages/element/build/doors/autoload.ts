import { FILES, LOAD_SCENARIOS, SCENARIOS } from "synfin:autoload";
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
    // What the elements will ask for first comes at the same time as they do.
    for (const name of new Set([...elements].flatMap(partsOf))) {
      import(new URL(`./parts/${name}.js`, import.meta.url).href).catch(() => {});
    }
    void FILES[tag]?.();
  }
  if (missing.size === 0) observer.disconnect();
}

/** The parts that an element asks for when it is drawn for the first time, and right after. */
function partsOf(element: Element): string[] {
  const scenario = element.getAttribute("scenario") ?? "";
  if (element.localName === "tcp-connection") return partsOfConnection(element, scenario);
  return LOAD_SCENARIOS.includes(scenario) ? [`load-${scenario}`, "load-rest"] : [];
}

/** What makes another run of a scenario than the one that is recorded. */
const OTHERS = "[seed],[faults],[src],[link],:has(>script)";

function partsOfConnection(element: Element, scenario: string): string[] {
  const name = scenario === "" ? "three-way-handshake" : scenario;
  const isRecorded = SCENARIOS.includes(name) && !element.matches(OTHERS);
  const parts = [isRecorded ? `run-${name}` : "machine", "controls"];
  const language = languageOf(element.closest("[lang]")?.getAttribute("lang"));
  return element.hasAttribute("view") ? parts : [...parts, "cards", `narration-${language}`];
}

observer.observe(document, { childList: true, subtree: true });
look();
