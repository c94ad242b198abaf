import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Piece } from "./piece.ts";

/**
 * Fetches what an element is in need of, and draws the element again when it
 * has come. What could not be fetched is kept in mind, so that the reader can
 * be told, and can try again.
 */
export class PiecesController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #coming: Set<Promise<void>> = new Set();
  readonly #missing: Set<Piece<unknown>> = new Set();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** The piece if it is here; if not, it is on its way, and the element is drawn again with it. */
  get<T>(piece: Piece<T>): T | undefined {
    if (piece.now === undefined && !this.#missing.has(piece)) this.demand(piece).catch(() => {});
    return piece.now;
  }

  /** The piece, as soon as it is here. Rejects where it cannot be fetched, which is then told. */
  demand<T>(piece: Piece<T>): Promise<T> {
    const loading = piece.load();
    if (piece.now !== undefined) return loading;
    const settled = loading.then(
      () => this.#arrived(piece),
      () => this.#failed(piece),
    );
    const waiting = settled.then(() => {
      this.#coming.delete(waiting);
    });
    this.#coming.add(waiting);
    return loading;
  }

  /** Whether something is on its way. */
  get isUnderWay(): boolean {
    return this.#coming.size > 0;
  }

  /** Settled once nothing is on its way any more. Never rejects. */
  async settled(): Promise<void> {
    while (this.#coming.size > 0) await Promise.all(this.#coming);
  }

  /** Whether this piece was needed and could not be fetched. */
  hasLost(piece: Piece<unknown>): boolean {
    return this.#missing.has(piece);
  }

  /** Whether something that was needed could not be fetched. */
  get isMissing(): boolean {
    return this.#missing.size > 0;
  }

  /** Fetches again what could not be fetched. */
  readonly tryAgain = (): void => {
    for (const piece of this.#missing) this.demand(piece).catch(() => {});
  };

  #arrived(piece: Piece<unknown>): void {
    this.#missing.delete(piece);
    this.#host.requestUpdate();
  }

  #failed(piece: Piece<unknown>): void {
    this.#missing.add(piece);
    this.#host.requestUpdate();
  }
}
