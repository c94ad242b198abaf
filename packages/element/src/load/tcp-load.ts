import type { OpenOptions } from "@synfin/worker";
import {
  type CSSResultGroup,
  html,
  nothing,
  type PropertyDeclarations,
  type TemplateResult,
} from "lit";
import { isDark } from "../connection/save-file.ts";
import { LinkController } from "../links/link-controller.ts";
import { LanguageController } from "../locale/language-controller.ts";
import type { Piece } from "../pieces/piece.ts";
import { PiecesController } from "../pieces/pieces-controller.ts";
import { PrerenderedElement } from "../prerendered/prerendered-element.ts";
import type { Listening } from "../typing/listening.ts";
import { type Actions, actionsOf, settingsOf } from "./actions.ts";
import { bandsAt, type ChartChoice, chartCard, rowAt } from "./chart-card.ts";
import { comparison } from "./compare.ts";
import { crowdGrid } from "./crowd-grid.ts";
import { endOf, type LoadOpenDetail, type TcpLoadEventMap } from "./events.ts";
import { loadFiles } from "./files/load.ts";
import { findings } from "./findings.ts";
import { settingsForm } from "./form.ts";
import { headerBar } from "./header-bar.ts";
import { type Intent, intentFor } from "./intent.ts";
import { censusToDraw, IDLE, LoadController, type LoadView } from "./load-controller.ts";
import type { LoadFormat } from "./load-format.ts";
import { formatSettings, LOAD_LINKS } from "./load-link.ts";
import { numbersOf } from "./numbers.ts";
import { openedView } from "./opened.ts";
import { OpenedController } from "./opened-controller.ts";
import { announcement, figures, missing, type Scene } from "./panels.ts";
import { runBar } from "./run-bar.ts";
import { scenarioPiece } from "./scenarios.ts";
import {
  DEFAULT_REPLICATIONS,
  DEFAULT_SCENARIO,
  DEFAULT_SEED,
  type Form,
  formOf,
  type LoadSettings,
} from "./settings.ts";
import { SizeController } from "./size-controller.ts";
import { story } from "./story.ts";
import { loadStyles } from "./styles.ts";
import { tables } from "./tables.ts";
import { LOAD_WORDS } from "./words.ts";

/**
 * A crowd of TCP connections, run by the machine of RFC 9293 in a worker: the
 * counts of their states over virtual time, each connection by itself, and what
 * theory says about them. Importing this class registers no tag; importing
 * `./define` does.
 *
 * @tagname tcp-load
 * @attr {"en" | "ko"} lang - The language, `en` or `ko`; inherited like any `lang`.
 */
