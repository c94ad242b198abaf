import { formatEndpoint } from "@synfin/simulator/view";
import { drawLadder } from "../ladder/draw.ts";
import type { Ladder } from "../ladder/ladder.ts";
import type { Shape } from "../ladder/shapes.ts";

/** A picture that stands alone: the ladder below its hosts' names. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly names: readonly Shape[];
  /** Where the drawing begins, below the names. */
  readonly top: number;
  readonly drawing: readonly Shape[];
}

/** Height of the lines with the hosts' names. */
const NAMES = 52;

/** The sheet of a ladder. */
export function sheetOf(ladder: Ladder): Sheet {
  const { lines, texts, width, height } = drawLadder(ladder);
  return {
    ...{ width, height: height + NAMES, top: NAMES },
    names: hostNames(ladder),
    drawing: [...lines, ...texts],
  };
}

/** Each host's name and address over its lifeline, kept inside of the picture. */
function hostNames({ hosts, columns, metrics, width }: Ladder): Shape[] {
  return hosts.flatMap(({ side, host }) => {
    const lines = [host.name, formatEndpoint(host.address, host.port)];
    const half = Math.max(...lines.map((text) => metrics.measure(text, metrics.fontSize))) / 2 + 4;
    const x = Math.min(Math.max(columns.x[side], half), width - half);
    return lines.map(
      (text, index): Shape => ({
        tag: "text",
        cls: index === 0 ? `name ${side}` : "soft",
        x,
        y: 22 + index * 17,
        anchor: "middle",
        spans: [{ text }],
      }),
    );
  });
}
