import type { Trace } from "@synfin/simulator";
import type { SeqMode } from "@synfin/simulator/view";
import type { CSSResultGroup, PropertyDeclarations, PropertyValues, TemplateResult } from "lit";
import { controls } from "#pieces";
import type { Place } from "../extras/deep-link.ts";
import { exporting, links } from "../extras/load.ts";
import { LinkController } from "../links/link-controller.ts";
import { LanguageController } from "../locale/language-controller.ts";
import { PiecesController } from "../pieces/pieces-controller.ts";
import { PrerenderedElement, repeatsServer } from "../prerendered/prerendered-element.ts";
import type { Listening } from "../typing/listening.ts";
import { actionsOf } from "./actions.ts";
import { DEFAULTS, mend } from "./defaults.ts";
import { fire, type TcpConnectionEventMap } from "./events.ts";
import type { ExportFormat } from "./export-format.ts";
import { stepAt } from "./frame.ts";
import { keepInView } from "./keep-in-view.ts";
import { paneSize } from "./pane-size.ts";
import { type Panel, panelsOf } from "./panel-names.ts";
import { type Picture, PictureMemory } from "./picture.ts";
import { PlaybackController, prefersLessMotion, type Reel } from "./playback-controller.ts";
import { Readiness } from "./readiness.ts";
import { reelOf } from "./reel.ts";
import { DELAY_SECONDS, type Outcome, type Ran } from "./run.ts";
import { RunController } from "./run-controller.ts";
import { isDark } from "./save-file.ts";
import type { Actions, Scene } from "./scene.ts";
import { sceneOf } from "./scene-of.ts";
import { SightController } from "./sight-controller.ts";
import { isOwnRun, type Source } from "./source.ts";
import { SourceController } from "./source-controller.ts";
import { type ConnectionState, stateOf } from "./state.ts";
import { connectionStyles } from "./styles/index.ts";
import { fetchAll, Surroundings } from "./surroundings.ts";
import { TOOLS, type Tool } from "./tool.ts";
import { UnfoldingController } from "./unfolding-controller.ts";
import { wholeView } from "./whole-view.ts";
import { CONNECTION_WORDS, type ConnectionWords } from "./words/first.ts";

const SECOND = 1_000_000;

/**
 * One TCP connection as a ladder that a reader plays, steps, scrubs and breaks:
 * a click on a segment loses it, and the machine of RFC 9293 runs what follows.
 * Importing this class registers no tag; importing `./define` does.
 *
 * @tagname tcp-connection
 * @attr {"en" | "ko"} lang - The language, `en` or `ko`; inherited like any `lang`.
 * @slot - Shown until the element is defined, and where what was asked for cannot be run; a
 * `<script type="application/json">` in it is a scenario or words of the page's own.
 */
export class TcpConnection extends PrerenderedElement {
  static override readonly styles: CSSResultGroup = connectionStyles;
  static override readonly properties: PropertyDeclarations = {
    scenario: { type: String, reflect: true, useDefault: true },
    seed: { type: Number, reflect: true, useDefault: true },
    faults: { type: String, reflect: true, useDefault: true },
    seq: { type: String, reflect: true, useDefault: true },
    speed: { type: Number, reflect: true, useDefault: true },
    autoplay: { type: Boolean, reflect: true, useDefault: true },
    tool: { type: String, reflect: true, useDefault: true },
    loop: { type: Boolean, reflect: true, useDefault: true },
    start: { type: Number, reflect: true },
    stop: { type: Number, reflect: true },
    view: { type: String, reflect: true },
    src: { type: String, reflect: true },
    link: { type: String, reflect: true },
    _selected: { state: true },
    _focused: { state: true },
    _copiedAtUs: { state: true },
    _field: { state: true },
  };

