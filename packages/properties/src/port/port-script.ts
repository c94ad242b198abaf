import { patternBytes, type Scenario, type Step } from "@synfin/simulator";
import { toHex } from "../run/hex.ts";
import type { PortCall, PortEvent } from "./port.ts";

/** A step of a script whose time has been fixed. */
export interface DueStep {
  readonly atUs: number;
  readonly step: Step;
}

/** The state that a step can wait for, by what a user is told. */
const STATES: Readonly<Partial<Record<PortEvent, string>>> = {
  connected: "ESTABLISHED",
  "peer closed": "CLOSE-WAIT",
};

/**
 * The users of both ends. A port has no states to look at: a step that waits
 * for ESTABLISHED waits for `connected`, one for CLOSE-WAIT for `peer closed`.
 */
export class PortScript {
  private readonly waiting: Set<Step>;
  private readonly names: readonly string[];
  private readonly octetsSent = [0, 0];

  constructor({ hosts, script }: Scenario) {
    this.names = hosts.map(({ name }) => name);
    this.waiting = new Set(script);
  }

  /** The steps that happen at a time of their own. */
  start(): DueStep[] {
    const due: DueStep[] = [];
    for (const step of this.waiting) if ("atUs" in step) due.push({ atUs: step.atUs, step });
    for (const { step } of due) this.waiting.delete(step);
    return due;
  }

  /** The steps that what a host's user was told sets off. */
  after(host: number, nowUs: number, events: readonly PortEvent[]): DueStep[] {
    const states = events.map((event) => STATES[event]);
    const due: DueStep[] = [];
    for (const step of this.waiting) {
      if (!("on" in step) || this.hostOf(step) !== host) continue;
      if (typeof step.on === "string" && states.includes(step.on)) {
        due.push({ atUs: nowUs + (step.afterUs ?? 0), step });
      }
    }
    for (const { step } of due) this.waiting.delete(step);
    return due;
  }

  hostOf({ host }: Step): number {
    return this.names.indexOf(host);
  }

  /** The step as a port's input; its text is the next stretch of the alphabet over and over. */
  callOf(step: Step, nowUs: number): PortCall {
    const { call } = step;
    switch (call) {
      case "listen":
      case "connect":
      case "shutdown":
      case "abort":
        return { type: "call", nowUs, call };
      case "send":
        return { type: "call", nowUs, call, text: this.nextText(this.hostOf(step), step.bytes) };
      default:
        throw new Error(`synfin: a port has no call "${call}"`);
    }
  }

  private nextText(host: number, length: number): string {
    const offset = this.octetsSent[host] ?? 0;
    this.octetsSent[host] = offset + length;
    return toHex(patternBytes(offset, length));
  }
}
