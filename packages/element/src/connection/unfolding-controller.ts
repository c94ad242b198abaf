import { isServer, type ReactiveController, type ReactiveControllerHost } from "lit";
import { repeatsServer } from "../prerendered/prerendered-element.ts";
import { painted } from "./painted.ts";

/** How much of an element is drawn; each has what the ones before it have. */
export const Extent = {
  /** The ladder, and the room of all else: what the first frame shows. */
  LADDER: 0,
  /** What a reader presses and hears: the segments, and the bars above and below them. */
  CONTROLS: 1,
  /** What stands beside the ladder. */
  SIDE: 2,
  /** The transcript, too. */
  ALL: 3,
} as const;
export type Extent = (typeof Extent)[keyof typeof Extent];

/**
 * Draws an element for the first time in several frames, so that the ladder is there soon
 * and no task takes long. A server draws all of it, and so does who takes over from one.
 */
export class UnfoldingController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #isShown: () => boolean;
  #extent: number = isServer ? Extent.ALL : Extent.LADDER;
  #next: Promise<void> | undefined;

  /** `isShown` tells whether there is something to see: a run, or why there is none. */
  constructor(host: ReactiveControllerHost & HTMLElement, isShown: () => boolean) {
    this.#host = host;
    this.#isShown = isShown;
    host.addController(this);
  }

  get extent(): number {
    if (repeatsServer(this.#host)) this.#extent = Extent.ALL;
    return this.#extent;
  }

  hostUpdated(): void {
    if (this.extent === Extent.ALL || this.#next !== undefined || !this.#isShown()) return;
    this.#next = painted().then(() => {
      this.#next = undefined;
      this.#extent++;
      this.#host.requestUpdate();
    });
  }

  /** Whether more of the element is to be drawn in one of the next frames. */
  get isUnderWay(): boolean {
    return this.#next !== undefined;
  }

  /** Settled once the next frame has been painted, if one is waited for. */
  async settled(): Promise<void> {
    await this.#next;
  }
}
