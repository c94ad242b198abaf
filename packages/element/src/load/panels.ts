import { State } from "@synfin/core/tcp";
import { type CensusRow, type FrameField, frameField } from "@synfin/simulator/bulk";
import { type Band, countOf, totalOf } from "@synfin/simulator/plot";
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
    ${figure(words.speed, speed(scene))}
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
    const { virtualUs } = view.result;
    const { closed, failed } = view.result.connections;
    return words.done({
      closed: numbers.whole(closed),
      failed: numbers.whole(failed),
      time: numbers.seconds(virtualUs),
    });
  }
  const status = view.phase === "done" ? "running" : view.phase;
  const percent = `${Math.floor(progressOf(view) * 100)} %`;
  return `${words.status[status]} · ${percent}`;
}

/** The counts over time for those who read tables. */
export function censusTable(
  scene: Scene,
  census: readonly CensusRow[],
  bands: readonly Band[],
  host: number,
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
          ${columns.map((band) => html`<td>${numbers.whole(countOf(row, host, band.state))}</td>`)}
          <td>${numbers.whole(totalOf(row, host, bands))}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** How long things took: the percentiles of all that the run measured. */
export function spansTable({ view, words, numbers }: Scene): TemplateResult {
  const spans = Object.entries(view.result?.spans ?? {}).filter(([, { count }]) => count > 0);
  const columns = ["p50", "p90", "p99", "max"] as const;
  return html`<table part="spans">
    <thead>
      <tr>
        <th scope="col">${words.span}</th>
        <th scope="col">${words.times}</th>
        <th scope="col">${words.mean}</th>
        ${columns.map((name) => html`<th scope="col">${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${spans.map(
        ([name, span]) => html`<tr>
          <th scope="row">${name}</th>
          <td>${numbers.whole(span.count)}</td>
          <td>${numbers.duration(span.mean)}</td>
          ${columns.map((column) => html`<td>${numbers.duration(span[column])}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}
