import { adoptStyles, LitElement, type PropertyValues } from "lit";

/** The elements that are about to take over what a server drew. */
const takingOver: WeakSet<object> = new WeakSet();

/** Whether what an element renders has to be what a server rendered, from attributes alone. */
export function repeatsServer(element: object): boolean {
  return takingOver.has(element);
}

/**
 * An element that a server may have drawn already, as declarative shadow DOM.
 *
 * With Lit's hydration support the first render takes over what is there, and the next one
 * adds what the server could not know: the page's language, and what its address asks for.
 * Without it Lit would draw beside what is there, so that goes first.
 */
export class PrerenderedElement extends LitElement {
  /** Whether what the server drew is still there, and nothing has been drawn here. */
  #isDrawn = false;

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const prerendered = this.shadowRoot;
    const root = super.createRenderRoot();
    if (prerendered === null) return root;
    this.#isDrawn = true;
    if (awaitsHydration(this)) takingOver.add(this);
    // Lit leaves a root from a server to the style element in it, which a policy may forbid.
    const { elementStyles } = this.constructor as typeof LitElement;
    adoptStyles(prerendered, elementStyles);
    return root;
  }

  /** Fetches what a server has at hand and a page does not. Never rejects. */
  protected async hadOnServer(): Promise<void> {}

  /** What a server drew stays until as much can be drawn here. */
  protected override scheduleUpdate(): Promise<unknown> | undefined {
    if (this.#isDrawn) return this.#follow();
    void super.scheduleUpdate();
    return undefined;
  }

  async #follow(): Promise<void> {
    await this.hadOnServer();
    this.#isDrawn = false;
    if (this.shadowRoot !== null && !takingOver.has(this)) this.#clear(this.shadowRoot);
    await super.scheduleUpdate();
  }

  protected override update(changed: PropertyValues): void {
    if (takingOver.has(this) && this.shadowRoot !== null) this.#takeOver(this.shadowRoot, changed);
    else super.update(changed);
  }

  #takeOver(root: ShadowRoot, changed: PropertyValues): void {
    try {
      super.update(changed);
    } catch {
      // The server had other attributes, or another version: drawn anew, it is right again.
      this.#clear(root);
      super.update(changed);
    }
    // Before anyone goes on who waits for this update.
    queueMicrotask(() => {
      takingOver.delete(this);
      this.requestUpdate();
    });
  }

  #clear(root: ShadowRoot): void {
    root.replaceChildren();
    this.renderOptions.renderBefore = null;
  }
}

/** Lit's hydration support says by this name, which is no API, that a root is to be taken over. */
function awaitsHydration(element: LitElement): boolean {
  return (element as unknown as { readonly _$AG?: boolean })._$AG === true;
}
