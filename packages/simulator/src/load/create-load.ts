import { RFC9293, type TcpParams } from "@synfin/core/tcp";
import { DigestObserver } from "../digest/digest-observer.ts";
import { World } from "../world/world.ts";
import { CrowdCensus } from "./crowd-census.ts";
import { FRAME, FRAME_HEAD, type LoadFrame, ROW_LENGTH, STATE_COUNT } from "./frame.ts";
import type { LoadResult, LoadRun } from "./run.ts";
import { checkLoadSpec, type LoadSpec } from "./spec.ts";
import { clientCount, Workload } from "./workload.ts";

export interface LoadOptions {
  /** Every segment travels as bytes, through the codec both ways. Slower, with the same digest. */
  readonly paranoid?: boolean;
}

/** About so many samples of the census in a run that goes as planned. */
const SAMPLES = 240;

/**
 * A crowd, ready to go. It runs the machine of RFC 9293 at both ends of every
 * connection, in the same world as a single scenario. Throws a RangeError for
 * a spec that `checkLoadSpec` finds fault with: check it before.
 */
export function createLoad(spec: LoadSpec, options: LoadOptions = {}): LoadRun {
  const errors = checkLoadSpec(spec);
  if (errors.length > 0) throw new RangeError(errors.map(({ message }) => message).join("; "));
  return new Crowd(spec, options.paranoid ?? false);
}

class Crowd implements LoadRun {
  readonly #spec: LoadSpec;
  readonly #world: World;
  readonly #census: CrowdCensus;
  readonly #digest: DigestObserver;
  #events = 0;

  constructor(spec: LoadSpec, paranoid: boolean) {
    const params: TcpParams = { ...RFC9293, ...spec.params };
    const scenario = `load/${spec.scenario}`;
    const workload = new Workload(spec);
    this.#spec = spec;
    this.#digest = new DigestObserver(scenario, spec.seed);
    this.#census = new CrowdCensus(spec.connections, sampleIntervalUs(spec, params));
    this.#world = new World({
      seed: spec.seed,
      scenario,
      link: { delayUs: spec.delayUs, loss: spec.loss },
      paranoid,
      observers: [this.#census, this.#digest, workload],
    });
    this.#world.addHost({ name: "server", address: "192.0.2.1", params });
    for (let index = 0; index < clientCount(spec.connections); index += 1) {
      const address = `192.0.2.${100 + index}`;
      this.#world.addHost({ name: `client-${index + 1}`, address, params });
    }
    workload.start(this.#world);
  }

  advance(maxEvents: number): boolean {
    for (let left = maxEvents; left > 0 && !this.#isOver(); left -= 1) {
      if (this.#world.step()) this.#events += 1;
    }
    return this.#isOver();
  }

  frame(): LoadFrame {
    const { first, rows } = this.#census.samples.take();
    const frame = new Float64Array(FRAME_HEAD + rows.length * ROW_LENGTH);
    const { client, server, opened, established, closed, failed } = this.#census;
    frame[FRAME.atUs] = this.#world.nowUs;
    frame[FRAME.events] = this.#events;
    frame[FRAME.opened] = opened;
    frame[FRAME.established] = established;
    frame[FRAME.closed] = closed;
    frame[FRAME.failed] = failed;
    frame[FRAME.progress] = this.#progress();
    frame[FRAME.firstRow] = first;
    frame[FRAME.rows] = rows.length;
    frame.set(client, FRAME_HEAD - 2 * STATE_COUNT);
    frame.set(server, FRAME_HEAD - STATE_COUNT);
    rows.forEach((row, index) => {
      frame.set([row.atUs, ...row.client, ...row.server], FRAME_HEAD + index * ROW_LENGTH);
    });
    return frame;
  }

  result(): LoadResult {
    if (!this.#isOver()) throw new Error("synfin: the result of a run that is still going on");
    const { client, server, samples, lastAtUs } = this.#census;
    const { opened, established, closed, failed, clientPeaks } = this.#census;
    const last = { atUs: lastAtUs, client: [...client], server: [...server] };
    return {
      spec: this.#spec,
      digest: this.#digest.digest.toString(),
      events: this.#events,
      endedAtUs: this.#world.nowUs,
      opened,
      established,
      closed,
      failed,
      clientPeaks: [...clientPeaks],
      census: [...samples.rows, last],
    };
  }

  #isOver(): boolean {
    return this.#world.nextAtUs === Number.POSITIVE_INFINITY;
  }

  /** A connection counts half when it opens and half when it is over. */
  #progress(): number {
    if (this.#isOver()) return 1000;
    const { opened, closed, failed } = this.#census;
    const halves = opened + closed + failed;
    return Math.min(999, Math.floor((500 * halves) / this.#spec.connections));
  }
}

/** Even distances over the time that the run takes if nothing is lost. */
function sampleIntervalUs(spec: LoadSpec, params: TcpParams): number {
  const openingUs = (spec.connections * 1_000_000) / spec.ratePerSecond;
  const lifeUs = spec.holdUs + 6 * spec.delayUs + 2 * params.mslUs;
  return Math.max(1, Math.ceil((openingUs + lifeUs) / SAMPLES));
}
