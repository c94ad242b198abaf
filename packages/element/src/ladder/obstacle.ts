import { overlap, type Polygon } from "./polygon.ts";

/** A shape that no label may cover, with the upright box around it: most are far away. */
export class Obstacle {
  readonly #shape: Polygon;
  readonly #left: number;
  readonly #right: number;
  readonly #top: number;
  readonly #bottom: number;

  constructor(shape: Polygon) {
    this.#shape = shape;
    const [xs, ys] = [shape.map(({ x }) => x), shape.map(({ y }) => y)];
    this.#left = Math.min(...xs);
    this.#right = Math.max(...xs);
    this.#top = Math.min(...ys);
    this.#bottom = Math.max(...ys);
  }

  /** Whether any of it is between two heights. */
  isNear(top: number, bottom: number): boolean {
    return this.#bottom > top && this.#top < bottom;
  }

  /** Whether a shape overlaps it. */
  isHit(shape: Polygon): boolean {
    const isAside =
      shape.every(({ y }) => y < this.#top) ||
      shape.every(({ y }) => y > this.#bottom) ||
      shape.every(({ x }) => x < this.#left) ||
      shape.every(({ x }) => x > this.#right);
    return !isAside && overlap(shape, this.#shape);
  }
}
