/**
 * Where two plain values first differ: `segments.3.sentAtUs: 5 and 6`, or an
 * empty string where they are the same. Knows objects, arrays, typed arrays
 * and primitives, which is all that traces and segments are made of.
 */
export function firstDifference(a: unknown, b: unknown, path = ""): string {
  if (Object.is(a, b)) return "";
  if (!isComposite(a) || !isComposite(b)) return `${path || "value"}: ${show(a)} and ${show(b)}`;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    const inner = firstDifference(a[key], b[key], path === "" ? key : `${path}.${key}`);
    if (inner !== "") return inner;
  }
  return "";
}

function isComposite(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
