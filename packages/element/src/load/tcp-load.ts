import type { BulkSummary } from "@synfin/simulator/bulk";
import { bandsOf } from "@synfin/simulator/plot";
import {
  type CSSResultGroup,
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type TemplateResult,
} from "lit";
import { LanguageController } from "../locale/language-controller.ts";
import type { Piece } from "../pieces/piece.ts";
import { PiecesController } from "../pieces/pieces-controller.ts";
import { type ChartChoice, chartCard } from "./chart-card.ts";
import { findings } from "./findings.ts";
import { type Actions, settingsForm } from "./form.ts";
import { type Intent, intentOf } from "./intent.ts";
import { censusToDraw, LoadController, type LoadView } from "./load-controller.ts";
import { numbersOf } from "./numbers.ts";
import {
  announcement,
  censusTable,
  figures,
  type Scene,
  spansTable,
  statusLine,
} from "./panels.ts";
import { runBar } from "./run-bar.ts";
import { scenarioPiece } from "./scenarios.ts";
import {
  DEFAULT_SCENARIO,
  DEFAULT_SEED,
  type Form,
  formOf,
  type LoadSettings,
  requestOf,
  withValue,
} from "./settings.ts";
import { SizeController } from "./size-controller.ts";
import { story } from "./story.ts";
import { loadStyles } from "./styles.ts";
import { LOAD_WORDS } from "./words.ts";

/** The detail of `tcp-end`. */
export interface LoadEndDetail {
  readonly reason: "done" | "cancelled" | "failed";
  /** Only where the run came to its end. */
  readonly result?: BulkSummary;
  /** Only where it failed. */
  readonly error?: string;
}

/** The events of `<tcp-load>`, for typed listeners. */
export interface TcpLoadEventMap {
  "tcp-start": Event;
  "tcp-end": CustomEvent<LoadEndDetail>;
}

/**
 * A crowd of TCP connections, run by the machine of RFC 9293 in a worker: the
 * counts of their states over virtual time, and what theory says about them.
 *
 * Attributes: `scenario`, `profile`, `connections`, `rate`, `set`, `seed`,
 * `worker-url`, `autorun`, `lang`.
 * Events: `tcp-start`, and `tcp-end` with a `LoadEndDetail`; they do not bubble.
 * Importing this class registers no tag; importing `./define` does.
 */
export class TcpLoad extends LitElement {
  static override readonly styles: CSSResultGroup = loadStyles;
  static override readonly properties: PropertyDeclarations = {
    // Reflected, but for the defaults: attributes that the page did not write
    // would be in the way of frameworks that hydrate it.
    scenario: { type: String, reflect: true, useDefault: true },
    profile: { type: String, reflect: true },
    connections: { type: Number, reflect: true },
    rate: { type: Number, reflect: true },
    set: { type: String, reflect: true },
    seed: { type: Number, reflect: true, useDefault: true },
    workerUrl: { type: String, attribute: "worker-url", reflect: true },
    autorun: { type: Boolean, reflect: true },
    _host: { state: true },
    _lookUs: { state: true },
    _tableOpen: { state: true },
  };

  /** The name of one of the load scenarios. */
  declare scenario: string;
  /** Whose TCP it is, by the name of a profile; the scenario's own if there is none. */
  declare profile: string | undefined;
  /** The scenario's parameter of this name, where it has one; its default if there is none. */
  declare connections: number | undefined;
  declare rate: number | undefined;
  /** Any parameters of the scenario: `hold=5s loss=1%`. */
  declare set: string | undefined;
  /** The same seed gives the same digest; 0 to 2³² − 1. */
  declare seed: number;
  /** A self-hosted worker file, for pages whose policy forbids Blob workers. */
  declare workerUrl: string | undefined;
  /** Start by itself when it comes into view, unless the reader prefers less motion. */
  declare autorun: boolean;
  declare _host: number;
  declare _lookUs: number | undefined;
  declare _tableOpen: boolean;

