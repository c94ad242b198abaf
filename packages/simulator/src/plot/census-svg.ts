import type { CensusRow } from "../bulk/census.ts";
import { formatDuration } from "../view/duration.ts";
import { type Band, bandsOf, countOf, totalOf } from "./bands.ts";
import {
  type Area,
  type ChartFrame,
  chartFrame,
  countTicks,
  stackedAreas,
  timeTicks,
  xOf,
} from "./geometry.ts";
import { type Legend, legend } from "./legend.ts";
import { drawMarks, MARK_ROW, type Mark, type PlacedMark, placeMarks } from "./marks.ts";
import { grouped, inUnit, shortNumber, timeUnit } from "./quantities.ts";
import { line, type PlotTheme, px, type Shape, type Sheet, svgFile, text } from "./sheet.ts";
import { textureFill } from "./textures.ts";

export interface CensusPlot {
  readonly title: string;
  /** `auto`, for light and dark as the reader prefers, if left out. */
  readonly theme?: PlotTheme;
  /** The names of the rows' hosts, in their order: each has a chart, one below the other. */
  readonly hosts: readonly string[];
  readonly marks?: readonly Mark[];
  /** Pixels; 800 if left out. At least 320. */
  readonly width?: number;
  /** In English if left out. */
  readonly words?: CensusWords;
}

/** What the picture says beside names and numbers. */
export interface CensusWords {
  /** Over the chart of one host. */
  readonly panel: (host: string) => string;
  /** Under the axis of time, with its unit. */
  readonly axis: (unit: string) => string;
  readonly mark: (mark: Mark) => string;
  /** The whole picture, for those who cannot see it. */
  readonly description: string;
}

const TITLE = 40;
const LEFT = 52;
const RIGHT = 16;
const PLOT = 210;
const AXIS = 40;
const MOST_ROWS = 400;

/**
 * A crowd over virtual time as a standalone SVG: how many connections stand in
 * each state, stacked, at each host.
 *
 * @param rows the census, in order of time; two at least, or there is nothing to draw
 */
export function censusSvg(rows: readonly CensusRow[], plot: CensusPlot): string {
  return svgFile(censusSheet(rows, plot));
}

/** The same as data, for who draws it otherwise. */
export function censusSheet(rows: readonly CensusRow[], plot: CensusPlot): Sheet {
  const { title, theme = "auto", hosts, marks = [], words = inEnglish(rows, hosts) } = plot;
  const width = Math.max(320, plot.width ?? 800);
  const census = thinned(rows);
  const body: Shape[] = [];
  let top = TITLE;
  hosts.forEach((name, host) => {
    const bands = occurring(rows, host);
    const panel = drawPanel(census, { name, host, bands, width, top, marks, words });
    body.push(...panel.shapes);
    top += panel.height;
  });
  const { description } = words;
  return { ...{ width, height: top, title, description, theme, body }, textured: true };
}

function inEnglish(rows: readonly CensusRow[], hosts: readonly string[]): CensusWords {
  return {
    panel: (host) => `connections at the ${host}, with peaks`,
    axis: (unit) => `virtual time (${unit})`,
    mark: ({ text: what, atUs }) => `${what} at ${formatDuration(atUs)}`,
    description: hosts.map((name, host) => describe(rows, name, host)).join(" "),
  };
}

/** Every second row, or third …, so that a long run is not a heavy file; the last one stays. */
function thinned(rows: readonly CensusRow[]): readonly CensusRow[] {
  const step = Math.ceil(rows.length / MOST_ROWS);
  return rows.filter((_, index) => index % step === 0 || index === rows.length - 1);
}

/** One host's part of the picture. */
interface Panel {
  readonly name: string;
  readonly host: number;
  readonly bands: readonly PeakBand[];
  readonly width: number;
  readonly top: number;
  readonly marks: readonly Mark[];
  readonly words: CensusWords;
}

