import type { LinkSpec, Ratio } from "@synfin/simulator";
import { UsageError } from "../io.ts";

/** What was said of the link, as text. */
export interface LinkTexts {
  readonly loss: string | undefined;
  readonly duplicate: string | undefined;
  readonly reorder: string | undefined;
  readonly delay: string | undefined;
}

/** The link that was asked for, or undefined for none. Throws a `UsageError` for what is wrong. */
export function parseLink(texts: LinkTexts): LinkSpec | undefined {
  const { loss, duplicate, reorder, delay } = texts;
  if ([loss, duplicate, reorder, delay].every((text) => text === undefined)) return undefined;
  return {
    delayUs: delay === undefined ? 0 : parseTime(delay),
    ...ratio("loss", loss),
    ...ratio("duplicate", duplicate),
    ...ratio("reorder", reorder),
  };
}

function ratio(name: "loss" | "duplicate" | "reorder", text: string | undefined): object {
  return text === undefined ? {} : { [name]: parseRatio(name, text) };
}

/** `5%`, `0.25%` or `1/20`, as integers. */
function parseRatio(name: string, text: string): Ratio {
  const percent = /^(\d{1,3})(?:\.(\d{1,4}))?%$/.exec(text);
  const fraction = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  let found: Ratio | undefined;
  if (percent !== null) {
    const [, whole = "", part = ""] = percent;
    found = [Number(whole + part), 100 * 10 ** part.length];
  } else if (fraction !== null) {
    found = [Number(fraction[1]), Number(fraction[2])];
  }
  if (found !== undefined && found[1] > 0 && found[0] <= found[1]) return found;
  throw new UsageError(
    `tun: --${name} is "${text}", but it should be a part of all packets, such as 5%, 0.5% or 1/20`,
  );
}

const UNITS: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000 };
const LONGEST_US = 60_000_000;

function parseTime(text: string): number {
  const [, count, unit = ""] = /^(\d{1,8})(us|ms|s)$/.exec(text) ?? [];
  const delayUs = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (delayUs >= 0 && delayUs <= LONGEST_US) return delayUs;
  throw new UsageError(
    `tun: --delay is "${text}", but it should be a time up to 60s, such as 20ms, 500us or 1s`,
  );
}