export class TcpLoad extends PrerenderedElement {
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
    replications: { type: Number, reflect: true, useDefault: true },
    link: { type: String, reflect: true },
    _host: { state: true },
    _lookUs: { state: true },
    _tableOpen: { state: true },
    _nth: { state: true },
    _kept: { state: true },
    _notSaved: { state: true },
    _copied: { state: true },
  };

  /** The name of a load scenario, such as `port-exhaustion`. */
  declare scenario: string;
  /** Whose TCP the hosts run, such as `linux`; the scenario's own choice if left out. */
  declare profile: string | undefined;
  /** The scenario's parameter of this name, where it has one: how many there are. */
  declare connections: number | undefined;
  /** The scenario's parameter of this name, where it has one: how many open in a second. */
  declare rate: number | undefined;
  /** Any parameters of the scenario, by their names in the fields: `hold=5s loss=1%`. */
  declare set: string | undefined;
  /** Decides all that is left to chance, initial sequence numbers included: 0 to 2³² − 1. */
  declare seed: number;
  /** A worker file that the page hosts, where its policy forbids Blob workers. */
  declare workerUrl: string | undefined;
  /** Start when it comes into view, unless the reader prefers reduced motion. */
  declare autorun: boolean;
  /** How many independent runs with this seed: more than one give an interval. */
  declare replications: number;
  /** Its own key in the fragment of the page's address; without it, the address is left alone. */
  declare link: string | null;
  declare addEventListener: Listening<this, TcpLoadEventMap>["addEventListener"];
  declare removeEventListener: Listening<this, TcpLoadEventMap>["removeEventListener"];
  declare _host: number;
  declare _lookUs: number | undefined;
  declare _tableOpen: boolean;
  declare _nth: number;
  declare _kept: LoadView | undefined;
  declare _notSaved: string | undefined;
  /** The settings whose link was copied last. */
  declare _copied: string | undefined;

  readonly #language: LanguageController = new LanguageController(this);
  readonly #pieces: PiecesController = new PiecesController(this);
  readonly #load: LoadController = new LoadController(this, (view) =>
    this.dispatchEvent(endOf(view)),
  );
  readonly #open: OpenedController = new OpenedController(this);
  readonly #links: LinkController<LoadSettings> = new LinkController(
    this,
    this.#pieces,
    LOAD_LINKS,
    (settings) => {
      this.cancel();
      Object.assign(this, settings);
    },
  );
  readonly #size: SizeController = new SizeController(this, ".plot", 640);
  readonly #actions: Actions = actionsOf(this);
  /** What had the focus when a connection was opened. */
  #focused: Element | null = null;
  #sight: IntersectionObserver | undefined;

  constructor() {
    super();
    this.scenario = DEFAULT_SCENARIO;
    this.seed = DEFAULT_SEED;
    this.autorun = false;
    this.link = null;
    this.replications = DEFAULT_REPLICATIONS;
    this._host = 0;
    this._tableOpen = false;
    this._nth = 1;
  }

  /** The run as it stands, as plain data: `phase`, `intent`, `backend`, `census`, `result`. */
  get view(): LoadView {
    return this.#load.view;
  }

  /** The run that was kept to compare with; none at first. */
  get kept(): LoadView | undefined {
    return this._kept;
  }

  /** Starts a run with the present settings. A run under way gives way to it. */
  run(): void {
    if (this.#lacking() !== undefined) {
      void this.#whenHere().then(() => {
        if (this.#lacking() === undefined) this.run();
      });
      return;
    }
    const intent = intentFor(formOf(settingsOf(this)));
    if (intent === undefined) return;
    this._lookUs = undefined;
    this._notSaved = undefined;
    this._nth = 1;
    this.#open.close();
    this.dispatchEvent(new Event("tcp-start"));
    void this.#load.run(intent, this.#options(), this.replications);
  }

  /** Makes four more runs beside those that there are, so that what was seen has an interval. */
  runMore(): void {
    const { runs } = this.view;
    if (runs.length === 0 || this.#load.active) return;
    this.replications = runs.length + MORE_RUNS;
    this.dispatchEvent(new Event("tcp-start"));
    void this.#load.more(this.#options(), this.replications);
  }

  /** Keeps the run as it stands, to compare the next ones with. */
  keep(): void {
    if (this.view.census.length > 1) this._kept = this.view;
  }

  /** Lets go of the run that was kept. */
  letGo(): void {
    this._kept = undefined;
  }

  /**
   * Opens one connection of the run that there is, by its number from 1, in a
   * `<tcp-connection>`; settled once it is shown, or cannot be.
   */
  async openConnection(nth: number): Promise<void> {
    const { intent } = this.view;
    if (intent === undefined || !Number.isInteger(nth) || nth < 1) return;
    this._nth = nth;
    this.#focused = this.shadowRoot?.activeElement ?? null;
    const detail: LoadOpenDetail = { nth };
    this.dispatchEvent(new CustomEvent("tcp-open", { detail }));
    const found = this.#open.open(intent, nth, this.#options());
    await this.updateComplete;
    this.shadowRoot?.querySelector<HTMLElement>("[part=back]")?.focus();
    await found;
  }

  /** Goes back from a connection to the crowd, and to where the focus was. */
  closeConnection(): void {
    this.#open.close();
    const focused = this.#focused;
    void this.updateComplete.then(() => {
      if (focused instanceof HTMLElement) focused.focus();
    });
  }

  /**
   * The run as a file: the chart as `svg` or `png`, the result as `json`, as the
   * command line prints it, the counts over time as `csv`, and the chosen connection
   * as `pcapng`. Rejects where no run has come to its end.
   */
  async exportAs(format: LoadFormat): Promise<Blob> {
    const { intent, runs, busyMs } = this.view;
    if (intent === undefined || runs.length === 0) {
      throw new Error("there is no finished run to save; call run() and wait for tcp-end");
    }
    const { language } = this.#language;
    const dark = isDark(this.renderRoot.querySelector(".frame"));
    const { fileOf } = await loadFiles();
    const { request } = intent;
    return fileOf(format, {
      ...{ request, language, dark, wallMs: busyMs },
      wholes: runs.map(({ whole }) => whole),
      connection: () => this.#open.trace(intent, this._nth, this.#options()),
    });
  }

  #options(): OpenOptions {
    return { workerUrl: this.workerUrl || undefined };
  }

  /**
   * The address of this page with the settings in its fragment; opened, an element with the
   * same `link` has them, and waits to be told to run.
   */
  toLink(): Promise<string> {
    return this.#links.addressOf(settingsOf(this));
  }

  /** Holds the run under way. */
  pause(): void {
    this.#load.pause();
  }

  /** Goes on with a paused run. */
  resume(): void {
    this.#load.resume();
  }

  /** Ends the run under way; what has come of it so far stays. */
  cancel(): void {
    this.#load.cancel();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.autorun || this.#links.isAsked) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
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
    const piece = scenarioPiece(this.scenario, this.profile);
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
    const form = formOf(settingsOf(this));
    const intent = this.#shown(form);
    const scene: Scene = {
      view: intent === this.view.intent ? this.view : IDLE,
      words: LOAD_WORDS[language],
      numbers: numbersOf(language),
      language,
    };
    const title = (intent?.scenario ?? form.scenario).title[language];
    const { opened } = this.#open;
    const link = formatSettings(settingsOf(this));
    const lacking = this.#lacking();
    const isLost = lacking !== undefined && this.#pieces.hasLost(lacking);
    const copied = this.link === null ? undefined : this._copied === link;
    return html`<section class="frame" part="frame" aria-label=${title}>
      ${headerBar(scene, title, { kept: this._kept, notSaved: this._notSaved, copied }, this.#actions)}
      ${opened === undefined ? nothing : openedView(scene, opened, this.#actions.back)}
      <div ?hidden=${opened !== undefined}>
        ${isLost ? missing(scene, this.#pieces.tryAgain) : nothing} ${settingsForm(scene, form, this.#load.active, this.#actions)} ${story(scene, form)}
        ${this.#crowd(scene, intent)}
      </div>
      ${runBar(scene, this.#load.active, this.#actions)}
      <p class="status" role="status">${copied === true ? scene.words.copied : announcement(scene)}</p>
    </section>`;
  }

  #crowd(scene: Scene, intent: Intent | undefined): TemplateResult {
    const choice = this.#choice(intent?.hosts ?? []);
    const { host } = choice;
    const more = this.#load.active ? undefined : this.#actions.more;
    return html`<div class="main">
        ${chartCard(scene, intent, choice, this.#grid(scene, intent, choice))}
        <div class="side">
          <div class="card">
            <div class="heading"><h3>${scene.words.figures}</h3></div>
            ${figures(scene, host)}
          </div>
          ${findings(scene, intent, more)}
        </div>
      </div>
      ${this._kept === undefined ? nothing : comparison(scene, this._kept, host)}
      ${tables(scene, host, this._tableOpen, this.#actions.unfold)}`;
  }

  #grid(scene: Scene, intent: Intent | undefined, choice: ChartChoice): TemplateResult {
    const census = censusToDraw(scene.view);
    const { host, hosts, width, lookUs } = choice;
    return crowdGrid(scene, intent, {
      ...{ host, hosts: hosts.length, width, nth: this._nth },
      row: rowAt(census, lookUs),
      bands: bandsAt(host, census),
      choose: (nth) => {
        this._nth = nth;
      },
      open: this.#actions.open,
    });
  }

  /**
   * The run that there is. One of another scenario than is chosen is out of sight: shown is
   * what the form asks for.
   */
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
      kept: this._kept,
      choose: ({ host, lookUs }) => {
        this._host = host ?? this._host;
        this._lookUs = lookUs ?? this._lookUs;
      },
    };
  }
}

/** So many further runs make an interval. */
const MORE_RUNS = 4;

declare global {
  interface HTMLElementTagNameMap {
    "tcp-load": TcpLoad;
  }
}