function drawPanel(census: readonly CensusRow[], panel: Panel): Legend {
  const { name, host, bands, width, top } = panel;
  const names = drawLegend(panel);
  const maxUs = census.at(-1)?.atUs ?? 0;
  const most = census.reduce((max, row) => Math.max(max, totalOf(row, host, bands)), 0);
  const bare = { ...chartFrame(width, maxUs, most), left: LEFT, right: RIGHT };
  const marks = placeMarks(
    panel.marks.filter(({ atUs }) => atUs <= maxUs),
    (atUs) => xOf(bare, atUs),
    width - RIGHT,
    panel.words.mark,
  );
  const head = names.height + 22 + marksHeight(marks);
  const frame = { ...bare, top: top + head, height: top + head + PLOT + AXIS, bottom: AXIS };
  const areas = stackedAreas(frame, census, bands, host);
  const floor = frame.height - frame.bottom;
  return {
    height: head + PLOT + AXIS,
    shapes: [
      text("name", 16, top + 12, "start", panel.words.panel(name)),
      ...names.shapes,
      ...axes(frame, panel.words),
      ...areas.flatMap(drawArea),
      line("axis", frame.left, floor, width - RIGHT, floor),
      ...drawMarks(marks, frame.top, floor),
      ...areas.flatMap(drawLabel),
    ],
  };
}

function marksHeight(marks: readonly PlacedMark[]): number {
  return marks.length === 0 ? 8 : 8 + MARK_ROW * (1 + Math.max(...marks.map(({ row }) => row)));
}

/** A state, and the most connections that stood in it, also between the rows that are drawn. */
interface PeakBand extends Band {
  readonly peak: number;
}

/** Only states that occur: a picture that does not move has no room for the others. */
function occurring(rows: readonly CensusRow[], host: number): PeakBand[] {
  return bandsOf(host, rows)
    .map((band) => ({
      ...band,
      peak: rows.reduce((max, row) => Math.max(max, countOf(row, host, band.state)), 0),
    }))
    .filter(({ peak }) => peak > 0);
}

function drawLegend({ bands, width, top }: Panel): Legend {
  const items = [...bands].reverse().map((band) => ({
    words: `${band.name} ${grouped(band.peak)}`,
    sign: (x: number, y: number): Shape[] => {
      const box = { x: px(x - 6), y: px(y - 6), width: 12, height: 12, rx: 2 };
      return boxOf(band, "rect", box);
    },
  }));
  return legend(items, 16, width - RIGHT, top + 20);
}

/** A shape in a band's colour, and once more in its texture. */
function boxOf(band: Band, tag: "rect" | "path", attributes: Shape["attributes"]): Shape[] {
  const fill = textureFill(band);
  const box: Shape = { tag, attributes: { class: `band ${band.group}`, ...attributes } };
  return fill === undefined ? [box] : [box, { tag, attributes: { fill, ...attributes } }];
}

function drawArea({ band, path }: Area): Shape[] {
  return path === "" ? [] : boxOf(band, "path", { d: path });
}

function drawLabel({ band, label }: Area): Shape[] {
  return label === undefined
    ? []
    : [text(`inside ${band.group}`, label.x, label.y, "middle", band.name)];
}

function axes(frame: ChartFrame, words: CensusWords): Shape[] {
  const right = frame.width - frame.right;
  const floor = frame.height - frame.bottom;
  const unit = timeUnit(frame.maxUs);
  const counts = countTicks(frame).flatMap(({ at, value }) => [
    line("grid", frame.left, at, right, at),
    text("", frame.left - 6, at + 4, "end", shortNumber(value)),
  ]);
  const times = timeTicks(frame).flatMap(({ at, value }) => [
    line("axis", at, floor, at, floor + 4),
    text("", at, floor + 16, at > right - 12 ? "end" : "middle", inUnit(value, unit)),
  ]);
  const name = text("", right, floor + 30, "end", words.axis(unit.name));
  return [...counts, ...times, name];
}

function describe(rows: readonly CensusRow[], name: string, host: number): string {
  const until = formatDuration(rows.at(-1)?.atUs ?? 0);
  const peaks = occurring(rows, host).map((band) => `${band.name} ${band.peak}`);
  return `Connections at the ${name} by state until ${until}; at most ${peaks.join(", ") || "none"}.`;
}
