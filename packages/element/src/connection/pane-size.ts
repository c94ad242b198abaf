import type { ReactiveControllerHost } from "lit";
import { SizeController } from "../load/size-controller.ts";
import { hasSide, type Panel } from "./panel-names.ts";

/** Where the width of the element is not known. */
const USUAL = 640;
/** From here on the side panels stand beside the ladder. */
const WIDE = 832;
const SIDE = 368;
const BORDERS = 2;

/** The width of the ladder's pane: guessed from the element's own until it is measured. */
export function paneSize(
  host: ReactiveControllerHost & HTMLElement,
  panels: () => ReadonlySet<Panel>,
): SizeController {
  return new SizeController(host, ".pane", USUAL, ({ clientWidth }) => {
    const isBeside = hasSide(panels()) && clientWidth >= WIDE;
    return clientWidth - BORDERS - (isBeside ? SIDE : 0);
  });
}