  readonly #language: LanguageController = new LanguageController(this);
  readonly #pieces: PiecesController = new PiecesController(this);
  readonly #load: LoadController = new LoadController(this, (view) => this.#announceEnd(view));
  readonly #size: SizeController = new SizeController(this, ".plot", 640);
  readonly #actions: Actions = {
    choose: (scenario) => {
      const own = { connections: undefined, rate: undefined, set: undefined, profile: undefined };
      Object.assign(this, own, { scenario });
    },
    profile: (name) => {
      this.profile = name;
    },
    seed: (value) => {
      this.seed = value;
    },
    set: (field, value) => {
      Object.assign(this, withValue(this.#settings(), field, value));
    },
    run: () => this.run(),
    pause: () => this.pause(),
    resume: () => this.resume(),
    cancel: () => this.cancel(),
  };
  #sight: IntersectionObserver | undefined;

  constructor() {
    super();
    this.scenario = DEFAULT_SCENARIO;
    this.seed = DEFAULT_SEED;
    this.autorun = false;
    this._host = 0;
    this._tableOpen = false;
  }

  /** The run as it stands. */
  get view(): LoadView {
    return this.#load.view;
  }

  /** Starts a run with the present settings. A run under way gives way to it. */
  run(): void {
    if (this.#lacking() !== undefined) {
      void this.#whenHere().then(() => {
        if (this.#lacking() === undefined) this.run();
      });
      return;
    }
    const intent = intentFor(formOf(this.#settings()));
    if (intent === undefined) return;
    this._lookUs = undefined;
    this.dispatchEvent(new Event("tcp-start"));
    const workerUrl = this.workerUrl || undefined;
    void this.#load.run(intent, { workerUrl });
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

  /** What the chosen scenario is in, where that is not here yet. */
  #lacking(): Piece<unknown> | undefined {
    const piece = scenarioPiece(this.scenario);
    return piece?.now === undefined ? piece : undefined;
  }

  /** Fulfilled once the scenario is here, or cannot be had. */
  async #whenHere(): Promise<void> {
    const piece = this.#lacking();
    if (piece !== undefined) await this.#pieces.demand(piece).catch(() => {});
  }

  /** What stands there stays until the scenario that was chosen is here. */
  protected override scheduleUpdate(): Promise<unknown> | undefined {
    const piece = this.#lacking();
    if (piece !== undefined && !this.#pieces.hasLost(piece)) {
      return this.#whenHere().then(() => super.scheduleUpdate());
    }
    void super.scheduleUpdate();
    return undefined;
  }

  protected override render(): TemplateResult {
    const { language } = this.#language;
    const scene: Scene = {
      view: this.view,
      words: LOAD_WORDS[language],
      numbers: numbersOf(language),
      language,
    };
    const form = formOf(this.#settings());
    const intent = this.#shown(form);
    const title = form.scenario.title[language];
    const { active } = this.#load;
    const choice = this.#choice(intent?.hosts ?? []);
    return html`<section class="frame" part="frame" aria-label=${title}>
      <header class="bar" part="header">
        <span class="title">${title}</span>
        <span class="progress-text">${statusLine(scene)}</span>
      </header>
      ${this.#missing(scene)} ${settingsForm(scene, form, active, this.#actions)} ${story(scene, form)}
      <div class="main">
        ${chartCard(scene, intent, choice)}
        <div class="card side">
          <div class="heading"><h3>${scene.words.figures}</h3></div>
          ${figures(scene, choice.host)}
        </div>
      </div>
      ${findings(scene, intent)} ${this.#tables(scene, choice.host)}
      ${runBar(scene, active, this.#actions)}
      <p class="status" role="status">${announcement(scene)}</p>
    </section>`;
  }

  /** The run that there is, or the one that the form asks for if that is another. */
  #shown(form: Form): Intent | undefined {
    const { intent } = this.view;
    const asked = intentFor(form);
    const isSame = intent?.scenario === form.scenario;
    return this.#load.active || isSame ? (intent ?? asked) : asked;
  }

  #choice(hosts: readonly string[]): ChartChoice {
    return {
      host: Math.min(this._host, Math.max(0, hosts.length - 1)),
      hosts,
      lookUs: this._lookUs,
      width: this.#size.width,
      choose: ({ host, lookUs }) => {
        this._host = host ?? this._host;
        this._lookUs = lookUs ?? this._lookUs;
      },
    };
  }

  /** Told where the file of a scenario did not come; the element goes on with another. */
  #missing({ words }: Scene): TemplateResult | typeof nothing {
    const piece = this.#lacking();
    if (piece === undefined || !this.#pieces.hasLost(piece)) return nothing;
    return html`<p class="missing" role="alert">
      ${words.missing} <button type="button" @click=${this.#pieces.tryAgain}>${words.tryAgain}</button>
    </p>`;
  }

  #tables(scene: Scene, host: number): TemplateResult {
    const { words, view } = scene;
    const census = censusToDraw(view);
    const toggle = (event: Event): void => {
      this._tableOpen = (event.target as HTMLDetailsElement).open;
    };
    const table = this._tableOpen
      ? censusTable(scene, census, bandsOf(host, census), host)
      : nothing;
    return html`${
      view.result === undefined ? nothing : fold(words.spans, spansTable(scene))
    }${fold(words.table, table, toggle)}`;
  }

  #settings(): LoadSettings {
    const { scenario, seed } = this;
    return {
      ...{ scenario, seed },
      // Attributes that are taken away are null here.
      profile: this.profile ?? undefined,
      connections: this.connections ?? undefined,
      rate: this.rate ?? undefined,
      set: this.set ?? undefined,
    };
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

/** The run that a form asks for, unless something is wrong with it. */
function intentFor(form: Form): Intent | undefined {
  return form.problems.length === 0 ? intentOf(requestOf(form)) : undefined;
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

declare global {
  interface HTMLElementTagNameMap {
    "tcp-load": TcpLoad;
  }
}
