import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Place } from "../extras/deep-link.ts";
import { links } from "../extras/load.ts";
import type { PiecesController } from "../pieces/pieces-controller.ts";

/** What a link opens and tells: an element with a place of its own in the page's address. */
export interface Linked extends ReactiveControllerHost {
  /** The key in the fragment; none where the page's address is not looked at. */
  link: string | null;
}

/** The key of an element whose `link` is empty. */
const DEFAULT_KEY = "tcp";

/** Opens what the fragment of the page's address holds for an element, now and when it changes. */
export class LinkController implements ReactiveController {
  readonly #host: Linked;
  readonly #pieces: PiecesController;
  readonly #open: (place: Place) => void;
  #key: string | null = null;
  /** Whether there is a place in the address, and its reader did not come. */
  #isUnread = false;
  /** Settled once the place that the address holds has been opened. */
  opening: Promise<void> = Promise.resolve();

  constructor(host: Linked, pieces: PiecesController, open: (place: Place) => void) {
    this.#host = host;
    this.#pieces = pieces;
    this.#open = open;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener("hashchange", this.#look);
  }

  hostDisconnected(): void {
    removeEventListener("hashchange", this.#look);
  }

  hostUpdate(): void {
    if (this.#host.link === this.#key && !(this.#isUnread && links.now !== undefined)) return;
    this.#key = this.#host.link;
    this.#look();
  }

  /** Whether the address names a place for the element. */
  get isAsked(): boolean {
    return this.#host.link !== null && location.hash.includes(`${this.key}=`);
  }

  get key(): string {
    return this.#host.link || DEFAULT_KEY;
  }

  readonly #look = (): void => {
    if (this.isAsked) this.opening = this.#read();
  };

  async #read(): Promise<void> {
    const read = await this.#pieces.demand(links).catch(() => undefined);
    this.#isUnread = read === undefined;
    const place = read?.placeIn(location.hash, this.key);
    if (place !== undefined) this.#open(place);
  }

  /** The address of the page with this place in it. */
  async addressOf(place: Place): Promise<string> {
    const { hashWith } = await this.#pieces.demand(links);
    return new URL(hashWith(location.hash, this.key, place), location.href).href;
  }
}

/** Puts an address into the address bar and, where the browser gives leave, the clipboard. */
export async function putAddress(address: string): Promise<void> {
  history.replaceState(history.state, "", address);
  await navigator.clipboard?.writeText(address).catch(() => {});
}
