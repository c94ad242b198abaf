import { DEFAULT_SEED, type Fault, type Text, type Trace } from "@synfin/simulator";
import { machine, recordedRun } from "#pieces";
import type { RecordedRun } from "../pieces/kinds.ts";
import type { Piece } from "../pieces/piece.ts";
import type { OwnWords, Source } from "./source.ts";
import type { ConnectionWords } from "./words/first.ts";

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
  | Ran
  | {
      readonly ok: false;
      /** Empty while there is nothing yet to say. */
      readonly message: string;
      /** What has to be here first. */
      readonly needs?: Piece<unknown> | undefined;
    };

/** A run, with what it is called. */
export interface Ran {
  readonly ok: true;
  readonly title: Text;
  readonly description: Text;
  readonly trace: Trace;
  /** Set where nothing in it can be changed. */
  readonly recorded?: Recorded;
  /** The words of the page's writer. */
  readonly own?: OwnWords;
}

/** What a recording was made from: a run, or packets that someone caught. */
export type Recorded = "trace" | "capture";

/** Nothing to say yet, until what is needed is here. */
const pending = (needs?: Piece<unknown>): Outcome => ({ ok: false, message: "", needs });

/** Runs a scenario, or plays a recording. Pure: the same request gives the same outcome. */
export function runScenario(request: RunRequest, words: ConnectionWords): Outcome {
  const { source } = request;
  if (source?.kind === "pending") return pending();
  if (source?.kind === "failed")
    return { ok: false, message: words.cannotRead(source.what, source.why) };
  if (source?.kind === "recording") return recording(source);
  const own = source === undefined ? {} : { own: source.words };
  const isOwn = source?.scenario !== undefined;
  const recorded = isOwn || !isPlain(request) ? undefined : recordedRun(request.scenario);
  const outcome =
    machine.now === undefined && recorded !== undefined ? replay(recorded) : run(request, words);
  return outcome.ok ? { ...outcome, ...own } : outcome;
}

/** Whether nothing about the run is other than the scenario has it. */
function isPlain({ seed, faults, struck }: RunRequest): boolean {
  return seed === DEFAULT_SEED && struck.length === 0 && splitFaults(faults).length === 0;
}

function replay(recorded: Piece<RecordedRun>): Outcome {
  const { now } = recorded;
  return now === undefined ? pending(recorded) : ran(now, now.trace);
}

/** What a run is called, and what it is about. */
interface Named {
  readonly title: Text;
  readonly description?: Text | undefined;
}

function ran({ title, description = NO_TEXT }: Named, trace: Trace): Ran {
  return { ok: true, title, description, trace };
}

const NO_TEXT: Text = { en: "", ko: "" };

function recording(source: Extract<Source, { kind: "recording" }>): Outcome {
  return { ...ran(source, source.trace), recorded: source.isCapture ? "capture" : "trace" };
}

function run(request: RunRequest, words: ConnectionWords): Outcome {
  const { seed, source } = request;
  if (!Number.isSafeInteger(seed) || seed < 0)
    return { ok: false, message: words.badSeed(String(seed)) };
  if (machine.now === undefined) return pending(machine);
  const { findScenario, nearScenarios, parseFault, traceScenario } = machine.now;
  const own = source?.kind === "lesson" ? source.scenario : undefined;
  const scenario = own ?? findScenario(request.scenario);
  if (scenario === undefined) {
    const near = nearScenarios(request.scenario);
    return { ok: false, message: words.noScenario(request.scenario, near) };
  }
  const faults: Fault[] = [];
  // The first fault that strikes a segment wins, and what the reader lost is lost.
  for (const text of [...request.struck, ...splitFaults(request.faults)]) {
    const result = parseFault(text);
    if (!result.ok) return { ok: false, message: result.message };
    const ends = scenario.hosts.map(({ name }) => name);
    if (!ends.includes(result.value.end)) return { ok: false, message: words.badEnd(text, ends) };
    faults.push(result.value);
  }
  return ran(scenario, traceScenario(scenario, { seed, faults }));
}

/** The single faults in the text of an attribute. */
export function splitFaults(text: string): string[] {
  return text.split(/[\s,;]+/).filter((part) => part !== "");
}

/** Longer than the first RTO, so that the segment is sent again and arrives twice. */
export const DELAY_SECONDS = 1.2;

/** The fault that strikes one transmission, `client-3`, whatever it is: `drop`, `delay=2s`. */
export function faultOn(id: string, action: string): string {
  const at = id.lastIndexOf("-");
  return `${action}:${id.slice(0, at)}:any:${id.slice(at + 1)}`;
}
