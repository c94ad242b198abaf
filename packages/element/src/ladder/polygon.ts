/** A point in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The corners of a convex shape, in order; two corners make a line. */
export type Polygon = readonly Point[];

/** A rectangle around a point, turned by an angle in radians. `above` counts upwards. */
export function turnedBox(
  centre: Point,
  angle: number,
  halfWidth: number,
  above: number,
  below: number,
): Polygon {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corner = (dx: number, dy: number): Point => ({
    x: centre.x + dx * cos - dy * sin,
    y: centre.y + dx * sin + dy * cos,
  });
  return [
    corner(-halfWidth, -above),
    corner(halfWidth, -above),
    corner(halfWidth, below),
    corner(-halfWidth, below),
  ];
}

/** A box that stands upright. */
export function uprightBox(left: number, top: number, right: number, bottom: number): Polygon {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}

/**
 * Whether two convex shapes overlap, by the theorem of separating axes. Shapes
 * that only touch do not.
 */
export function overlap(a: Polygon, b: Polygon): boolean {
  return !hasSeparatingAxis(a, b) && !hasSeparatingAxis(b, a);
}

function hasSeparatingAxis(a: Polygon, b: Polygon): boolean {
  return a.some((start, index) => {
    const end = a[(index + 1) % a.length] ?? start;
    const [nx, ny] = [start.y - end.y, end.x - start.x];
    const [aMin, aMax] = extent(a, nx, ny);
    const [bMin, bMax] = extent(b, nx, ny);
    return aMax <= bMin || bMax <= aMin;
  });
}

function extent(shape: Polygon, nx: number, ny: number): [number, number] {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y } of shape) {
    const along = x * nx + y * ny;
    min = Math.min(min, along);
    max = Math.max(max, along);
  }
  return [min, max];
}
