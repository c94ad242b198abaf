import type { StateName } from "@synfin/core/tcp";
import { CROSS, lossWord } from "./arrows.ts";
import { PILL } from "./columns.ts";
import { lineText } from "./labels.ts";
import type { Band, Ladder, PlacedFold, PlacedNote, PlacedTimer } from "./ladder.ts";
import { type Arrow, LINE_HEIGHT, type PlacedLabel } from "./place-labels.ts";
import { type Path, px, type Shape, type Span } from "./shapes.ts";
import { timerLabel } from "./timer-spans.ts";

/** A drawing in two layers; what is still to come is faded between them. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Lifelines, arrows and brackets. */
  readonly lines: readonly Shape[];
  /** Every text, each with the time from which on it is no longer the future. */
  readonly texts: readonly Shape[];
}

/** The one set of rules by which ladders are drawn, in a page and in a file. */
export function drawLadder(ladder: Ladder): Drawing {
  return {
    width: ladder.width,
    height: ladder.height,
    lines: [
      ...ladder.bands.map((band) => drawBand(ladder, band)),
      ...ladder.folds.flatMap((fold) => drawFold(ladder, fold)),
      ...ladder.timers.map((timer) => drawBracket(ladder, timer)),
      ...ladder.notes.flatMap((note) => drawTick(ladder, note)),
      ...ladder.arrows.flatMap(drawArrow),
    ],
    texts: [
      ...ladder.folds.flatMap((fold) => drawFoldLabel(ladder, fold)),
      ...ladder.timers.flatMap((timer) => drawTimerLabel(ladder, timer)),
      ...ladder.notes.flatMap((note) => drawNote(ladder, note)),
      ...ladder.labels.flatMap(drawLabel),
      ...ladder.arrows.flatMap((arrow) => drawLossWord(ladder, arrow)),
    ],
  };
}

/** The families of states that share a colour. */
export type StateFamily = "idle" | "opening" | "open" | "closing" | "waiting";

/** The family of a state. */
export function stateFamily(state: StateName): StateFamily {
  if (state === "CLOSED" || state === "LISTEN") return "idle";
  if (state === "SYN-SENT" || state === "SYN-RECEIVED") return "opening";
  if (state === "ESTABLISHED") return "open";
  return state === "TIME-WAIT" ? "waiting" : "closing";
}

function drawBand({ columns, metrics }: Ladder, { side, state, top, bottom }: Band): Shape {
  return {
    tag: "rect",
    cls: `band ${stateFamily(state)}`,
    x: columns.x[side] - metrics.band / 2,
    y: top,
    width: metrics.band,
    height: bottom - top,
    rx: 2,
  };
}

function drawFold({ columns, metrics }: Ladder, { y }: PlacedFold): Shape[] {
  const half = metrics.band / 2 + 4;
  return (["left", "right"] as const).flatMap((side): Path[] => {
    const wave = `q${px(half / 2)} -7 ${px(half)} 0t${px(half)} 0`;
    const start = (dy: number): string => `M${px(columns.x[side] - half)} ${px(y + dy)}`;
    return [
      { tag: "path", cls: "gap", d: `${start(0)}${wave}` },
      { tag: "path", cls: "wave", d: `${start(-3.5)}${wave}${start(3.5)}${wave}` },
    ];
  });
}

function drawFoldLabel({ columns }: Ladder, { y, label, atUs }: PlacedFold): Shape[] {
  if (label === "") return [];
  const x = (columns.x.left + columns.x.right) / 2;
  const spans = [{ text: `⋯ ${label} ⋯` }];
  return [{ tag: "text", cls: "soft", x, y: y + 4, anchor: "middle", spans, atUs }];
}

function drawBracket({ metrics }: Ladder, { side, x, top, bottom }: PlacedTimer): Shape {
  const tip = (side === "left" ? 1 : -1) * (metrics.roomy ? 7 : 3);
  const d = `M${px(x + tip)} ${px(top)}h${-tip}V${px(bottom)}h${tip}`;
  return { tag: "path", cls: "bracket", d };
}

function drawTimerLabel({ metrics }: Ladder, { span, side, x, top, bottom }: PlacedTimer): Shape[] {
  if (!metrics.roomy) return [];
  const left = side === "left";
  const middle = (top + bottom) / 2;
  return timerLabel(span, metrics.lang).map((text, index) => ({
    tag: "text",
    cls: "soft",
    x: x + (left ? -7 : 7),
    y: middle - 3 + index * 15,
    anchor: left ? "end" : "start",
    spans: [{ text }],
    atUs: span.fromUs,
  }));
}

