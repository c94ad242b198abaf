import type { Parameter } from "@synfin/simulator/bulk";

const SECOND = 1_000_000;
const MILLISECOND = 1000;

/** What the number in a field is counted in. */
export interface FieldUnit {
  /** Behind the field: `s`, `%`, `/s`; nothing for a plain count. */
  readonly name: string;
  /** How much of the parameter one of it is: a second is a million microseconds. */
  readonly size: number;
}

/** The unit in which a field shows a parameter: times in the one that suits the default. */
export function fieldUnit({ unit, max }: Parameter, defaultValue: number): FieldUnit {
  if (unit === "us") return timeUnit(defaultValue === 0 ? max : defaultValue);
  if (unit === "ppm") return { name: "%", size: 10_000 };
  if (unit === "per-second") return { name: "/s", size: 1 };
  return { name: unit === "octets" ? "B" : "", size: 1 };
}

function timeUnit(us: number): FieldUnit {
  if (us >= SECOND) return { name: "s", size: SECOND };
  return us >= MILLISECOND ? { name: "ms", size: MILLISECOND } : { name: "µs", size: 1 };
}

const SWITCHES: readonly string[] = ["off", "on"];

/** The names that a parameter's values have, where it is no quantity. */
export function choicesOf({ unit, choices = SWITCHES }: Parameter): readonly string[] | undefined {
  return unit === "choice" || unit === "switch" ? choices : undefined;
}

/** A value as it stands in `set`, and as `readValue` reads it; `?` for what is no number. */
export function writeValue(parameter: Parameter, value: number): string {
  const { unit } = parameter;
  const choices = choicesOf(parameter);
  if (choices !== undefined) return choices[value] ?? "?";
  if (Number.isNaN(value)) return "?";
  if (unit === "ppm") return `${value / 10_000}%`;
  if (unit !== "us") return String(value);
  if (value % SECOND === 0) return `${value / SECOND}s`;
  return value % MILLISECOND === 0 ? `${value / MILLISECOND}ms` : `${value}us`;
}

/** `key=value key=value` as it was written, and the words in it that are neither. */
export function readPairs(text: string): {
  readonly pairs: ReadonlyMap<string, string>;
  readonly odd: readonly string[];
} {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const split = words.map((word) => /^([^=]+)=(.+)$/.exec(word));
  return {
    pairs: new Map(split.flatMap((found) => (found ? [[found[1] ?? "", found[2] ?? ""]] : []))),
    odd: words.filter((_, index) => split[index] === null),
  };
}