  /** The name of a scenario that ships, such as `lost-fin`. */
  declare scenario: string;
  /** Decides every random draw of the run: a whole number from 0 on. */
  declare seed: number;
  /** Faults in the fault grammar, separated by spaces: `drop:client:FIN delay=200ms:server:ACK`. */
  declare faults: string;
  /** Sequence numbers: `relative` to each end's first, or `absolute` as they are on the wire. */
  declare seq: SeqMode;
  /** How fast it plays; 1 is the usual speed. */
  declare speed: number;
  /** Play when it comes into view, unless the reader prefers reduced motion. */
  declare autoplay: boolean;
  /** What a click does to a segment to come: `drop`, `delay`, `duplicate`, or just `inspect`. */
  declare tool: Tool;
  /** Begin again at the end. */
  declare loop: boolean;
  /** The step that it begins with, from 1. */
  declare start: number | null;
  /** The step that it ends with, from 1; after a fault of the reader's it goes on to the end. */
  declare stop: number | null;
  /** What to show of `picker ladder controls narration states header transcript`; else all. */
  declare view: string | null;
  /** A file to play instead of a scenario: a trace as JSON, or a capture (pcap, pcapng). */
  declare src: string | null;
  /** Its own key in the fragment of the page's address; without it, the address is left alone. */
  declare link: string | null;
  declare addEventListener: Listening<this, TcpConnectionEventMap>["addEventListener"];
  declare removeEventListener: Listening<this, TcpConnectionEventMap>["removeEventListener"];
  declare _selected: string | undefined;
  declare _focused: string | undefined;
  declare _copiedAtUs: number | undefined;
  declare _field: string | undefined;

