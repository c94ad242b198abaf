import type { ReactiveController, ReactiveControllerHost } from "lit";
import { sources } from "../extras/load.ts";
import type { PiecesController } from "../pieces/pieces-controller.ts";
import { repeatsServer } from "../prerendered/prerendered-element.ts";
import type { Source } from "./source.ts";

/** An element that may play something of its page's own. */
export interface Sourced extends ReactiveControllerHost, HTMLElement {
  src: string | null;
}

const PENDING: Source = { kind: "pending" };
const INLINE = ':scope > script[type="application/json"]';

/** What no page gives: the reader of files is not here. */
const UNREAD = "\0";

/**
 * Reads what a page gives an element to play: the JSON in a script element
 * among its children, or the file that `src` names; again when they change.
 */
export class SourceController implements ReactiveController {
  readonly #host: Sourced;
  readonly #pieces: PiecesController;
  #observer: MutationObserver | undefined;
  #read = "";
  #source: Source | undefined;
  /** Settled once the source has been read. */
  reading: Promise<void> = Promise.resolve();

  constructor(host: Sourced, pieces: PiecesController) {
    this.#host = host;
    this.#pieces = pieces;
    host.addController(this);
  }

  /** None where the element names a scenario that ships. */
  get source(): Source | undefined {
    // A server sees the attributes alone, and reads no file.
    if (this.#observer !== undefined && !repeatsServer(this.#host)) return this.#source;
    return this.#host.src ? PENDING : undefined;
  }

  hostConnected(): void {
    this.#observer = new MutationObserver(() => this.#look());
    this.#observer.observe(this.#host, { childList: true, characterData: true, subtree: true });
    this.#look();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  /** To be called when `src` may have changed. */
  hostUpdate(): void {
    this.#look();
  }

  #look(): void {
    const { src } = this.#host;
    const inline = this.#host.querySelector(INLINE)?.textContent ?? "";
    const now = src ? `src ${src}` : inline;
    if (now === this.#read || (this.#read === UNREAD && sources.now === undefined)) return;
    this.#read = now;
    this.#source = now === "" ? undefined : PENDING;
    this.#host.requestUpdate();
    if (now !== "") this.reading = this.#load(now, src, inline);
  }

  async #load(now: string, src: string | null, inline: string): Promise<void> {
    const read = await this.#pieces.demand(sources).catch(() => undefined);
    if (read === undefined) {
      // To be read as soon as the reader of files is here.
      if (now === this.#read) this.#read = UNREAD;
      return;
    }
    const { readFile, readInline } = read;
    const source = src ? await readFile(src) : readInline(inline);
    // Meanwhile the page may have asked for something else.
    if (now !== this.#read) return;
    this.#source = source;
    this.#host.requestUpdate();
  }
}
