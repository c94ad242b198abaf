import { State } from "@synfin/core/tcp";
import { type FrameField, frameField } from "@synfin/simulator/bulk";
import { countOf } from "@synfin/simulator/plot";
import { html, nothing, type TemplateResult } from "lit";
import type { Language } from "../locale/language.ts";
import type { LoadView } from "./load-controller.ts";
import type { Numbers } from "./numbers.ts";
import type { LoadWords } from "./words.ts";

/** What every panel needs: the run, and the language to tell it in. */
export interface Scene {
  readonly view: LoadView;
  readonly words: LoadWords;
  readonly numbers: Numbers;
  readonly language: Language;
}

/** Start, pause and end are said aloud; frames are not. */
export function announcement(scene: Scene): string {
  const { view, words } = scene;
  if (view.phase === "done") return statusLine(scene);
  if (view.phase === "idle" || view.phase === "failed") return "";
  return words.status[view.phase === "starting" ? "running" : view.phase];
}

/** The live figures of the run. */
export function figures(scene: Scene, host: number): TemplateResult {
  const { view, words, numbers } = scene;
  const failed = field(view, "failed");
  return html`<dl part="figures">
    ${figure(words.opened, count(scene, "opened"))}
    ${figure(words.established, count(scene, "established"))}
    ${figure(words.timeWait, timeWait(scene, host))}
    ${figure(words.closed, count(scene, "closed"))}
    ${figure(words.failed, count(scene, "failed"), (failed ?? 0) > 0 ? "bad" : "")}
    ${Object.entries(view.result?.failures ?? {}).map(([errno, times]) =>
      figure(errno, numbers.whole(times), "bad wide"),
    )}
    ${figure(words.backend, view.backend ? words.backends[view.backend] : words.notYet, "small")}
    ${figure(words.segments, count(scene, "segments"), "small")}
    ${figure(words.digest, view.result?.digest ?? words.notYet, "small wide")}
  </dl>`;
}

function figure(name: string, value: string, look = ""): TemplateResult {
  return html`<div class=${look.includes("wide") ? "wide" : nothing}>
    <dt>${name}</dt>
    <dd class=${look === "" ? nothing : look}>${value}</dd>
  </div>`;
}

function field(view: LoadView, name: FrameField): number | undefined {
  return view.frame === undefined ? undefined : frameField(view.frame, name);
}

function count({ view, words, numbers }: Scene, name: FrameField): string {
  const value = field(view, name);
  return value === undefined ? words.notYet : numbers.whole(value);
}

function timeWait({ view, words, numbers }: Scene, host: number): string {
  return view.now === undefined
    ? words.notYet
    : numbers.whole(countOf(view.now, host, State.TIME_WAIT));
}

/** Where the run stands, in a line. */
export function statusLine({ view, words, numbers }: Scene): string {
  if (view.phase === "idle" || view.phase === "failed") return "";
  if (view.phase === "done" && view.result !== undefined) {
    const { virtualUs } = view.result;
    const { closed, failed } = view.result.connections;
    return words.done({
      closed: numbers.whole(closed),
      failed: numbers.whole(failed),
      time: numbers.seconds(virtualUs),
    });
  }
  const status = view.phase === "done" ? "running" : view.phase;
  const percent = `${Math.floor(view.progress * 100)} %`;
  return `${words.status[status]} · ${percent}`;
}

/** Told where the file of a scenario did not come; the element goes on with another. */
export function missing({ words }: Scene, tryAgain: () => void): TemplateResult {
  return html`<p class="missing" role="alert">
    ${words.missing} <button type="button" @click=${tryAgain}>${words.tryAgain}</button>
  </p>`;
}
