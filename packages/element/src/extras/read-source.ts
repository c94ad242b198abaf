import { readCapture } from "@synfin/capture";
import { parseScenario, parseTrace, type Text, type Trace } from "@synfin/simulator";
import { catalogue } from "../connection/catalogue.ts";
import type { OwnWords, Source } from "../connection/source.ts";
import { traceOfCapture } from "./trace-of-capture.ts";

/**
 * What a page's own JSON gives to play: a scenario, a trace, or an object with `narration`,
 * the writer's words for steps, and perhaps the `scenario` that they are for:
 * `{ "narration": [{ "step": 3, "text": "Now look at the ACK." }] }`.
 */
export function readInline(json: string): Source {
  const input = parseJson(json);
  if (input instanceof SyntaxError) return failed("script", `it is no JSON: ${input.message}`);
  if (!isObject(input)) return failed("script", "it should hold a JSON object");
  if (input["format"] === "synfin-trace") return recording("trace", input);
  if (!("narration" in input)) return lesson(input, new Map());
  const words = wordsOf(input["narration"]);
  if (typeof words === "string") return failed("narration", words);
  const { scenario } = input;
  return scenario === undefined
    ? { kind: "lesson", scenario: undefined, words }
    : lesson(scenario, words);
}

/** What a file gives to play: a trace as JSON, a scenario, pcap or pcapng. Never rejects. */
export async function readFile(src: string): Promise<Source> {
  try {
    const response = await fetch(src);
    if (!response.ok) return failed(src, `${response.status} ${response.statusText}`.trim());
    return readBytes(src, new Uint8Array(await response.arrayBuffer()));
  } catch (error) {
    return failed(src, error instanceof Error ? error.message : String(error));
  }
}

function readBytes(src: string, bytes: Uint8Array): Source {
  if (readCapture(bytes).format !== "unknown") {
    const name = src.replace(/[?#].*$/, "").replace(/^.*\//, "");
    const trace = traceOfCapture(bytes, name);
    return typeof trace === "string" ? failed(src, trace) : recordingOf(trace, true);
  }
  const input = parseJson(new TextDecoder().decode(bytes));
  if (input instanceof SyntaxError) {
    return failed(src, `it is no capture (pcap or pcapng) and no JSON: ${input.message}`);
  }
  if (isObject(input) && input["format"] === "synfin-scenario") return lesson(input, new Map());
  return recording(src, input);
}

function recording(what: string, input: unknown): Source {
  const result = parseTrace(input);
  return result.ok ? recordingOf(result.value, false) : failed(what, result.message);
}

/** A run of a scenario that ships is called as that is. */
function recordingOf(trace: Trace, isCapture: boolean): Source {
  const known = isCapture ? undefined : catalogue.find(({ name }) => name === trace.scenario);
  const { title, description } = known ?? { title: { en: trace.scenario, ko: trace.scenario } };
  return { kind: "recording", title, description, trace, isCapture };
}

function lesson(input: unknown, words: OwnWords): Source {
  const result = parseScenario(input);
  return result.ok
    ? { kind: "lesson", scenario: result.value, words }
    : failed("scenario", result.message);
}

/** The words by their steps, or what is wrong with them. */
function wordsOf(input: unknown): OwnWords | string {
  if (!Array.isArray(input)) return "it should be a list";
  const words = new Map<number, string | Text>();
  for (const entry of input) {
    const { step, text } = isObject(entry) ? entry : {};
    const isText = typeof text === "string" || isBoth(text);
    if (!Number.isInteger(step) || Number(step) < 1 || !isText) {
      return `${JSON.stringify(entry)} should be like { "step": 3, "text": "…" }, or with { "en": "…", "ko": "…" }`;
    }
    words.set(Number(step), text);
  }
  return words;
}

function isBoth(text: unknown): text is Text {
  return isObject(text) && typeof text["en"] === "string" && typeof text["ko"] === "string";
}

function isObject(input: unknown): input is Record<string, unknown> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}

/** What a text holds, or where it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

function failed(what: string, why: string): Source {
  return { kind: "failed", what, why };
}
