import { noChange } from "lit";
import { type ChildPart, Directive, type DirectiveResult, directive } from "lit/directive.js";
import { unsafeSVG } from "lit/directives/unsafe-svg.js";
import type { Shape, Span } from "../ladder/shapes.ts";
import { attributesOf, writeShape } from "../ladder/write-shape.ts";

const FUTURE = "future";

type Asked = [shapes: readonly Shape[], nowUs: number, isServers: boolean];

/**
 * All shapes of a drawing, with what is later than `nowUs` marked as the future; of shapes
 * that are there already, only the marks change. They are made by hand: of templates a browser
 * has much more to do. A server writes them, and who takes over from it repeats that.
 */
class ShapeSheet extends Directive {
  #shapes: readonly Shape[] | undefined;

  render(shapes: readonly Shape[], nowUs: number, _isServers: boolean): unknown {
    const written = shapes.map((shape) =>
      writeShape(shape, isAhead(shape, nowUs) ? ` ${FUTURE}` : ""),
    );
    // Its texts are escaped, and its classes and numbers are our own.
    return unsafeSVG(written.join(""));
  }

  override update(part: ChildPart, [shapes, nowUs, isServers]: Asked): unknown {
    const isThere = this.#shapes === shapes;
    this.#shapes = shapes;
    if (!isThere) return isServers ? this.render(shapes, nowUs, true) : made(shapes, nowUs);
    mark(part, shapes, nowUs);
    return noChange;
  }
}

function made(shapes: readonly Shape[], nowUs: number): DocumentFragment {
  const fragment = new DocumentFragment();
  for (const shape of shapes) {
    const element = svgElement(shape.tag, shape.cls);
    if (isAhead(shape, nowUs)) element.classList.add(FUTURE);
    const attributes = attributesOf(shape);
    for (const name in attributes) element.setAttribute(name, attributes[name] ?? "");
    if (shape.tag === "text") element.append(...shape.spans.map(madeSpan));
    fragment.append(element);
  }
  return fragment;
}

function madeSpan({ text, cls }: Span): Node | string {
  if (cls === undefined) return text;
  const span = svgElement("tspan", cls);
  span.append(text);
  return span;
}

function svgElement(tag: string, cls: string): Element {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  element.setAttribute("class", cls);
  return element;
}

function mark({ startNode }: ChildPart, shapes: readonly Shape[], nowUs: number): void {
  let element = (startNode as Comment | null)?.nextElementSibling;
  for (const shape of shapes) {
    element?.classList.toggle(FUTURE, isAhead(shape, nowUs));
    element = element?.nextElementSibling;
  }
}

function isAhead({ atUs }: Shape, nowUs: number): boolean {
  return atUs !== undefined && atUs > nowUs;
}

/** The shapes of a sheet at a time; `isServers` where it has to be what a server wrote. */
export const shapeSheet: (...asked: Asked) => DirectiveResult<typeof ShapeSheet> =
  directive(ShapeSheet);
