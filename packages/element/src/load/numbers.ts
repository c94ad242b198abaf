import type { Oracle } from "@synfin/simulator/bulk";
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
  /** Milliseconds as whole seconds, one at least: `12 s`. */
  readonly rest: (ms: number) => string;
  /** Microseconds in the unit that suits them: `25 ms`, `240.082 s`. */
  readonly duration: (us: number) => string;
  /** A number with its unit: `470.5/s`, `5.93 %`. */
  readonly quantity: (value: number, unit: Oracle["unit"]) => string;
}

const cache: Map<Language, Numbers> = new Map();

/** The number formats of a language, made once. */
export function numbersOf(language: Language): Numbers {
  const known = cache.get(language) ?? createNumbers(language);
  cache.set(language, known);
  return known;
}

function createNumbers(language: Language): Numbers {
  const format = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
    const formatter = new Intl.NumberFormat(language, options);
    return (value) => formatter.format(value);
  };
  const whole = format({ maximumFractionDigits: 0 });
  const exact = format({ maximumFractionDigits: 6 });
  const tenths = format({ maximumFractionDigits: 1 });
  const thousandths = format({ maximumFractionDigits: 3 });
  const hundredths = format({ maximumFractionDigits: 2 });
  const second = language === "ko" ? "초" : " s";
  const duration = (us: number): string => {
    if (us >= 1_000_000 || us === 0) return `${thousandths(us / 1_000_000)}${second}`;
    return us >= 1000 ? `${thousandths(us / 1000)} ms` : `${thousandths(us)} µs`;
  };
  return {
    exact,
    whole,
    short: format({ notation: "compact", maximumFractionDigits: 1 }),
    seconds: (us) => `${tenths(us / 1_000_000)}${second}`,
    rest: (ms) => `${whole(Math.max(1, Math.ceil(ms / 1000)))}${second}`,
    duration,
    quantity(value, unit) {
      if (unit === "us") return duration(value);
      if (unit === "ppm") return `${thousandths(value / 10_000)} %`;
      if (unit === "ratio") return `${thousandths(100 * value)} %`;
      return `${hundredths(value)}${unit === "per-second" ? "/s" : ""}`;
    },
  };
}
