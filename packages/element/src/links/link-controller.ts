import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Piece } from "../pieces/piece.ts";
import type { PiecesController } from "../pieces/pieces-controller.ts";

/** What a link opens and tells: an element with a place of its own in the page's address. */
export interface Linked extends ReactiveControllerHost {
  /** The key in the fragment; none where the page's address is not looked at. */
  link: string | null;
}

/** How places of one kind stand in the fragment of an address. */
export interface LinkFormat<Place> {
  /** The place that a fragment holds for a key. Never throws. */
  readonly placeIn: (hash: string, key: string) => Place | undefined;
  /** The fragment with this place for a key; what it holds for others stays. */
  readonly hashWith: (hash: string, key: string, place: Place) => string;
}

/** The places of an element, and the key of one whose `link` is empty. */
export interface Links<Place> {
  readonly format: Piece<LinkFormat<Place>>;
  readonly defaultKey: string;
}

/** Opens what the fragment of the page's address holds for an element, now and when it changes. */
export class LinkController<Place> implements ReactiveController {
  readonly #host: Linked;
  readonly #pieces: PiecesController;
  readonly #links: Links<Place>;
  readonly #open: (place: Place) => void;
  #key: string | null = null;
  /** Whether there is a place in the address, and its reader did not come. */
  #isUnread = false;
  /** Settled once the place that the address holds has been opened. */
  opening: Promise<void> = Promise.resolve();

  constructor(
    host: Linked,
    pieces: PiecesController,
    links: Links<Place>,
    open: (place: Place) => void,
  ) {
    this.#host = host;
    this.#pieces = pieces;
    this.#links = links;
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
    const { now } = this.#links.format;
    if (this.#host.link === this.#key && !(this.#isUnread && now !== undefined)) return;
    this.#key = this.#host.link;
    this.#look();
  }

  /** Whether the address names a place for the element. */
  get isAsked(): boolean {
    const parts = location.hash.split(/[#&]/);
    return this.#host.link !== null && parts.some((part) => part.startsWith(`${this.key}=`));
  }

  /** As a fragment takes it: a key may be in any language. */
  get key(): string {
    return encodeURIComponent(this.#host.link || this.#links.defaultKey);
  }

  readonly #look = (): void => {
    if (this.isAsked) this.opening = this.#read();
  };

  async #read(): Promise<void> {
    const read = await this.#pieces.demand(this.#links.format).catch(() => undefined);
    this.#isUnread = read === undefined;
    const place = read?.placeIn(location.hash, this.key);
    if (place !== undefined) this.#open(place);
  }

  /** The address of the page with this place in it. */
  async addressOf(place: Place): Promise<string> {
    const { hashWith } = await this.#pieces.demand(this.#links.format);
    return new URL(hashWith(location.hash, this.key, place), location.href).href;
  }
}

/** Puts an address into the address bar and, where the browser gives leave, the clipboard. */
export async function putAddress(address: string): Promise<void> {
  history.replaceState(history.state, "", address);
  await navigator.clipboard?.writeText(address).catch(() => {});
}
