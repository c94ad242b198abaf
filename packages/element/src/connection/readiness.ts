import type { ReactiveControllerHost } from "lit";
import type { Place } from "../extras/deep-link.ts";
import type { LinkController } from "../links/link-controller.ts";
import type { PiecesController } from "../pieces/pieces-controller.ts";
import type { SourceController } from "./source-controller.ts";
import type { UnfoldingController } from "./unfolding-controller.ts";

/** Tells when an element has all that it was asked for, and lets what comes later wait for that. */
export class Readiness {
  readonly #host: ReactiveControllerHost;
  readonly #pieces: PiecesController;
  readonly #source: SourceController;
  readonly #links: LinkController<Place>;
  readonly #unfolding: UnfoldingController;
  /** Settled once all that waits has been done. */
  #soon: Promise<void> = Promise.resolve();

  constructor(
    host: ReactiveControllerHost,
    pieces: PiecesController,
    source: SourceController,
    links: LinkController<Place>,
    unfolding: UnfoldingController,
  ) {
    this.#host = host;
    this.#pieces = pieces;
    this.#source = source;
    this.#links = links;
    this.#unfolding = unfolding;
  }

  /** Fulfilled once what was asked for is drawn, or cannot be. */
  async ready(): Promise<void> {
    await Promise.all([this.#soon, this.#host.updateComplete]);
    await Promise.all([this.#source.reading, this.#links.opening]);
    await this.#host.updateComplete;
    do {
      await this.#pieces.settled();
      await this.#unfolding.settled();
      await this.#host.updateComplete;
    } while (this.#pieces.isUnderWay || this.#unfolding.isUnderWay);
  }

  /** Does something at once, or as soon as what is pending is here. */
  whenHere(isPending: boolean, act: () => void): void {
    if (isPending) this.#soon = this.ready().then(act);
    else act();
  }
}
