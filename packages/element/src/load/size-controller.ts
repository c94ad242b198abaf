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
  #width: number;

  /** Until it is measured, the width is `initial`. */
  constructor(host: Host, selector: string, initial: number) {
    this.#host = host;
    this.#selector = selector;
    this.#width = initial;
    host.addController(this);
  }

  get width(): number {
    return this.#width;
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
    if (width === 0 || width === this.#width) return;
    this.#width = width;
    this.#host.requestUpdate();
  }
}