  readonly #language: LanguageController = new LanguageController(this);
  readonly #size = paneSize(this, () => this.#panels);
  readonly #pieces: PiecesController = new PiecesController(this);
  readonly #run: RunController = new RunController(this, this.#pieces);
  readonly #playback: PlaybackController = new PlaybackController(this, () => this.#reel());
  readonly #source: SourceController = new SourceController(this, this.#pieces);
  readonly #links: LinkController<Place> = new LinkController(
    this,
    this.#pieces,
    { format: links, defaultKey: "tcp" },
    (place) => this.#open(place),
  );
  readonly #unfolding: UnfoldingController = new UnfoldingController(this, () => !this.#isPending);
  readonly #surroundings = new Surroundings(this.#pieces, this.#unfolding);
  readonly #readiness: Readiness = new Readiness(
    this,
    this.#pieces,
    this.#source,
    this.#links,
    this.#unfolding,
  );
  readonly #pictures: PictureMemory = new PictureMemory();
  readonly #actions: Actions = actionsOf(this, this.#playback, this.#run, this.#pieces);
  #panels: ReadonlySet<Panel> = panelsOf(null);
  #told: { outcome?: Outcome; step?: number; source?: Source | undefined } = {};
  /** The run in which a place was sought last; another one begins at its start. */
  #soughtIn: Outcome | undefined;

  constructor() {
    super();
    new SightController(this, () => {
      if (!this.autoplay || this.#links.isAsked || prefersLessMotion()) return;
      void this.ready.then(() => this.play());
    });
    Object.assign(this, DEFAULTS);
  }

  /** The run that is shown, faults and drops included; undefined where and while there is none. */
  get trace(): Trace | undefined {
    const outcome = this.#outcome();
    return outcome.ok ? outcome.trace : undefined;
  }

  /** Where the element stands, as plain data. */
  get state(): ConnectionState {
    const outcome = this.#outcome();
    const frame = outcome.ok ? this.#scene(outcome).frame : undefined;
    return stateOf(outcome, frame, this.#reel(), !this.paused);
  }

  /** Fulfilled once what was asked for is drawn, or cannot be: see `state`. */
  get ready(): Promise<void> {
    return this.#readiness.ready();
  }

  /** Seconds of virtual time; setting it seeks. */
  get currentTime(): number {
    return this.#playback.atUs / SECOND;
  }

  set currentTime(seconds: number) {
    this.seek(seconds);
  }

  /** Whether it is not playing. */
  get paused(): boolean {
    return !this.#playback.playing;
  }

  /** Plays from here, or from the start where it stands at the end. */
  play(): void {
    this.#whenHere(() => this.#playback.play());
  }

  /** Stops where it is. */
  pause(): void {
    this.#playback.pause();
  }

  /** Goes so many steps on, or back where `count` is negative. */
  step(count = 1): void {
    this.#playback.step(count);
  }

  /** Goes to a time in seconds. */
  seek(seconds: number): void {
    if (!Number.isFinite(seconds)) return;
    this.#soughtIn = this.#outcome();
    this.#playback.seek(seconds * SECOND);
  }

  /** Loses a transmission by its id, `client-3`; what came before it stays as it was. */
  dropSegment(id: string): void {
    this.#strike(id, "drop");
  }

  /** Lets a transmission arrive so many seconds later than it would; 1.2 if left out. */
  delaySegment(id: string, seconds: number = DELAY_SECONDS): void {
    this.#strike(id, `delay=${Math.round(seconds * SECOND)}us`);
  }

  /** Lets a transmission arrive twice. */
  duplicateSegment(id: string): void {
    this.#strike(id, "duplicate");
  }

  #strike(id: string, action: string): void {
    this.#whenHere(() => {
      if (this.trace?.segments.some((segment) => segment.id === id)) this.#run.strike(id, action);
    });
  }

  #whenHere(act: () => void): void {
    this.#readiness.whenHere(this.#isPending, act);
  }

  /** Whether there is neither a run yet nor a word on why there is none. */
  get #isPending(): boolean {
    const outcome = this.#outcome();
    return !outcome.ok && outcome.message === "";
  }

  /** Takes the last fault back. */
  undo(): void {
    if (this.#run.canUndo) this.#run.undo();
  }

  /** Takes every fault back and goes to the start. */
  reset(): void {
    this.pause();
    this.#run.reset();
    this.#playback.seek(0);
    this._selected = undefined;
  }

  /**
   * The run as a file: `svg`, `png`, `json`, `text` or `pcapng`. Rejects where
   * there is no run.
   */
  async exportAs(format: ExportFormat): Promise<Blob> {
    await this.ready;
    const outcome = this.#outcome();
    if (!outcome.ok) throw new Error(outcome.message);
    const { language: lang } = this.#language;
    const dark = isDark(this.renderRoot.querySelector(".frame"));
    const { exportRun } = await this.#pieces.demand(exporting);
    const title = outcome.title[lang];
    return exportRun(outcome.trace, format, { title, lang, seq: this.seq, dark });
  }

  /**
   * The address of this page with scenario, faults and time in its fragment;
   * opened, an element with the same `link` stands there, paused.
   */
  toLink(): Promise<string> {
    const { scenario, seed, faults } = this;
    const all = [...this.#run.struck, faults].join(" ");
    return this.#links.addressOf({ scenario, seed, faults: all, atUs: this.#playback.atUs });
  }

  #open({ atUs, ...run }: Place): void {
    this.pause();
    this.#run.reset();
    Object.assign(this, run).seek(atUs / SECOND);
  }

  protected override hadOnServer(): Promise<void> {
    return fetchAll(this.#language.language);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#surroundings.dress(this.renderRoot);
    if (this.seq !== "absolute" && this.seq !== "relative") this.seq = "relative";
    if (!TOOLS.includes(this.tool)) this.tool = "drop";
    this.#playback.speed = this.speed > 0 ? this.speed : 1;
    this.#playback.loop = this.loop;
    if (changed.has("view")) this.#panels = panelsOf(this.view);
    // Before the first update a script may already have sought its place.
    if (!this.hasUpdated) {
      this.#playback.seek(this.#playback.atUs);
      return;
    }
    const hasCome = this.#told.outcome?.ok === false && this.#outcome().ok;
    if (changed.has("start") || changed.has("stop") || hasCome) {
      this.#playback.seek(this.#playback.atUs);
    }
    const names = ["scenario", "seed", "faults"] as const;
    if (names.some((name) => changed.has(name)) || this.#told.source !== this.#source.source) {
      this.#playback.pause();
      const sought = this.#soughtIn;
      // What was sought while the run was still being read is sought in it.
      const isKept = sought === this.#outcome() || (sought?.ok === false && sought.message === "");
      this.#playback.seek(isKept ? this.#playback.atUs : 0);
      this._selected = undefined;
      this._focused = undefined;
    }
  }

  protected override render(): TemplateResult {
    const outcome = this.#outcome();
    const { language } = this.#language;
    return wholeView({
      title: outcome.ok ? outcome.title[language] : this.scenario,
      isOwn: isOwnRun(this.#source.source),
      chosen: this.scenario,
      seq: this.seq,
      language,
      words: this.#words(),
      actions: this.#actions,
      panels: this.#panels,
      compact: this.#size.width < 540,
      controls: this.#surroundings.controls,
      isWithoutControls: this.#surroundings.isWithoutControls,
      copied: this.link === null ? undefined : this._copiedAtUs === this.#playback.atUs,
      shown: outcome.ok ? this.#scene(outcome) : outcome.message,
      tryAgain: this.#pieces.isMissing ? this.#pieces.tryAgain : undefined,
      onKey: this.#onKey,
      onFocus: this.#onFocus,
    });
  }

  protected override updated(): void {
    // The server has not told of its page's sources, so neither is anything told here.
    if (repeatsServer(this)) return;
    const outcome = this.#outcome();
    const steps = this.#pictures.last?.steps ?? [];
    const step = outcome.ok ? stepAt(steps, this.#playback.atUs) : 0;
    const before = this.#told;
    this.#told = { outcome, step, source: this.#source.source };
    if (before.outcome !== outcome) {
      if (outcome.ok) fire(this, "tcp-change", { trace: outcome.trace });
      else if (outcome.message !== "") fire(this, "error", { message: outcome.message });
    }
    if (before.step === step && before.outcome === outcome) return;
    if (outcome.ok && before.outcome?.ok === true && before.step !== step) {
      fire(this, "tcp-step", { step, steps: steps.length, atUs: this.#playback.atUs });
    }
    // A ladder that has just been drawn stands at its top, and to ask it would take time.
    if (before.outcome?.ok !== true && this.#playback.atUs === 0) return;
    const y = this.#pictures.last?.ladder.map.y(this.#playback.atUs);
    const smooth = !this.paused && !prefersLessMotion();
    keepInView(this.renderRoot.querySelector(".pane"), y, smooth);
  }

  #words(): ConnectionWords {
    return CONNECTION_WORDS[this.#language.language];
  }

  #outcome(): Outcome {
    mend(this);
    const { scenario, seed, faults } = this;
    const { source } = this.#source;
    return this.#run.outcome({ scenario, seed, faults, source }, this.#words());
  }

  #reel(): Reel | undefined {
    const outcome = this.#outcome();
    return outcome.ok ? this.#reelOf(outcome.trace) : undefined;
  }

  #reelOf(trace: Trace): Reel {
    // A fault of the reader's makes another run, which goes to its own end.
    return reelOf(this.#pictureOf(trace), this.start, this.#run.canUndo ? null : this.stop);
  }

  #pictureOf(trace: Trace): Picture {
    return this.#pictures.of(trace, this.#language.language, this.#size.width, this.seq);
  }

  #scene(ran: Ran): Scene {
    const { trace } = ran;
    const { language } = this.#language;
    const picture = this.#pictureOf(trace);
    return sceneOf(ran, picture, this.#playback, this, {
      isServers: repeatsServer(this),
      language,
      ...this.#surroundings.drawing(this.#panels, language),
      words: this.#words(),
      reel: this.#reelOf(trace),
      canUndo: this.#run.canUndo,
      actions: this.#actions,
    });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    controls.now?.handleKey(event, this.#actions, this.#pictures.last?.ladder.map.endUs ?? 0);
  };

  readonly #onFocus = (event: FocusEvent): void => {
    const segment = event.target instanceof Element ? event.target.closest("[data-segment]") : null;
    this._focused = segment?.getAttribute("data-segment") ?? undefined;
  };
}
