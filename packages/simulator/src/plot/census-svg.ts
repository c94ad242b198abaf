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
import { line, type PlotTheme, px, svgFile, text } from "./sheet.ts";
import { textureDefs, textureFill } from "./textures.ts";

export interface CensusPlot {
  readonly title: string;
  /** `auto`, for light and dark as the reader prefers, if left out. */
  readonly theme?: PlotTheme;
  /** The names of the rows' hosts, in their order: each has a chart, one below the other. */
  readonly hosts: readonly string[];
  readonly marks?: readonly Mark[];
  /** Pixels; 800 if left out. At least 320. */
  readonly width?: number;
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
  const { title, theme = "auto", hosts, marks = [] } = plot;
  const width = Math.max(320, plot.width ?? 800);
  const census = thinned(rows);
  const body: string[] = [textureDefs()];
  let top = TITLE;
  hosts.forEach((name, host) => {
    const bands = occurring(rows, host);
    const panel = drawPanel(census, { name, host, bands, width, top, marks });
    body.push(...panel.shapes);
    top += panel.height;
  });
  const description = hosts.map((name, host) => describe(rows, name, host)).join(" ");
  return svgFile({ width, height: top, title, description, theme, body });
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
  );
  const head = names.height + 22 + marksHeight(marks);
  const frame = { ...bare, top: top + head, height: top + head + PLOT + AXIS, bottom: AXIS };
  const areas = stackedAreas(frame, census, bands, host);
  const floor = frame.height - frame.bottom;
  return {
    height: head + PLOT + AXIS,
    shapes: [
      text("name", 16, top + 12, "start", `connections at the ${name}, with peaks`),
      ...names.shapes,
      ...axes(frame),
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
    sign: (x: number, y: number): string => {
      const box = `x="${px(x - 6)}" y="${px(y - 6)}" width="12" height="12" rx="2"`;
      return boxOf(band, "rect", box);
    },
  }));
  return legend(items, 16, width - RIGHT, top + 20);
}

/** A shape in a band's colour, and once more in its texture. */
function boxOf(band: Band, tag: string, attributes: string): string {
  const fill = textureFill(band);
  const texture = fill === undefined ? "" : `<${tag} fill="${fill}" ${attributes}/>`;
  return `<${tag} class="band ${band.group}" ${attributes}/>${texture}`;
}

function drawArea({ band, path }: Area): string[] {
  return path === "" ? [] : [boxOf(band, "path", `d="${path}"`)];
}

function drawLabel({ band, label }: Area): string[] {
  return label === undefined
    ? []
    : [text(`inside ${band.group}`, label.x, label.y, "middle", band.name)];
}

function axes(frame: ChartFrame): string[] {
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
  const name = text("", right, floor + 30, "end", `virtual time (${unit.name})`);
  return [...counts, ...times, name];
}

function describe(rows: readonly CensusRow[], name: string, host: number): string {
  const until = formatDuration(rows.at(-1)?.atUs ?? 0);
  const peaks = occurring(rows, host).map((band) => `${band.name} ${band.peak}`);
  return `Connections at the ${name} by state until ${until}; at most ${peaks.join(", ") || "none"}.`;
}
