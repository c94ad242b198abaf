import { State } from "@synfin/core/tcp";
import { type Census, frameField } from "@synfin/simulator/load";
import { type Band, countOf, type End, totalOf } from "@synfin/simulator/plot";
import { html, nothing, type TemplateResult } from "lit";
import type { LoadView } from "./load-controller.ts";
import type { Numbers } from "./numbers.ts";
import type { LoadWords } from "./words.ts";

/** What every panel needs: the run, and the language to tell it in. */
export interface Scene {
  readonly view: LoadView;
  readonly words: LoadWords;
  readonly numbers: Numbers;
}

/** How many connections the run has, or would have. */
export function titleOf({ view, words, numbers }: Scene, connections: number): string {
  const value = view.spec?.connections ?? connections;
  return words.title(Number.isNaN(value) ? "?" : numbers.whole(value));
}

/** Start, pause and end are said aloud; frames are not. */
export function announcement(scene: Scene): string {
  const { view, words } = scene;
  if (view.phase === "done") return statusLine(scene);
  if (view.phase === "idle" || view.phase === "failed") return "";
  return words.status[view.phase === "starting" ? "running" : view.phase];
}

/** The live figures of the run. */
export function figures(scene: Scene, seed: number): TemplateResult {
  const { view, words, numbers } = scene;
  const failed = field(view, "failed");
  return html`<dl part="figures">
    ${figure(words.opened, count(scene, "opened"))}
    ${figure(words.established, count(scene, "established"))}
    ${figure(words.timeWait, timeWait(scene))}
    ${figure(words.closed, count(scene, "closed"))}
    ${figure(words.failed, count(scene, "failed"), (failed ?? 0) > 0 ? "bad" : "")}
    ${figure(words.speed, speed(scene))}
    ${figure(words.backend, view.backend ? words.backends[view.backend] : words.notYet, "small")}
    ${figure(words.seed, numbers.whole(view.spec?.seed ?? seed), "small")}
    ${figure(words.digest, view.result?.digest ?? words.notYet, "small wide")}
  </dl>`;
}

function figure(name: string, value: string, look = ""): TemplateResult {
  return html`<div class=${look.includes("wide") ? "wide" : nothing}>
    <dt>${name}</dt>
    <dd class=${look === "" ? nothing : look}>${value}</dd>
  </div>`;
}

type Counter = "opened" | "established" | "closed" | "failed" | "events" | "progress";

function field(view: LoadView, name: Counter): number | undefined {
  return view.frame === undefined ? undefined : frameField(view.frame, name);
}

function count({ view, words, numbers }: Scene, name: Counter): string {
  const value = field(view, name);
  return value === undefined ? words.notYet : numbers.whole(value);
}

function timeWait({ view, words, numbers }: Scene): string {
  const last = view.now;
  if (last === undefined) return words.notYet;
  return numbers.whole(last.client[State.TIME_WAIT] ?? 0);
}

function speed({ view, words, numbers }: Scene): string {
  const events = field(view, "events") ?? 0;
  return events > 0 && view.busyMs > 0
    ? numbers.short((events * 1000) / view.busyMs)
    : words.notYet;
}

/** How far the run has come, from 0 to 1. */
export function progressOf(view: LoadView): number {
  return (field(view, "progress") ?? 0) / 1000;
}

/** Where the run stands, in a line. */
export function statusLine({ view, words, numbers }: Scene): string {
  if (view.phase === "idle" || view.phase === "failed") return "";
  if (view.phase === "done" && view.result !== undefined) {
    const { closed, failed, endedAtUs } = view.result;
    return words.done({
      closed: numbers.whole(closed),
      failed: numbers.whole(failed),
      time: numbers.seconds(endedAtUs),
    });
  }
  const status = view.phase === "done" ? "running" : view.phase;
  const percent = `${Math.floor(progressOf(view) * 100)} %`;
  return `${words.status[status]} · ${percent}`;
}

/** The counts over time for those who read tables. */
export function censusTable(
  scene: Scene,
  census: readonly Census[],
  bands: readonly Band[],
  end: End,
): TemplateResult {
  const { words, numbers } = scene;
  const columns = [...bands].reverse();
  return html`<table part="table">
    <thead>
      <tr>
        <th scope="col">${words.time}</th>
        ${columns.map((band) => html`<th scope="col">${band.name}</th>`)}
        <th scope="col">${words.inAll}</th>
      </tr>
    </thead>
    <tbody>
      ${census.map(
        (row) => html`<tr>
          <th scope="row">${numbers.seconds(row.atUs)}</th>
          ${columns.map((band) => html`<td>${numbers.whole(countOf(row, end, band.state))}</td>`)}
          <td>${numbers.whole(totalOf(row, end, bands))}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
