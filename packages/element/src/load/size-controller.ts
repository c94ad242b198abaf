import type { ReactiveController, ReactiveControllerHost } from "lit";

type Host = ReactiveControllerHost & HTMLElement;

/**
 * The width of one part of an element, so that what is drawn there fits it
 * instead of being scaled: text keeps its size.
 */
export class SizeController implements ReactiveController {
  readonly #host: Host;
  readonly #selector: string;
  #observer: ResizeObserver | undefined;
  #part: Element | null = null;
  readonly #initial: number;
  readonly #guess: ((host: HTMLElement) => number) | undefined;
  #width: number | undefined;

  /**
   * Until it is measured, the width is what `guess` makes of the element, so that the
   * first frame need not be drawn twice; `initial` without a guess, and where there is
   * nothing to guess from, as on a server.
   */
  constructor(
    host: Host,
    selector: string,
    initial: number,
    guess?: (host: HTMLElement) => number,
  ) {
    this.#host = host;
    this.#selector = selector;
    this.#initial = initial;
    this.#guess = guess;
    host.addController(this);
  }

  get width(): number {
    this.#width ??= this.#first();
    return this.#width;
  }

  #first(): number {
    // What a server has drawn is taken over at the width that it was drawn for.
    const isDrawn = (this.#host.shadowRoot?.childElementCount ?? 0) > 0;
    const guess = isDrawn ? 0 : Math.floor(this.#guess?.(this.#host) ?? 0);
    return guess > 0 ? guess : this.#initial;
  }

  hostUpdated(): void {
    const part = this.#host.shadowRoot?.querySelector(this.#selector) ?? null;
    if (part === this.#part) return;
    this.hostDisconnected();
    this.#part = part;
    if (part === null) return;
    this.#observer = new ResizeObserver(([entry]) => this.#set(entry?.contentRect.width ?? 0));
    this.#observer.observe(part);
    // The observer tells only after the first frame: what is drawn would shift.
    queueMicrotask(() => this.#set(part.clientWidth));
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#part = null;
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  #set(exact: number): void {
    const width = Math.floor(exact);
    if (width === 0 || width === this.width) return;
    this.#width = width;
    this.#host.requestUpdate();
  }
}
