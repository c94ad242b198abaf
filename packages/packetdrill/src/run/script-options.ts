import type { Script, ScriptOption } from "../ast.ts";
import { mismatch, unsupported } from "./failure.ts";
import type { Tolerance } from "./timing.ts";

/** What a script's options say. */
export interface Settings {
  readonly version: 4 | 6;
  readonly tolerance: Tolerance;
  readonly mtu: number;
  readonly timestampTickUs: number;
}

const KNOWN = ["ip_version", "tolerance_usecs", "tolerance_percent", "mtu", "tcp_ts_tick_usecs"];

/** Without a word of the script's own, the tolerance of the original tool. */
const USUAL: Tolerance = { us: 4000, basisPoints: 1250 };

export function readSettings({ options }: Script): Settings {
  for (const { at, name } of options) {
    if (!KNOWN.includes(name)) unsupported(at, `--${name}`, `there are --${KNOWN.join(", --")}`);
  }
  const find = (name: string): ScriptOption | undefined =>
    options.find((option) => option.name === name);
  const usecs = find("tolerance_usecs");
  const percent = find("tolerance_percent");
  const written = usecs !== undefined || percent !== undefined;
  return {
    version: version(find("ip_version")),
    tolerance: written
      ? { us: whole(usecs, 0), basisPoints: Math.round(100 * number(percent, 0)) }
      : USUAL,
    mtu: whole(find("mtu"), 1500),
    timestampTickUs: whole(find("tcp_ts_tick_usecs"), 0),
  };
}

function version(option: ScriptOption | undefined): 4 | 6 {
  if (option === undefined || option.value === "ipv4") return 4;
  if (option.value === "ipv6") return 6;
  return unsupported(option.at, `--ip_version=${option.value}`, "there are ipv4 and ipv6");
}

function whole(option: ScriptOption | undefined, otherwise: number): number {
  const value = number(option, otherwise);
  if (option === undefined || Number.isInteger(value)) return value;
  return mismatch(option.at, "a whole number", `it is ${option.value}`);
}

function number(option: ScriptOption | undefined, otherwise: number): number {
  if (option === undefined) return otherwise;
  if (/^\d+(?:\.\d+)?$/.test(option.value ?? "")) return Number(option.value);
  return mismatch(option.at, `--${option.name}=NUMBER`, `it is "${option.value ?? ""}"`);
}
