import type { ProfileName } from "@synfin/core/tcp";
import { UsageError } from "../io.ts";
import { type Given, readOptions } from "../options.ts";
import { profileName } from "../profile-option.ts";

export const LOAD_FORMATS = ["table", "json", "csv", "svg", "pcapng", "trace-json"] as const;
export type LoadFormat = (typeof LOAD_FORMATS)[number];

/** A value for a parameter, as it was written. */
export interface Assignment {
  readonly key: string;
  readonly text: string;
  /** What it was given with, for an error to name: `--rate`, `--set hold`. */
  readonly option: string;
}

/** `--sweep key=from:to:step`, not read yet. */
export interface SweepText {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly step: string;
}

/** What `synfin load` was asked for. */
export interface LoadOptions {
  /** Undefined where the list of scenarios is wanted. */
  readonly scenario: string | undefined;
  readonly help: boolean;
  readonly assignments: readonly Assignment[];
  /** Undefined for the scenario's own, or for what `--sysctl` tells. */
  readonly profile: ProfileName | undefined;
  readonly seed: number;
  readonly replications: number;
  /** Undefined for as many as there are cores. */
  readonly workers: number | undefined;
  readonly format: LoadFormat;
  readonly out: string | undefined;
  readonly expect: readonly string[];
  readonly sweep: SweepText | undefined;
  readonly solve: { readonly key: string; readonly until: string } | undefined;
  readonly sysctl: string | undefined;
  readonly ss: string | undefined;
  /** Which connection to write down, from 1. */
  readonly sample: number;
}

/** More replications or workers than this are a slip of the finger. */
const MOST = 1000;
const DEFAULT_SEED = 1;

const TEXTS = [
  ...["connections", "rate", "profile", "seed", "replications", "workers", "format", "out"],
  ...["sweep", "solve", "until", "sysctl", "ss", "sample"],
] as const;

/** Reads the arguments. Throws a `UsageError` for what is wrong with them as such. */
export function parseLoadOptions(args: readonly string[]): LoadOptions {
  const given = readOptions("load", args, {
    ...Object.fromEntries(TEXTS.map((name) => [name, { type: "string" } as const])),
    set: { type: "string", multiple: true },
    expect: { type: "string", multiple: true },
    list: { type: "boolean" },
    trace: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  });
  const text = (name: (typeof TEXTS)[number]): string | undefined => textOf(given, name);
  const profile = text("profile");
  const out = text("out");
  const wantsSample = text("sample") !== undefined;
  const options: LoadOptions = {
    scenario: scenarioOf(given),
    help: given.values["help"] === true,
    assignments: assignmentsOf(given),
    profile: profile === undefined ? undefined : profileName("load", profile),
    seed: whole("seed", text("seed"), 0, Number.MAX_SAFE_INTEGER) ?? DEFAULT_SEED,
    replications: whole("replications", text("replications"), 1, MOST) ?? 1,
    workers: whole("workers", text("workers"), 1, MOST),
    format: formatOf(given, text("format") ?? endingOf(out)),
    out,
    expect: listOf(given, "expect"),
    sweep: sweepOf(text("sweep")),
    solve: solveOf(text("solve"), text("until")),
    sysctl: text("sysctl"),
    ss: text("ss"),
    sample: whole("sample", text("sample"), 1, Number.MAX_SAFE_INTEGER) ?? 1,
  };
  refuseContradictions(options, wantsSample);
  return options;
}

/** Whether the format shows one connection and not the crowd. */
export function isSampleFormat(format: LoadFormat): boolean {
  return format === "pcapng" || format === "trace-json";
}

function refuseContradictions(
  { sweep, solve, format, expect }: LoadOptions,
  wantsSample: boolean,
): void {
  if (sweep !== undefined && solve !== undefined) {
    throw new UsageError("load: --sweep and --solve at once; give one of them");
  }
  const many = sweep === undefined ? "--solve" : "--sweep";
  if ((sweep ?? solve) !== undefined && isSampleFormat(format)) {
    throw new UsageError(`load: ${many} has no ${format}; give --format table, json, csv or svg`);
  }
  if ((sweep ?? solve) !== undefined && expect.length > 0) {
    throw new UsageError(`load: --expect with ${many}; give one of them`);
  }
  if (wantsSample && !isSampleFormat(format)) {
    throw new UsageError(
      `load: --sample with --format ${format}; give --format pcapng, or --trace for its whole trace`,
    );
  }
}

function textOf({ values }: Given, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

function listOf({ values }: Given, name: string): string[] {
  const list = values[name];
  return Array.isArray(list) ? list.map(String) : [];
}

function scenarioOf({ positionals, values }: Given): string | undefined {
  const [scenario, second] = positionals;
  if (second !== undefined) {
    throw new UsageError(`load: a second scenario "${second}"; give one at a time`);
  }
  return values["list"] === true ? undefined : scenario;
}

function assignmentsOf(given: Given): Assignment[] {
  const short = ["connections", "rate"].flatMap((key) => {
    const text = textOf(given, key);
    return text === undefined ? [] : [{ key, text, option: `--${key}` }];
  });
  const set = listOf(given, "set").map((text) => {
    const [, key = "", value = ""] = /^([A-Za-z][\w-]*)=(.+)$/.exec(text) ?? [];
    if (key === "") {
      throw new UsageError(
        `load: --set is "${text}", but it should be key=value, such as hold=200ms`,
      );
    }
    return { key, text: value, option: `--set ${key}` };
  });
  return [...short, ...set];
}

function sweepOf(text: string | undefined): SweepText | undefined {
  if (text === undefined) return undefined;
  const [, key = "", from = "", to = "", step = ""] =
    /^([A-Za-z][\w-]*)=([^:]+):([^:]+):([^:]+)$/.exec(text) ?? [];
  if (key !== "") return { key, from, to, step };
  throw new UsageError(
    `load: --sweep is "${text}", but it should be key=from:to:step, such as rate=100:1000:100`,
  );
}

function solveOf(key: string | undefined, until: string | undefined): LoadOptions["solve"] {
  if (key === undefined && until === undefined) return undefined;
  if (key === undefined) {
    throw new UsageError("load: --until without --solve; add --solve KEY, such as --solve rate");
  }
  if (until === undefined) {
    throw new UsageError("load: --solve without --until; add one, such as --until 'failed < 0.1%'");
  }
  return { key, until };
}

function formatOf(given: Given, text: string): LoadFormat {
  const wantsTrace = given.values["trace"] === true;
  const isSaid = textOf(given, "format") !== undefined;
  if (wantsTrace && isSaid && text !== "trace-json") {
    throw new UsageError(`load: --trace with --format ${text}; give one of them`);
  }
  if (wantsTrace) return "trace-json";
  const found = LOAD_FORMATS.find((one) => one === text);
  if (found !== undefined) return found;
  const known = `${LOAD_FORMATS.slice(0, -1).join(", ")} or ${LOAD_FORMATS.at(-1)}`;
  throw new UsageError(`load: bad --format "${text}"; give ${known}`);
}

/** `x.svg` asks for svg, unless `--format` says otherwise. */
function endingOf(out: string | undefined): string {
  const ending = out?.split(".").at(-1)?.toLowerCase();
  return LOAD_FORMATS.find((format) => format === ending) ?? "table";
}

function whole(
  option: string,
  text: string | undefined,
  min: number,
  max: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(
    `load: --${option} is "${text}", but it should be a whole number from ${min} to ${max}`,
  );
}
