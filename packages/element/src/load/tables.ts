import type { CensusRow } from "@synfin/simulator/bulk";
import { type Band, bandsOf, countOf, totalOf } from "@synfin/simulator/plot";
import { html, nothing, type TemplateResult } from "lit";
import { censusToDraw } from "./load-controller.ts";
import type { Scene } from "./panels.ts";

/** The tables that a reader unfolds; that of the counts is made only where it is open. */
export function tables(
  scene: Scene,
  host: number,
  isOpen: boolean,
  unfold: (isOpen: boolean) => void,
): TemplateResult {
  const { words, view } = scene;
  const census = censusToDraw(view);
  const counts = isOpen ? censusTable(scene, census, bandsOf(host, census), host) : nothing;
  const toggle = (event: Event): void => unfold((event.target as HTMLDetailsElement).open);
  return html`${
    view.result === undefined ? nothing : fold(words.spans, spansTable(scene))
  }${fold(words.table, counts, toggle)}`;
}

/** A table that its reader unfolds. */
function fold(
  title: string,
  table: TemplateResult | typeof nothing,
  toggle?: (event: Event) => void,
): TemplateResult {
  return html`<details @toggle=${toggle ?? nothing}>
    <summary>${title}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${title}>${table}</div>
  </details>`;
}

/** The counts over time for those who read tables. */
function censusTable(
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
function spansTable({ view, words, numbers }: Scene): TemplateResult {
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
