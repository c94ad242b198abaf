import type { ProfileName } from "@synfin/core/tcp";
import { DEFAULT_SEED, type Fault, parseFault, type Scenario } from "@synfin/simulator";
import type { SeqMode } from "@synfin/simulator/view";
import { UsageError } from "../io.ts";
import { type Given, readOptions } from "../options.ts";
import { profileName } from "../profile-option.ts";

export const FORMATS = ["text", "json", "pcapng", "svg"] as const;
export type Format = (typeof FORMATS)[number];

export const VANTAGES = ["client", "server", "both"] as const;
export type Vantage = (typeof VANTAGES)[number];

/** What `synfin trace` was asked for. */
export interface TraceOptions {
  readonly scenario: string;
  readonly seed: number;
  readonly faults: readonly string[];
  /** Undefined for the scenario's own. */
  readonly profile: ProfileName | undefined;
  readonly format: Format;
  readonly out: string | undefined;
  readonly seq: SeqMode;
  readonly ascii: boolean;
  readonly lang: "en" | "ko";
  readonly vantage: Vantage;
}

/** Reads the arguments, or finds that help is wanted. Throws a `UsageError` for what is wrong. */
export function parseTraceOptions(args: readonly string[]): TraceOptions | "help" {
  const given = readOptions("trace", args, {
    seed: { type: "string" },
    fault: { type: "string", multiple: true },
    profile: { type: "string" },
    format: { type: "string" },
    out: { type: "string" },
    seq: { type: "string" },
    ascii: { type: "boolean" },
    lang: { type: "string" },
    vantage: { type: "string" },
    help: { type: "boolean", short: "h" },
  });
  if (given.values["help"] === true) return "help";
  const out = textOf(given, "out");
  const profile = textOf(given, "profile");
  return {
    scenario: scenarioOf(given),
    seed: seedOf(textOf(given, "seed")),
    faults: faultsOf(given),
    profile: profile === undefined ? undefined : profileName("trace", profile),
    format: choice("format", textOf(given, "format") ?? endingOf(out), FORMATS),
    out,
    seq: choice("seq", textOf(given, "seq") ?? "relative", ["relative", "absolute"]),
    ascii: given.values["ascii"] === true,
    lang: choice("lang", textOf(given, "lang") ?? "en", ["en", "ko"]),
    vantage: choice("vantage", textOf(given, "vantage") ?? "client", VANTAGES),
  };
}

/** The faults as the simulator takes them; each must aim at a host of the scenario. */
export function parseFaults(texts: readonly string[], scenario: Scenario): Fault[] {
  const hosts = scenario.hosts.map(({ name }) => name);
  return texts.map((text) => {
    const result = parseFault(text);
    if (!result.ok) throw new UsageError(`trace: ${result.message}`);
    if (!hosts.includes(result.value.end)) {
      throw new UsageError(
        `trace: bad fault "${text}": "${result.value.end}" should be a host of ${scenario.name}: ${hosts.join(" or ")}`,
      );
    }
    return result.value;
  });
}

function textOf({ values }: Given, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

function faultsOf({ values }: Given): string[] {
  const list = values["fault"];
  return Array.isArray(list) ? list.map(String) : [];
}

function scenarioOf({ positionals }: Given): string {
  const [scenario, second] = positionals;
  if (scenario === undefined) {
    throw new UsageError(
      'trace: no scenario; give a name from "synfin scenarios", such as lost-fin, or the path of a JSON file',
    );
  }
  if (second !== undefined) {
    throw new UsageError(`trace: a second scenario "${second}"; give one at a time`);
  }
  return scenario;
}

function seedOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SEED;
  const seed = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(seed)) return seed;
  throw new UsageError(
    `trace: bad --seed "${text}"; give a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, such as 7`,
  );
}

/** `x.svg` asks for svg, unless `--format` says otherwise. */
function endingOf(out: string | undefined): string {
  const ending = out?.split(".").at(-1)?.toLowerCase();
  return FORMATS.find((format) => format === ending) ?? "text";
}

function choice<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text);
  if (found !== undefined) return found;
  throw new UsageError(`trace: bad --${option} "${text}"; give ${orList(allowed)}`);
}

function orList(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
