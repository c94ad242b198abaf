import { State } from "@synfin/core/tcp";
import { type CensusRow, type FrameField, frameField, mostOf } from "@synfin/simulator/bulk";
import { bandsOf, countOf } from "@synfin/simulator/plot";
import { html, type TemplateResult } from "lit";
import type { Intent } from "./intent.ts";
import { censusToDraw, type LoadView } from "./load-controller.ts";
import { mostHeld } from "./moments.ts";
import type { Scene } from "./panels.ts";
import { prose } from "./story.ts";
import { writeValue } from "./values.ts";

/** A line of the table: what, in each of the runs, and by how much they differ. */
interface Row {
  readonly name: string | ReturnType<typeof prose>;
  readonly a: string;
  readonly b: string;
  readonly difference: string;
}

/** Two runs beside each other: what was asked for otherwise, and what came of it. */
export function comparison(scene: Scene, kept: LoadView, host: number): TemplateResult {
  const { view, words } = scene;
  const rows = [...settingRows(scene, kept.intent, view.intent), ...figureRows(scene, kept, host)];
  return html`<div class="card theory compared" part="comparison">
    <div class="heading"><h3>${words.compared}</h3></div>
    <div class="scroll" tabindex="0" role="region" aria-label=${words.compared}>
      <table>
        <thead>
          <tr>
            <td></td>
            <th scope="col"><span class="letter">A</span></th>
            <th scope="col"><span class="letter">B</span></th>
            <th scope="col">${words.difference}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, a, b, difference }) => html`<tr>
              <th scope="row">${name}</th>
              <td>${a}</td>
              <td>${b}</td>
              <td>${difference}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

/** What was asked for otherwise. */
function settingRows({ words }: Scene, a: Intent | undefined, b: Intent | undefined): Row[] {
  const [left, right] = [settingsOf(a), settingsOf(b)];
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names
    .map((name) => ({
      name: name === "scenario" ? words.scenario : name === "profile" ? words.profile : name,
      a: left.get(name) ?? words.notYet,
      b: right.get(name) ?? words.notYet,
      difference: "",
    }))
    .filter((row) => row.a !== row.b);
}

function settingsOf(intent: Intent | undefined): Map<string, string> {
  if (intent === undefined) return new Map();
  const { scenario, request, values } = intent;
  return new Map([
    ["scenario", scenario.name],
    ["profile", request.choice.profile ?? scenario.profile],
    ...scenario.parameters.map(
      (one) => [one.key, writeValue(one, values[one.key] ?? Number.NaN)] as const,
    ),
    ["seed", String(request.seed)],
  ]);
}

type Write = (value: number) => string;
type Ask = (view: LoadView) => number | undefined;

function figureRows(scene: Scene, kept: LoadView, host: number): Row[] {
  const { words, numbers, view } = scene;
  const { whole, duration } = numbers;
  const share: Write = (value) => numbers.quantity(value, "ratio");
  const asked: readonly (readonly [string, Ask, Write])[] = [
    [words.opened, field("opened"), whole],
    [words.closed, field("closed"), whole],
    [words.failed, field("failed"), whole],
    [words.failedShare, failedShare, share],
    [words.mostOf(words.held), held(host), whole],
    [words.mostOf("TIME-WAIT"), mostIn(host, State.TIME_WAIT), whole],
    [words.segments, field("segments"), whole],
    [words.firstFailure, firstFailure, duration],
    [words.virtualTime, (one) => one.result?.virtualUs, duration],
    ...(["p50", "p99"] as const).map(
      (name) =>
        [
          `connect ${name}`,
          (one: LoadView) => one.result?.spans["connect"]?.[name],
          duration,
        ] as const,
    ),
  ];
  return [
    ...asked.map(([name, ask, write]) => row(scene, name, ask(kept), ask(view), write)),
    ...findingRows(scene, kept),
  ].filter(({ a, b }) => a !== words.notYet || b !== words.notYet);
}

/** What the runs showed of each claim that theory makes about one of them. */
function findingRows(scene: Scene, kept: LoadView): Row[] {
  const { numbers, view, language } = scene;
  const all = [kept, view].flatMap(({ intent }) => intent?.oracles ?? []);
  const claims = all.filter(({ name }, at) => all.findIndex((one) => one.name === name) === at);
  return claims.map(({ name, claim, unit }) => {
    const seen = (one: LoadView): number | undefined =>
      one.result?.findings.find((finding) => finding.name === name)?.observed;
    const write: Write = (value) => numbers.quantity(value, unit);
    return row(scene, prose(claim[language]), seen(kept), seen(view), write);
  });
}

function row(
  { words }: Scene,
  name: Row["name"],
  a: number | undefined,
  b: number | undefined,
  write: Write,
): Row {
  const text = (value: number | undefined): string =>
    value === undefined ? words.notYet : write(value);
  return { name, a: text(a), b: text(b), difference: differenceOf(a, b, write) };
}

function differenceOf(a: number | undefined, b: number | undefined, write: Write): string {
  if (a === undefined || b === undefined) return "";
  if (a === b) return "=";
  return `${b > a ? "+" : "−"}${write(Math.abs(b - a))}`;
}

function field(name: FrameField): Ask {
  return ({ frame }) => (frame === undefined ? undefined : frameField(frame, name));
}

function failedShare({ frame }: LoadView): number | undefined {
  if (frame === undefined) return undefined;
  return frameField(frame, "failed") / Math.max(1, frameField(frame, "opened"));
}

function firstFailure({ frame }: LoadView): number | undefined {
  const atUs = frame === undefined ? -1 : frameField(frame, "firstFailureUs");
  return atUs < 0 ? undefined : atUs;
}

function held(host: number): Ask {
  return most((census) => mostHeld(census, host, bandsOf(host, census)));
}

function mostIn(host: number, state: State): Ask {
  return most((census) => mostOf(census, (one) => countOf(one, host, state)));
}

/** Of a run that has not begun, nothing is known. */
function most(find: (census: readonly CensusRow[]) => { readonly count: number }): Ask {
  return (view) => (view.census.length === 0 ? undefined : find(censusToDraw(view)).count);
}
