import {
  type Fault,
  findScenario,
  parseFault,
  type Scenario,
  scenarios,
  type Text,
  type Trace,
  traceScenario,
} from "@synfin/simulator";
import { nearestNames } from "@synfin/simulator/view";
import type { OwnWords, Source } from "./source.ts";
import type { ConnectionWords } from "./words.ts";

/** What is to be run: the attributes of the element, and what its reader did to segments. */
export interface RunRequest {
  readonly scenario: string;
  readonly seed: number;
  /** Faults in the fault grammar, separated by spaces, commas or semicolons. */
  readonly faults: string;
  /** What the page itself gives to play, if it does. */
  readonly source?: Source | undefined;
  /** Faults that the reader added. */
  readonly struck: readonly string[];
}

/** A run, or what was wrong with the request, as one readable line. */
export type Outcome =
  | {
      readonly ok: true;
      readonly title: Text;
      readonly description: Text;
      readonly trace: Trace;
      /** Set where nothing in it can be changed. */
      readonly recorded?: Recorded;
      /** The words of the page's writer. */
      readonly own?: OwnWords;
    }
  | {
      readonly ok: false;
      /** Empty while there is nothing yet to say. */
      readonly message: string;
    };

/** What a recording was made from: a run, or packets that someone caught. */
export type Recorded = "trace" | "capture";

/** Runs a scenario, or plays a recording. Pure: the same request gives the same outcome. */
export function runScenario(request: RunRequest, words: ConnectionWords): Outcome {
  const { source } = request;
  if (source?.kind === "pending") return { ok: false, message: "" };
  if (source?.kind === "failed")
    return { ok: false, message: words.cannotRead(source.what, source.why) };
  if (source?.kind === "recording") return recording(source);
  const scenario = source?.scenario ?? findScenario(request.scenario);
  if (scenario !== undefined) return run(scenario, request, words);
  const names = scenarios.map(({ name }) => name);
  const near = nearestNames(request.scenario, names);
  return { ok: false, message: words.noScenario(request.scenario, near) };
}

function recording({ trace, isCapture }: Extract<Source, { kind: "recording" }>): Outcome {
  const known = isCapture ? undefined : findScenario(trace.scenario);
  const named = { en: trace.scenario, ko: trace.scenario };
  const { title, description } = known ?? { title: named, description: { en: "", ko: "" } };
  return { ok: true, title, description, trace, recorded: isCapture ? "capture" : "trace" };
}

function run(scenario: Scenario, request: RunRequest, words: ConnectionWords): Outcome {
  const { seed } = request;
  if (!Number.isSafeInteger(seed) || seed < 0)
    return { ok: false, message: words.badSeed(String(seed)) };
  const faults: Fault[] = [];
  // The first fault that strikes a segment wins, and what the reader lost is lost.
  for (const text of [...request.struck, ...splitFaults(request.faults)]) {
    const result = parseFault(text);
    if (!result.ok) return { ok: false, message: result.message };
    const ends = scenario.hosts.map(({ name }) => name);
    if (!ends.includes(result.value.end)) return { ok: false, message: words.badEnd(text, ends) };
    faults.push(result.value);
  }
  const { title, description } = scenario;
  const own = request.source?.kind === "lesson" ? { own: request.source.words } : {};
  return { ok: true, title, description, trace: traceScenario(scenario, { seed, faults }), ...own };
}

/** The single faults in the text of an attribute. */
export function splitFaults(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== "");
}

/** What a reader can do to a segment; `inspect` only looks at it. */
export const TOOLS = ["drop", "delay", "duplicate", "inspect"] as const;
export type Tool = (typeof TOOLS)[number];

/** Longer than the first RTO, so that the segment is sent again and arrives twice. */
export const DELAY_SECONDS = 1.2;

/** The fault that strikes one transmission, `client-3`, whatever it is: `drop`, `delay=2s`. */
export function faultOn(id: string, action: string): string {
  const at = id.lastIndexOf("-");
  return `${action}:${id.slice(0, at)}:any:${id.slice(at + 1)}`;
}
