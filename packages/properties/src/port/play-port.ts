import type { PortTrial } from "../arbitraries/port-trial.ts";
import { fromHex } from "../run/hex.ts";
import type { Run } from "../run/run.ts";
import { machinePort } from "./machine-port.ts";
import type { Port, PortInput, PortOutput, PortSegment } from "./port.ts";
import { PortEvents } from "./port-events.ts";
import { PortLink } from "./port-link.ts";
import { PortRecord } from "./port-record.ts";
import { portRunOf } from "./port-run.ts";
import { type DueStep, PortScript } from "./port-script.ts";
import { PortError, readOutput } from "./read-output.ts";

/** So many microseconds after the last segment or call a run is cut: R2 and TIME-WAIT fit. */
const PATIENCE_US = 900_000_000;

/** What a run may come to before it is given up: many times what it takes to say everything. */
const MOST_SEGMENTS = 2000;
const MOST_STEPS = 20_000;

/** So much is shown of where a port throws. */
const MOST_FRAMES = 3;

/** Thrown where a port's answer is none, or where a run does not come to an end. */
export class PortFailure extends Error {
  override readonly name = "PortFailure";
  /** The run until then. */
  readonly run: Run;

  constructor(message: string, run: Run, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.run = run;
  }
}

/**
 * Plays a connection between a TCP under test and synfin's own machine, in
 * virtual time, over the trial's link and under its faults. Rejects with a
 * `PortFailure` where the port's answer is none, or where the run does not end.
 */
export async function playPort(trial: PortTrial, port: Port): Promise<Run> {
  const world = new PortWorld(trial, port);
  try {
    return await world.play();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new PortFailure(message, world.run(true), error);
  }
}

/** Within one microsecond segments arrive before users call, and timers run out last. */
const Rank = { ARRIVAL: 0, CALL: 1 } as const;

class PortWorld {
  private nowUs = 0;
  private newsAtUs = 0;
  private readonly trial: PortTrial;
  private readonly ports: readonly Port[];
  private readonly wakes = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  private readonly events = new PortEvents();
  private readonly record: PortRecord;
  private readonly link: PortLink;
  private readonly script: PortScript;

  constructor(trial: PortTrial, port: Port) {
    const { scenario, seed, subject } = trial;
    this.trial = trial;
    this.ports = scenario.hosts.map(({ name, params }) => {
      return name === subject ? port : machinePort(params);
    });
    this.record = new PortRecord(scenario);
    this.link = new PortLink(scenario, seed);
    this.script = new PortScript(scenario);
  }

  async play(): Promise<Run> {
    for (const [host, { isns }] of this.trial.scenario.hosts.entries()) {
      await this.step(host, { type: "start", nowUs: 0, iss: isns?.[0] ?? 0 });
    }
    for (const due of this.script.start()) this.schedule(due);
    for (let steps = 0; this.nextAtUs !== Number.POSITIVE_INFINITY; steps += 1) {
      if (this.nextAtUs > this.newsAtUs + PATIENCE_US) return this.run(true);
      this.refuseEndless(steps);
      await this.next();
    }
    return this.run(false);
  }

  /** What has been recorded so far. */
  run(cut: boolean): Run {
    const { scenario, seed, subject } = this.trial;
    const trace = this.record.trace(seed, cut ? this.newsAtUs + PATIENCE_US : this.nowUs, subject);
    const peer = scenario.hosts.find(({ name }) => name !== subject);
    const params = peer === undefined ? {} : { [peer.name]: peer.params ?? {} };
    return portRunOf(trace, subject, { cut, watched: this.record, params });
  }

  private get nextAtUs(): number {
    return Math.min(this.events.nextAtUs, ...this.wakes);
  }

  private refuseEndless(steps: number): void {
    const segments = this.record.segments.length > MOST_SEGMENTS;
    if (!segments && steps <= MOST_STEPS) return;
    const much = segments
      ? `${MOST_SEGMENTS} segments`
      : `${MOST_STEPS} calls, arrivals and timers`;
    throw new Error(`more than ${much} by ${this.nowUs} µs: this run does not end`);
  }

  private async next(): Promise<void> {
    this.nowUs = this.nextAtUs;
    const { nowUs } = this;
    if (this.events.nextAtUs === nowUs) {
      this.newsAtUs = nowUs;
      await this.events.take()?.happen();
    } else {
      await this.step(this.wakes.indexOf(nowUs), { type: "time", nowUs });
    }
  }

  /** Something happens to a port, and what it does about that goes on the record. */
  private async step(host: number, input: PortInput): Promise<void> {
    const output = await this.answer(host, input);
    const { nowUs, record } = this;
    const { wakeAtUs, state, segments = [], events = [], received = "" } = output;
    this.wakes[host] = wakeAtUs ?? Number.POSITIVE_INFINITY;
    if (input.type === "call") {
      const length = input.call === "send" ? input.text.length / 2 : undefined;
      record.called(host, nowUs, input.call, length, output.error);
    }
    record.received(host, nowUs, fromHex(received));
    for (const event of events) record.told(host, nowUs, event);
    if (state !== undefined) record.state(host, nowUs, state);
    for (const segment of segments) this.send(host, segment);
    for (const due of this.script.after(host, nowUs, events)) this.schedule(due);
  }

  private async answer(host: number, input: PortInput): Promise<PortOutput> {
    const answer: unknown = await this.ask(host, input);
    try {
      // A timer that is due in this microsecond may still wait for its own input.
      return readOutput(answer, input.type === "time" ? this.nowUs + 1 : this.nowUs);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`the answer to ${JSON.stringify(input)}: ${message}`);
    }
  }

  private async ask(host: number, input: PortInput): Promise<unknown> {
    try {
      return await this.ports[host]?.step(input);
    } catch (error) {
      if (error instanceof PortError || !(error instanceof Error)) throw error;
      // A TCP in this process: where it throws is half of what there is to know.
      const [what, ...frames] = (error.stack ?? String(error)).split("\n");
      const where = frames.slice(0, MOST_FRAMES).join("\n");
      throw new Error(`the answer to ${JSON.stringify(input)} is a throw: ${what}\n${where}`);
    }
  }

  private schedule({ atUs, step }: DueStep): void {
    const host = this.script.hostOf(step);
    const happen = () => this.step(host, this.script.callOf(step, atUs));
    this.events.add({ atUs, rank: Rank.CALL, happen });
  }

  private send(host: number, segment: PortSegment): void {
    const departed = this.record.depart(host, segment);
    const { id, copies } = this.link.carry(host, this.nowUs, departed);
    const arrivals = copies.map(({ atUs, verdict }) => ({ atUs, verdict }));
    this.record.sent(host, id, this.nowUs, departed, arrivals);
    for (const { atUs, verdict } of copies) {
      // A checksum tells what is damaged, and that is dropped without a word (MUST-3).
      if (verdict === "drop" || verdict === "corrupt") continue;
      const input = { type: "segment" as const, nowUs: atUs, ...segment };
      const happen = () => this.step(1 - host, input);
      this.events.add({ atUs, rank: Rank.ARRIVAL, happen });
    }
  }
}
