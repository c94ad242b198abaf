/**
 * The pieces that a drawing consists of: as many as a ladder needs, and no
 * more, so that a writer of text and a template of the element can both draw
 * every one of them. `cls` names a style of `svg/style.ts`.
 */
export type Shape = Line | Path | Rect | Circle | Label;

interface Styled {
  /** Names of styles, separated by spaces. */
  readonly cls: string;
  /** From when on it is no longer the future; absent for what is always there. */
  readonly atUs?: number;
}

export interface Line extends Styled {
  readonly tag: "line";
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface Path extends Styled {
  readonly tag: "path";
  readonly d: string;
}

export interface Rect extends Styled {
  readonly tag: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rx: number;
}

export interface Circle extends Styled {
  readonly tag: "circle";
  readonly cx: number;
  readonly cy: number;
  readonly r: number;
}

export interface Label extends Styled {
  readonly tag: "text";
  readonly x: number;
  readonly y: number;
  readonly anchor: "start" | "middle" | "end";
  /** Degrees around its own point. */
  readonly rotate?: number;
  readonly spans: readonly Span[];
}

/** A piece of a text in a style of its own. */
export interface Span {
  readonly text: string;
  readonly cls?: string;
}

/** A number as it stands in an attribute: at most two decimals. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}
