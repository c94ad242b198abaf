import type { LoadResult } from "@synfin/simulator/load";
import { bandsOf, type End } from "@synfin/simulator/plot";
import {
  type CSSResultGroup,
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type TemplateResult,
} from "lit";
import { LanguageController } from "../locale/language-controller.ts";
import { type ChartChoice, chartCard } from "./chart-card.ts";
import { type Actions, runBar, settingsForm } from "./controls.ts";
import { censusToDraw, LoadController, type LoadView } from "./load-controller.ts";
import { numbersOf } from "./numbers.ts";
import { announcement, censusTable, figures, type Scene, statusLine, titleOf } from "./panels.ts";
import { DEFAULT_SETTINGS, type LoadSettings, settingErrors, specOf } from "./settings.ts";
import { SizeController } from "./size-controller.ts";
import { loadStyles } from "./styles.ts";
import { LOAD_WORDS } from "./words.ts";

/** The detail of `tcp-end`. */
export interface LoadEndDetail {
  readonly reason: "done" | "cancelled" | "failed";
  /** Only where the run came to its end. */
  readonly result?: LoadResult;
  /** Only where it failed. */
  readonly error?: string;
}

/** The events of `<tcp-load>`, for typed listeners. */
export interface TcpLoadEventMap {
  "tcp-start": Event;
  "tcp-end": CustomEvent<LoadEndDetail>;
}

/**
 * A crowd of TCP connections, run by the machine of RFC 9293 in a worker, and
 * the counts of their states over virtual time.
 *
 * Attributes: `connections`, `rate`, `seed`, `worker-url`, `autorun`, `lang`.
 * Events: `tcp-start`, and `tcp-end` with a `LoadEndDetail`; they do not bubble.
 * Importing this class registers no tag; importing `./define` does.
 */
export class TcpLoad extends LitElement {
  static override readonly styles: CSSResultGroup = loadStyles;
  static override readonly properties: PropertyDeclarations = {
    // Reflected, but for the defaults: attributes that the page did not write
    // would be in the way of frameworks that hydrate it.
    connections: { type: Number, reflect: true, useDefault: true },
    rate: { type: Number, reflect: true, useDefault: true },
    seed: { type: Number, reflect: true, useDefault: true },
    workerUrl: { type: String, attribute: "worker-url", reflect: true },
    autorun: { type: Boolean, reflect: true },
    _end: { state: true },
    _lookUs: { state: true },
    _tableOpen: { state: true },
  };

  /** How many connections are opened in all; 1 to 100,000. */
  declare connections: number;
  /** How many connections start in each second of virtual time. */
  declare rate: number;
  /** The same seed gives the same digest; 0 to 2³² − 1. */
  declare seed: number;
  /** A self-hosted worker file, for pages whose policy forbids Blob workers. */
  declare workerUrl: string | undefined;
  /** Start by itself when it comes into view, unless the reader prefers less motion. */
  declare autorun: boolean;
  declare _end: End;
  declare _lookUs: number | undefined;
  declare _tableOpen: boolean;

  readonly #language: LanguageController = new LanguageController(this);
  readonly #load: LoadController = new LoadController(this, (view) => this.#announceEnd(view));
  readonly #size: SizeController = new SizeController(this, ".plot", 640);
  readonly #actions: Actions = {
    set: (field, value) => {
      this[field] = value;
    },
    run: () => this.run(),
    pause: () => this.pause(),
    resume: () => this.resume(),
    cancel: () => this.cancel(),
  };
  #sight: IntersectionObserver | undefined;

  constructor() {
    super();
    Object.assign(this, DEFAULT_SETTINGS);
    this.autorun = false;
    this._end = "client";
    this._tableOpen = false;
  }

  /** The run as it stands. */
  get view(): LoadView {
    return this.#load.view;
  }

  /** Starts a run with the present settings. A run under way gives way to it. */
  run(): void {
    const settings = this.#settings();
    if (settingErrors(settings).length > 0) return;
    this._lookUs = undefined;
    this.dispatchEvent(new Event("tcp-start"));
    const workerUrl = this.workerUrl || undefined;
    void this.#load.run(specOf(settings), { workerUrl });
  }

  pause(): void {
    this.#load.pause();
  }

  resume(): void {
    this.#load.resume();
  }

  cancel(): void {
    this.#load.cancel();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.autorun || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.#sight = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.#sight?.disconnect();
      if (this.view.phase === "idle") this.run();
    });
    this.#sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sight?.disconnect();
  }

  protected override render(): TemplateResult {
    const { language } = this.#language;
    const scene: Scene = {
      view: this.view,
      words: LOAD_WORDS[language],
      numbers: numbersOf(language),
    };
    const title = titleOf(scene, this.connections);
    const { active } = this.#load;
    return html`<section class="frame" part="frame" aria-label=${title}>
      <header class="bar" part="header">
        <span class="title">${title}</span>
        <span class="progress-text">${statusLine(scene)}</span>
      </header>
      ${settingsForm(scene, this.#settings(), active, this.#actions)}
      <div class="main">
        ${chartCard(scene, this.#choice())}
        <div class="card side">
          <div class="heading"><h3>${scene.words.figures}</h3></div>
          ${figures(scene, this.seed)}
        </div>
      </div>
      ${this.#table(scene)} ${runBar(scene, active, this.#actions)}
      <p class="status" role="status">${announcement(scene)}</p>
    </section>`;
  }

  #choice(): ChartChoice {
    return {
      end: this._end,
      lookUs: this._lookUs,
      width: this.#size.width,
      choose: ({ end, lookUs }) => {
        this._end = end ?? this._end;
        this._lookUs = lookUs ?? this._lookUs;
      },
    };
  }

  #table(scene: Scene): TemplateResult {
    const census = censusToDraw(scene.view);
    const bands = bandsOf(this._end, census);
    const toggle = (event: Event): void => {
      this._tableOpen = (event.target as HTMLDetailsElement).open;
    };
    return html`<details @toggle=${toggle}>
      <summary>${scene.words.table}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${scene.words.table}>
        ${this._tableOpen ? censusTable(scene, census, bands, this._end) : nothing}
      </div>
    </details>`;
  }

  #settings(): LoadSettings {
    return { connections: this.connections, rate: this.rate, seed: this.seed };
  }

  #announceEnd(view: LoadView): void {
    const { phase, result, error } = view;
    const reason = phase === "done" || phase === "failed" ? phase : "cancelled";
    const detail: LoadEndDetail = {
      reason,
      ...(result === undefined ? {} : { result }),
      ...(error === undefined ? {} : { error }),
    };
    this.dispatchEvent(new CustomEvent("tcp-end", { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "tcp-load": TcpLoad;
  }
}
