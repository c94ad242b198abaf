import type { Language } from "../locale/language.ts";

/** Numbers and times as a language writes them. */
export interface Numbers {
  /** `10,000`. */
  readonly whole: (value: number) => string;
  /** Fractions too, as they were given: `1.5`. */
  readonly exact: (value: number) => string;
  /** `10k`, `1.2M`; `1만` in Korean: for places where room is short. */
  readonly short: (value: number) => string;
  /** Microseconds as seconds: `1,234.5 s`. */
  readonly seconds: (us: number) => string;
}

const cache: Map<Language, Numbers> = new Map();

/** The number formats of a language, made once. */
export function numbersOf(language: Language): Numbers {
  const known = cache.get(language) ?? createNumbers(language);
  cache.set(language, known);
  return known;
}

function createNumbers(language: Language): Numbers {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const exact = new Intl.NumberFormat(language, { maximumFractionDigits: 6 });
  const short = new Intl.NumberFormat(language, {
    notation: "compact",
    maximumFractionDigits: 1,
  });
  const seconds = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const unit = language === "ko" ? "초" : " s";
  return {
    exact: (value) => exact.format(value),
    whole: (value) => whole.format(value),
    short: (value) => short.format(value),
    seconds: (us) => `${seconds.format(us / 1_000_000)}${unit}`,
  };
}
