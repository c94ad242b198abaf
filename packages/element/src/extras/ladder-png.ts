import type { Trace } from "@synfin/simulator";
import { THEME, type ToneName } from "@synfin/simulator/view";
import type { ExportView } from "../connection/export-format.ts";
import { layoutLadder } from "../ladder/ladder.ts";
import { sheetOf } from "../svg/sheet.ts";
import { Painter } from "./painter.ts";

/** Pixels of the picture for one of the page: sharp on a dense screen and on paper. */
const SCALE = 2;

/**
 * The ladder as a PNG. It is painted shape by shape: an image of the SVG would
 * have to be loaded from a `blob:` address, which a strict policy forbids.
 */
export function ladderPng(trace: Trace, { lang, seq, dark }: ExportView): Promise<Blob> {
  const ladder = layoutLadder(trace, { lang, seq });
  const { width, height, top, names, drawing } = sheetOf(ladder);
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser paints no pictures: it gave no 2d context");
  const tone = (name: ToneName): string => THEME[name][dark ? 1 : 0];
  context.scale(SCALE, SCALE);
  context.fillStyle = tone("background");
  context.fillRect(0, 0, width, height);
  const painter = new Painter(context, ladder.metrics.fontSize, tone);
  for (const shape of names) painter.paint(shape);
  context.translate(0, top);
  for (const shape of drawing) painter.paint(shape);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error(`a picture of ${canvas.height} pixels is too high`));
      else resolve(blob);
    });
  });
}
