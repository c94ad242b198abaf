import { adoptStyles } from "lit";
import { cards, controls, machine, narrator } from "#pieces";
import type { Language } from "../locale/language.ts";
import type { Controls } from "../pieces/kinds.ts";
import type { Piece } from "../pieces/piece.ts";
import type { PiecesController } from "../pieces/pieces-controller.ts";
import { hasSide, type Panel } from "./panel-names.ts";
import type { Scene } from "./scene.ts";
import { connectionStyles, stylesAtHand } from "./styles/index.ts";
import { Extent, type UnfoldingController } from "./unfolding-controller.ts";

/** What an element has around its ladder, as far as it is drawn and has come. */
export class Surroundings {
  readonly #pieces: PiecesController;
  readonly #unfolding: UnfoldingController;
  /** How many style sheets are in use. */
  #worn: number = connectionStyles.length;

  constructor(pieces: PiecesController, unfolding: UnfoldingController) {
    this.#pieces = pieces;
    this.#unfolding = unfolding;
  }

  get controls(): Controls | undefined {
    return this.#from(Extent.CONTROLS, true, controls);
  }

  /** Whether the controls did not come. */
  get isWithoutControls(): boolean {
    return this.#pieces.hasLost(controls);
  }

  /** What draws these panels. */
  drawing(
    panels: ReadonlySet<Panel>,
    language: Language,
  ): Pick<Scene, "narrate" | "cards" | "transcript"> {
    return {
      narrate: this.#from(Extent.SIDE, panels.has("narration"), narrator(language)),
      cards: this.#from(Extent.SIDE, hasSide(panels), cards),
      transcript: this.#from(Extent.ALL, panels.has("transcript"), cards),
    };
  }

  #from<T>(extent: Extent, isWanted: boolean, piece: Piece<T>): T | undefined {
    const isDrawn = this.#unfolding.extent >= extent;
    return isDrawn && isWanted ? this.#pieces.get(piece) : undefined;
  }

  /** Puts the style sheets of what has come on a root. */
  dress(root: HTMLElement | DocumentFragment): void {
    const styles = stylesAtHand();
    if (styles.length === this.#worn) return;
    this.#worn = styles.length;
    adoptStyles(root as ShadowRoot, styles);
  }
}

/** Fetches all that a server has at hand. Never rejects. */
export async function fetchAll(language: Language): Promise<void> {
  const all = [machine, controls, cards, narrator(language)];
  await Promise.allSettled(all.map((piece) => piece.load()));
}
