import type { CSSResult } from "lit";
import { cards, controls } from "#pieces";
import { base } from "./base.ts";
import { drawn } from "./drawn.ts";
import { host } from "./host.ts";
import { rooms } from "./rooms.ts";
import { stage } from "./stage.ts";
import { surroundings } from "./surroundings.ts";

/** The style sheets of all that is here so far; later ones may change what earlier ones say. */
export function stylesAtHand(): CSSResult[] {
  const first = [drawn, host, base, rooms, stage, surroundings];
  return [...first, ...(controls.now?.styles ?? []), ...(cards.now?.styles ?? [])];
}

/**
 * The style sheets that `<tcp-connection>` begins with.
 *
 * @cssprop --synfin-background - The ground.
 * @cssprop --synfin-panel - The ground of the bars.
 * @cssprop --synfin-ink - Text.
 * @cssprop --synfin-soft - Quieter text.
 * @cssprop --synfin-line - Rules and borders.
 * @cssprop --synfin-client - What the left host sends.
 * @cssprop --synfin-server - What the right host sends.
 * @cssprop --synfin-accent - The present, and what has the focus.
 * @cssprop --synfin-fail - What is lost or went wrong.
 * @cssprop --synfin-opening - States before ESTABLISHED.
 * @cssprop --synfin-open - ESTABLISHED.
 * @cssprop --synfin-closing - States from the first FIN on.
 * @cssprop --synfin-waiting - TIME-WAIT.
 * @cssprop --synfin-font - The typeface of sentences.
 * @cssprop --synfin-mono - The typeface of numbers and names.
 * @cssprop --synfin-ladder-height - The most that the ladder takes before it scrolls; `none` for
 * all of it.
 *
 * @csspart frame - All of the element.
 * @csspart header - The bar with the scenario and its settings.
 * @csspart export - The menu of the files that the run can be saved as.
 * @csspart ends - Both hosts with their present states.
 * @csspart ladder - The drawing of the segments.
 * @csspart controls - The bar with the buttons of playback and the scrubber.
 * @csspart narration - What happens in the present step, and why.
 * @csspart diagram - The states of RFC 9293 Figure 5 with both ends' places.
 * @csspart inspector - The header of the chosen segment, bit by bit.
 * @csspart transcript - The table of all segments.
 */
export const connectionStyles: CSSResult[] = stylesAtHand();
