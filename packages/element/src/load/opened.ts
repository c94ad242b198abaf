import { html, type TemplateResult } from "lit";
import type { Opened } from "./opened-controller.ts";
import type { Scene } from "./panels.ts";

/** One connection in place of the crowd, and the way back. */
export function openedView(scene: Scene, opened: Opened, back: () => void): TemplateResult {
  const { words, numbers } = scene;
  const { scenario, request } = opened.intent;
  const onKey = (event: KeyboardEvent): void => {
    // A menu that is open inside closes first.
    if (event.key !== "Escape" || isInMenu(event)) return;
    event.stopPropagation();
    back();
  };
  return html`<section
    class="opened"
    part="opened"
    aria-labelledby="opened-title"
    @keydown=${{ handleEvent: onKey, capture: true }}
  >
    <div class="bar">
      <button type="button" part="back" @click=${back}>← ${words.back}</button>
      <h3 id="opened-title">${words.connection(numbers.whole(opened.nth))}</h3>
      <span class="mono">${scenario.name} · seed ${request.seed}</span>
    </div>
    ${content(scene, opened)}
  </section>`;
}

function content({ words, numbers }: Scene, opened: Opened): TemplateResult {
  const { element, trace, error, nth, reached } = opened;
  if (error !== undefined) return html`<p class="error" part="error" role="alert">${error}</p>`;
  if (element !== undefined) return html`${element}`;
  if (trace !== undefined) {
    const call = trace.events.find((event) => event.type === "call");
    return html`<p class="note" role="status">
      ${words.nothingSent(call?.type === "call" ? (call.error ?? "") : "")}
    </p>`;
  }
  return html`<p class="note" role="status">${words.searching(numbers.whole(nth))}</p>
    <progress max=${nth} .value=${Math.min(reached, nth)} aria-label=${words.progress}></progress>`;
}

function isInMenu(event: Event): boolean {
  return event.composedPath().some((one) => one instanceof HTMLDetailsElement && one.open);
}
