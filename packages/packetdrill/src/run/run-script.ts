import type { Item, Position, Script, ScriptEvent } from "../ast.ts";
import { parseScript } from "../parse/parse-script.ts";
import type { Profile } from "../profiles.ts";
import { Bench } from "./bench.ts";
import { type Failure, ScriptFailure } from "./failure.ts";
import { Player } from "./player.ts";
import { readSettings, type Settings } from "./script-options.ts";

/** How a script is run. */
export interface RunOptions {
  readonly profile: Profile;
  /** The names for which `#ifdef` holds; those of the profile by default. */
  readonly defines?: readonly string[];
  /** Where the stack's initial sequence numbers are drawn from; 1 by default. */
  readonly seed?: number;
}

/** What became of a script. */
export interface ScriptResult {
  readonly passed: boolean;
  /** Why it did not pass. */
  readonly failure: Failure | undefined;
  /** How many of its events were run. */
  readonly events: number;
  /** What happened up to the end, or up to the failure, one line for each thing. */
  readonly ladder: string;
}

/**
 * Runs a script in virtual time: the stack under test with the parameters of
 * the profile, the script as its user and as everything beyond it. Never
 * throws: what goes wrong is the result's `failure`.
 */
export function runScript(text: string, options: RunOptions): ScriptResult {
  const parsed = parseScript(text);
  if (!parsed.ok) {
    const { line, column, found, expected } = parsed.error;
    const message = `found ${found}, but there should be ${expected}`;
    const failure = { kind: "syntax", line, column, found, expected, message } as const;
    return { passed: false, failure, events: 0, ladder: "" };
  }
  return play(parsed.script, options);
}

function play(script: Script, options: RunOptions): ScriptResult {
  const start: Position = { line: 1, column: 1 };
  let at = start;
  let events = 0;
  let bench: Bench | undefined;
  try {
    const settings = readSettings(script);
    bench = benchFor(settings, options);
    const player = new Player(bench, settings);
    if (script.init !== undefined) player.shell(script.init);
    for (const event of chosen(script.items, options.defines ?? options.profile.defines)) {
      at = event.at;
      player.play(event);
      events += 1;
    }
    player.finish();
    if (script.cleanup !== undefined) player.shell(script.cleanup);
  } catch (error) {
    const ladder = bench?.transcript.toString() ?? "";
    return { passed: false, failure: failureOf(error, at), events, ladder };
  }
  return { passed: true, failure: undefined, events, ladder: bench.transcript.toString() };
}

/** The events that are not left out by an `#ifdef`. */
function chosen(items: readonly Item[], defines: readonly string[]): ScriptEvent[] {
  return items.flatMap((item) => {
    if (item.type === "event") return [item];
    return defines.includes(item.name) ? chosen(item.items, defines) : [];
  });
}

function benchFor({ version, mtu }: Settings, { profile, seed = 1 }: RunOptions): Bench {
  const headers = version === 4 ? 40 : 60;
  const mss = Math.min(profile.params.mss + 40, mtu) - headers;
  const params = { ...profile.params, mss };
  return new Bench({ params, sendBuffer: profile.sendBuffer, version, seed });
}

function failureOf(error: unknown, { line, column }: Position): Failure {
  if (error instanceof ScriptFailure) return error.failure;
  const found = error instanceof Error ? error.message : String(error);
  const message = `a bug: ${found}`;
  return { kind: "bug", line, column, expected: "no assertion of ours to fail", found, message };
}
