import type { ToneName } from "@synfin/simulator/view";
import { type Label, px, type Shape, type Span } from "../ladder/shapes.ts";
import { declarationsOf, MONO } from "../svg/style.ts";

type Look = ReadonlyMap<string, string>;

/** Paints shapes on a canvas as the style sheet of the drawing has them. */
export class Painter {
  readonly #context: CanvasRenderingContext2D;
  readonly #fontSize: number;
  readonly #tone: (name: ToneName) => string;

  constructor(
    context: CanvasRenderingContext2D,
    fontSize: number,
    tone: (name: ToneName) => string,
  ) {
    this.#context = context;
    this.#fontSize = fontSize;
    this.#tone = tone;
  }

  /** Paints one shape; the context is then as it was. */
  paint(shape: Shape): void {
    const look = declarationsOf(shape.cls, this.#tone);
    this.#context.save();
    if (shape.tag === "text") this.#text(shape, look);
    else this.#outline(outlineOf(shape), look);
    this.#context.restore();
  }

  #outline(path: Path2D, look: Look): void {
    const context = this.#context;
    const fill = look.get("fill") ?? "none";
    if (fill !== "none") {
      context.fillStyle = fill;
      context.fill(path);
    }
    if (this.#pen(look)) context.stroke(path);
  }

  /** Sets the pen. @returns whether there is anything to draw with it. */
  #pen(look: Look): boolean {
    const stroke = look.get("stroke") ?? "none";
    if (stroke === "none") return false;
    const context = this.#context;
    context.strokeStyle = stroke;
    context.lineWidth = Number(look.get("stroke-width") ?? 1);
    context.lineCap = look.get("stroke-linecap") === "round" ? "round" : "butt";
    context.lineJoin = look.get("stroke-linejoin") === "round" ? "round" : "miter";
    context.setLineDash(
      (look.get("stroke-dasharray") ?? "").split(" ").filter(Boolean).map(Number),
    );
    return true;
  }

  #text({ x, y, anchor, rotate, spans }: Label, look: Look): void {
    const context = this.#context;
    context.translate(x, y);
    context.rotate(((rotate ?? 0) * Math.PI) / 180);
    const pieces = spans.map((span) => this.#piece(span, look));
    const width = pieces.reduce((sum, piece) => sum + piece.width, 0);
    const share = { start: 0, middle: 0.5, end: 1 }[anchor];
    // The halo of a piece must not lie on the letters of the one before it.
    for (const pass of ["strokeText", "fillText"] as const) {
      let at = -width * share;
      for (const piece of pieces) {
        context.font = piece.font;
        context.fillStyle = piece.look.get("fill") ?? this.#tone("ink");
        if (pass === "fillText" || this.#pen(piece.look)) context[pass](piece.text, at, 0);
        at += piece.width;
      }
    }
  }

  /** A piece of a text; what it does not say itself it has from the text around it. */
  #piece({ text, cls }: Span, around: Look) {
    const look: Look = new Map([...around, ...declarationsOf(cls ?? "", this.#tone)]);
    const font = `${look.get("font-weight") ?? 400} ${this.#fontSize}px ${MONO}`;
    this.#context.font = font;
    return { text, look, font, width: this.#context.measureText(text).width };
  }
}

function outlineOf(shape: Exclude<Shape, Label>): Path2D {
  if (shape.tag === "path") return new Path2D(shape.d);
  const path = new Path2D();
  if (shape.tag === "circle") path.arc(shape.cx, shape.cy, shape.r, 0, 2 * Math.PI);
  else if (shape.tag === "rect")
    path.roundRect(shape.x, shape.y, shape.width, shape.height, shape.rx);
  else return new Path2D(`M${px(shape.x1)} ${px(shape.y1)}L${px(shape.x2)} ${px(shape.y2)}`);
  return path;
}
