import type { ReactiveControllerHost } from "lit";
import type { Place } from "../extras/deep-link.ts";
import type { LinkController } from "../links/link-controller.ts";
import type { PiecesController } from "../pieces/pieces-controller.ts";
import type { SourceController } from "./source-controller.ts";

/** Tells when an element has all that it was asked for, and lets what comes later wait for that. */
export class Readiness {
  readonly #host: ReactiveControllerHost;
  readonly #pieces: PiecesController;
  readonly #source: SourceController;
  readonly #links: LinkController<Place>;
  /** Settled once all that waits has been done. */
  #soon: Promise<void> = Promise.resolve();

  constructor(
    host: ReactiveControllerHost,
    pieces: PiecesController,
    source: SourceController,
    links: LinkController<Place>,
  ) {
    this.#host = host;
    this.#pieces = pieces;
    this.#source = source;
    this.#links = links;
  }

  /** Fulfilled once what was asked for is drawn, or cannot be. */
  async ready(): Promise<void> {
    await Promise.all([this.#soon, this.#host.updateComplete]);
    await Promise.all([this.#source.reading, this.#links.opening]);
    await this.#host.updateComplete;
    await this.#pieces.settled();
    await this.#host.updateComplete;
  }

  /** Does something at once, or as soon as what is pending is here. */
  whenHere(isPending: boolean, act: () => void): void {
    if (isPending) this.#soon = this.ready().then(act);
    else act();
  }
}
