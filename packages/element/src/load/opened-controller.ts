import type { Trace } from "@synfin/simulator";
import { type OpenOptions, openSimulation, type Simulation } from "@synfin/worker";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { TcpConnection } from "../connection/tcp-connection.ts";
import { loadConnectionElement } from "./connection-element.ts";
import type { Intent } from "./intent.ts";
import { readyToSample } from "./sampling.ts";

/** A connection of a crowd that is open for a closer look. */
export interface Opened {
  /** Its number, from 1. */
  readonly nth: number;
  /** The run that it is of. */
  readonly intent: Intent;
  /** How many connections were opened on the way to it. */
  readonly reached: number;
  /** What it is shown in; undefined while it is looked for, or where there is nothing to show. */
  readonly element: TcpConnection | undefined;
  readonly trace: Trace | undefined;
  readonly error: string | undefined;
}

/**
 * Finds connections of a crowd: the run is made once more up to the end of the
 * one that was asked for, in a worker of its own, and that one written down.
 */
export class OpenedController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #simulation: Simulation | undefined;
  #asked = 0;
  /** The one that is open, if there is one. */
  opened: Opened | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Opens a connection; settled once it is shown, or cannot be. */
  async open(intent: Intent, nth: number, options: OpenOptions): Promise<void> {
    this.#leave();
    const asked = this.#asked;
    const nothing = { reached: 0, element: undefined, trace: undefined, error: undefined };
    this.#show({ nth, intent, ...nothing });
    try {
      const [trace] = await Promise.all([
        this.#find(intent, nth, options, asked),
        loadConnectionElement(),
      ]);
      if (asked !== this.#asked) return;
      const element = trace.segments.length > 0 ? elementFor(trace) : undefined;
      this.#show({ trace, element });
      await this.#host.updateComplete;
      await element?.ready;
      // What has happened is there to be read; who wants to see it happen plays it again.
      element?.seek(trace.endedAtUs / 1_000_000);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      if (asked === this.#asked) this.#show({ error: said });
    } finally {
      if (asked === this.#asked) this.#end();
    }
  }

  close(): void {
    this.#leave();
    this.opened = undefined;
    this.#host.requestUpdate();
  }

  /** The trace of a connection, without showing it. Rejects where there is none. */
  async trace(intent: Intent, nth: number, options: OpenOptions): Promise<Trace> {
    const { opened } = this;
    const known = opened?.nth === nth && opened.intent === intent ? opened.trace : undefined;
    if (known !== undefined) return known;
    await readyToSample();
    const simulation = await openSimulation(options);
    try {
      return await simulation.sample({ ...intent.request, nth });
    } finally {
      simulation.close();
    }
  }

  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.close();
    });
  }

  async #find(intent: Intent, nth: number, options: OpenOptions, asked: number): Promise<Trace> {
    await readyToSample();
    const simulation = await openSimulation(options);
    if (asked !== this.#asked) simulation.close();
    else this.#simulation = simulation;
    return simulation.sample({ ...intent.request, nth }, ({ opened }) => {
      if (asked === this.#asked) this.#show({ reached: opened });
    });
  }

  #leave(): void {
    this.#asked += 1;
    this.#end();
  }

  #end(): void {
    this.#simulation?.close();
    this.#simulation = undefined;
  }

  #show(change: Partial<Opened> | Opened): void {
    this.opened = { ...(this.opened as Opened), ...change };
    this.#host.requestUpdate();
  }
}

/** What a page would write to play a trace of its own: the element with the trace inside. */
function elementFor(trace: Trace): TcpConnection {
  const element = document.createElement("tcp-connection");
  const script = document.createElement("script");
  script.type = "application/json";
  // As a node of its own: where policies want trusted scripts, `textContent` would throw.
  script.append(JSON.stringify(trace));
  element.append(script);
  return element;
}
