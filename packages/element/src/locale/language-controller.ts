import type { ReactiveController, ReactiveControllerHost } from "lit";
import { repeatsServer } from "../prerendered/prerendered-element.ts";
import { inheritedLanguage, type Language, languageOf } from "./language.ts";

/**
 * Keeps an element in the language of its place, also when the page changes
 * its `lang`; the position in a run stays where it is.
 */
export class LanguageController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #observer: MutationObserver | undefined;
  #language: Language | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  get language(): Language {
    // Rendered on a server there is no tree to ask, only the own attribute.
    const asked = repeatsServer(this.#host) ? undefined : this.#language;
    return asked ?? languageOf(this.#host.getAttribute("lang"));
  }

  hostConnected(): void {
    this.#language = inheritedLanguage(this.#host);
    this.#observer = new MutationObserver(() => this.#look());
    const options = { attributes: true, attributeFilter: ["lang"], subtree: true };
    this.#observer.observe(document, options);
    const root = this.#host.getRootNode();
    if (root !== document) this.#observer.observe(root, options);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  #look(): void {
    const language = inheritedLanguage(this.#host);
    if (language === this.#language) return;
    this.#language = language;
    this.#host.requestUpdate();
  }
}
