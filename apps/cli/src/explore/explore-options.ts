import { type ExploreOptions, MOST_FAULTS } from "@synfin/properties/explore";
import { UsageError } from "../io.ts";
import { type Given, readOptions } from "../options.ts";

/** What `synfin explore` was asked for. */
export interface ExploreRequest {
  readonly bounds: ExploreOptions;
  readonly crossCheck: boolean;
  readonly json: boolean;
}

const BUDGETS = ["loss", "duplicate", "reorder", "data", "abort"] as const;
const SIDES = ["one", "both"] as const;

/** One fault of each kind, and a segment of text each way: in all, some seconds. */
const DEFAULTS = { loss: "1", duplicate: "1", reorder: "1", data: "1", abort: "0" } as const;

const MOST_STATES = 2 ** 26;

/** Reads the arguments, or finds that help is wanted. Throws a `UsageError` for what is wrong. */
export function parseExploreOptions(args: readonly string[]): ExploreRequest | "help" {
  const given = readOptions("explore", args, {
    ...Object.fromEntries(BUDGETS.map((name) => [name, { type: "string" } as const])),
    open: { type: "string" },
    states: { type: "string" },
    "cross-check": { type: "boolean" },
    json: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  });
  if (given.values["help"] === true) return "help";
  const [extra] = given.positionals;
  if (extra !== undefined) {
    throw new UsageError(`explore: "${extra}" is too much; there are options only, see --help`);
  }
  const budgets = BUDGETS.map((name) => {
    const text = textOf(given, name) ?? DEFAULTS[name];
    return [name, wholeNumber(name, text, 0, MOST_FAULTS)] as const;
  });
  const most = textOf(given, "states");
  return {
    bounds: {
      ...Object.fromEntries(budgets),
      open: sideOf(textOf(given, "open") ?? "one"),
      ...(most === undefined ? {} : { mostStates: wholeNumber("states", most, 1, MOST_STATES) }),
    },
    crossCheck: given.values["cross-check"] === true,
    json: given.values["json"] === true,
  };
}

function textOf({ values }: Given, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(
    `explore: --${name} is "${text}", but it should be a whole number from ${least} to ${most}`,
  );
}

function sideOf(text: string): "one" | "both" {
  const side = SIDES.find((one) => one === text);
  if (side !== undefined) return side;
  throw new UsageError(`explore: --open is "${text}", but it should be one of ${SIDES.join(", ")}`);
}