/** From the band to the pill of a state, so that it is plain where the state begins. */
function drawTick({ columns, metrics }: Ladder, note: PlacedNote): Shape[] {
  if (note.kind !== "state") return [];
  const outwards = note.side === "left" ? -1 : 1;
  const edge = columns.x[note.side] + (outwards * metrics.band) / 2;
  const pill = columns.noteX[note.side] - outwards * (PILL - 2);
  return [{ tag: "line", cls: "tick", x1: edge, y1: note.y, x2: pill, y2: note.y }];
}

function drawNote({ columns, metrics }: Ladder, note: PlacedNote): Shape[] {
  const left = note.side === "left";
  const x = columns.noteX[note.side];
  const text: Shape = {
    tag: "text",
    cls: `note ${note.kind}`,
    x,
    y: note.y + 4,
    anchor: left ? "end" : "start",
    spans: [{ text: note.text }],
    atUs: note.atUs,
  };
  if (note.state === undefined) return [text];
  const width = metrics.measure(note.text, metrics.fontSize) + 2 * (PILL - 2);
  const pill: Shape = {
    tag: "rect",
    cls: `pill ${stateFamily(note.state)}`,
    x: left ? x - width + PILL - 2 : x - PILL + 2,
    y: note.y - 9,
    width,
    height: 18,
    rx: 9,
    atUs: note.atUs,
  };
  return [pill, text];
}

function drawArrow({ flight, start, end, goal }: Arrow): Shape[] {
  const broken = flight.arrival.verdict === "corrupt";
  const dashed = broken || flight.copy > 0 || flight.segment.injected === true ? " dashed" : "";
  const line: Shape = {
    tag: "line",
    cls: `arrow ${flight.from}${dashed}`,
    x1: start.x,
    y1: start.y,
    x2: end.x,
    y2: end.y,
  };
  if (flight.lostAtUs !== undefined) return [line, cross(end.x, end.y)];
  const angle = Math.atan2(goal.y - start.y, goal.x - start.x);
  const back = 8;
  const tip = { x: end.x - Math.cos(angle), y: end.y - Math.sin(angle) };
  const shaft = {
    ...line,
    x2: tip.x - back * 0.6 * Math.cos(angle),
    y2: tip.y - back * 0.6 * Math.sin(angle),
  };
  const wing = (turn: number): string =>
    `L${px(tip.x - back * Math.cos(angle + turn))} ${px(tip.y - back * Math.sin(angle + turn))}`;
  const head: Shape = {
    tag: "path",
    cls: `head ${flight.from}`,
    d: `M${px(tip.x)} ${px(tip.y)}${wing(0.42)}${wing(-0.42)}z`,
  };
  return broken
    ? [shaft, head, cross(end.x - Math.cos(angle) * 16, end.y - Math.sin(angle) * 16)]
    : [shaft, head];
}

function cross(x: number, y: number): Shape {
  const [a, b] = [-CROSS, 2 * CROSS];
  return {
    tag: "path",
    cls: "cross",
    d: `M${px(x + a)} ${px(y + a)}l${b} ${b}M${px(x - a)} ${px(y + a)}l${-b} ${b}`,
  };
}

function drawLossWord({ metrics }: Ladder, arrow: Arrow): Shape[] {
  if (arrow.flight.lostAtUs === undefined) return [];
  const { x, y, anchor, text } = lossWord(arrow, metrics);
  const atUs = arrow.flight.lostAtUs;
  return [{ tag: "text", cls: "loss", x, y, anchor, spans: [{ text }], atUs }];
}

function drawLabel({ arrow, lines, at, degrees }: PlacedLabel): Shape[] {
  const turn = (degrees * Math.PI) / 180;
  return lines.map((parts, index) => {
    const up = (lines.length - 1 - index) * LINE_HEIGHT;
    const spans = parts.map(({ text, kind }, part): Span => {
      const cls = kind === "flags" ? `flags ${arrow.flight.from}` : kind;
      return { text: part === 0 ? text : ` ${text}`, cls };
    });
    return {
      tag: "text",
      cls: "label",
      x: at.x + up * Math.sin(turn),
      y: at.y - up * Math.cos(turn),
      anchor: "middle",
      rotate: degrees,
      spans,
      atUs: arrow.flight.sentAtUs,
    };
  });
}

/** A label as one text, for those who do not see it. */
export function labelText({ lines }: PlacedLabel): string {
  return lines.map(lineText).join(" ");
}
