import type { Trace } from "../trace/trace.ts";
import { type Moment, moments } from "../view/moments.ts";
import { type SeqMode, shownNumbers } from "../view/relative.ts";
import { type Charset, charset } from "./charset.ts";
import { Grid, type Row } from "./grid.ts";
import { legend, marksOf } from "./marks.ts";
import { momentRows } from "./rows.ts";

/** How a text ladder is drawn. */
export interface TextLadderOptions {
  /** Sequence numbers counted from each initial one (the default), or raw. */
  readonly seq?: SeqMode;
  /** Only characters of ASCII; otherwise box-drawing ones. */
  readonly ascii?: boolean;
}

/**
 * A run as a ladder of plain text, at most 100 columns wide: time on the left,
 * both ends' states and calls beside their lifelines, one arrow for each
 * transmission. An arrow that something crosses on its way is drawn as the
 * RFC's figures do it: it leaves into `···` and comes out of it later. Why a segment
 * was sent, its options and a window that says something new stand at its arrow, and
 * what of that needs a word is explained below.
 */
export function textLadder(trace: Trace, options: TextLadderOptions = {}): string {
  const chars = charset(options.ascii ?? false);
  const steps = moments(trace);
  const grid = new Grid(chars, decimals(steps));
  const numbers = shownNumbers(trace, options.seq ?? "relative");
  const context = { trace, chars, steps, numbers, marksOf: marksOf(trace, numbers, chars) };
  const rows: Row[] = [];
  let before: Moment | undefined;
  for (const step of steps) {
    if (before !== undefined && isLongWait(trace, before, step)) rows.push("wait");
    rows.push(...momentRows(context, step));
    before = step;
  }
  const lines = [
    ...heading(trace, chars),
    ...grid.head(trace.hosts),
    ...rows.map((row) => grid.line(row)),
    ...legend(trace.segments.flatMap(context.marksOf), chars),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function heading(trace: Trace, chars: Charset): string[] {
  const parts = [trace.scenario, `seed ${trace.seed}`, trace.profile, `digest ${trace.digest}`];
  const ends = trace.hosts.map(({ name, address, port }) => `${name} ${address} port ${port}`);
  const faults = trace.faults.length === 0 ? [] : [`faults: ${trace.faults.join(" ")}`];
  return [parts.join(` ${chars.dot} `), ends.join(` ${chars.dot} `), ...faults, ""];
}

/** Decimals of a second that tell all printed times apart: milliseconds where they do. */
function decimals(steps: readonly Moment[]): number {
  return steps.every((step) => isOnlyLoss(step) || step.atUs % 1000 === 0) ? 3 : 6;
}

/** A loss is drawn where its segment left, and has no line of its own. */
function isOnlyLoss({ happenings }: Moment): boolean {
  return happenings.every(({ type }) => type === "lost");
}

/** Whether so much time passes that the picture should show a break. */
function isLongWait(trace: Trace, before: Moment, after: Moment): boolean {
  const flight = trace.segments[0]?.arrivals[0];
  const oneWayUs = (flight?.atUs ?? 0) - (trace.segments[0]?.sentAtUs ?? 0);
  return oneWayUs > 0 && after.atUs - before.atUs > 8 * oneWayUs;
}
