import { createSegment, flagBits, type StateChange, stateName } from "@synfin/core/tcp";
import type { Datagram, Outcome } from "@synfin/sockets";
import type { Host } from "../world/host.ts";
import type { Moment, Observer } from "../world/observer.ts";
import type { World } from "../world/world.ts";
import type { InjectedSegment, Scenario, Step, When } from "./scenario.ts";

/** The one connection of a scenario. */
export const SCENARIO_FLOW = 1;

const A = 97;
const LETTERS = 26;

/** The text that users of scenarios send: the alphabet over and over, a function of the offset. */
export function patternBytes(offset: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => A + ((offset + index) % LETTERS));
}

const DONE: Outcome<undefined> = { ok: true, value: undefined };
const NOT_CONNECTED: Outcome<never> = { ok: false, errno: "ENOTCONN" };

type SocketStep = Exclude<Step, { call: "listen" | "connect" | "reboot" | "inject" }>;

/**
 * The users of both ends. It watches the run for what a step waits for, and
 * schedules the step's call as an event of its own.
 */
export class Script implements Observer {
  private readonly steps: readonly Step[];
  private readonly waiting: Set<number>;
  private readonly octetsReceived = new Map<number, number>();
  private readonly octetsSent = new Map<number, number>();
  private world: World | undefined;

  constructor(scenario: Scenario) {
    this.steps = scenario.script;
    this.waiting = new Set(this.steps.keys());
  }

  /** Schedules what happens at a time; the rest waits for its cause. */
  start(world: World): void {
    this.world = world;
    this.steps.forEach((step, index) => {
      if ("atUs" in step) this.schedule(index, step, step.atUs);
    });
  }

  changed(moment: Moment, change: Readonly<StateChange>): void {
    const state = stateName(change.to);
    this.trigger(moment, (when) => "on" in when && when.on === state);
  }

  delivered(moment: Moment, length: number): void {
    const total = (this.octetsReceived.get(moment.host) ?? 0) + length;
    this.octetsReceived.set(moment.host, total);
    this.trigger(moment, (when) => {
      return "on" in when && typeof when.on === "object" && when.on.received <= total;
    });
  }

  private trigger(moment: Moment, matches: (when: When) => boolean): void {
    for (const index of [...this.waiting].sort((a, b) => a - b)) {
      const step = this.steps[index];
      if (step === undefined || !("on" in step) || !matches(step)) continue;
      if (this.host(step.host).index !== moment.host) continue;
      this.schedule(index, step, moment.atUs + (step.afterUs ?? 0));
    }
  }

  private schedule(index: number, step: Step, atUs: number): void {
    this.waiting.delete(index);
    const host = this.host(step.host);
    this.live().schedule({
      atUs,
      host: host.index,
      flow: SCENARIO_FLOW,
      origin: -1,
      order: index,
      run: () => {
        this.perform(host, step);
        return true;
      },
    });
  }

  private perform(host: Host, step: Step): void {
    const moment = host.moment(SCENARIO_FLOW);
    const world = this.live();
    // The call goes on the record before what it sets off, but only then is its errno known.
    world.reportAfterwards(
      () => this.call(host, step),
      (outcome) => {
        const errno = outcome.ok ? undefined : outcome.errno;
        const length = lengthOf(step, outcome);
        world.tell((observer) => observer.called?.(moment, step.call, length, errno));
      },
    );
  }

  private call(host: Host, step: Step): Outcome<unknown> {
    switch (step.call) {
      case "listen":
        return host.listen(step.port, SCENARIO_FLOW);
      case "connect":
        return host.connect(this.peerOf(host), step.port, step.fromPort, SCENARIO_FLOW);
      case "reboot":
        host.reboot(SCENARIO_FLOW);
        return DONE;
      case "inject":
        this.inject(host, step.segment);
        return DONE;
      default:
        return this.callOnSocket(host, step);
    }
  }

  /** The calls that need a connection fail where there is none. */
  private callOnSocket(host: Host, step: SocketStep): Outcome<unknown> {
    const socket = host.socket(SCENARIO_FLOW);
    const { nowUs } = this.live();
    if (socket === undefined) return NOT_CONNECTED;
    switch (step.call) {
      case "send":
        return host.stack.send(socket, this.nextBytes(host, step.bytes), nowUs, step.urgent);
      case "receive":
        return host.read(socket, step.bytes);
      case "keep-alive":
        host.keepAlive(socket);
        return DONE;
      case "shutdown":
        return host.stack.shutdown(socket, nowUs);
      case "close":
        return host.stack.close(socket, nowUs);
      case "abort":
        return host.stack.abort(socket, nowUs);
    }
  }

  private nextBytes(host: Host, length: number): Uint8Array {
    const offset = this.octetsSent.get(host.index) ?? 0;
    this.octetsSent.set(host.index, offset + length);
    return patternBytes(offset, length);
  }

  private inject(host: Host, injected: InjectedSegment): void {
    const length = injected.length ?? 0;
    const datagram: Datagram = {
      src: host.address,
      dst: this.peerOf(host).address,
      srcPort: injected.srcPort,
      dstPort: injected.dstPort,
      segment: {
        ...createSegment(),
        seq: injected.seq,
        ack: injected.ack ?? 0,
        flags: flagBits(injected.flags),
        window: injected.window ?? 0,
        length,
      },
      payload: patternBytes(0, length),
      flow: SCENARIO_FLOW,
    };
    this.live().send(host, datagram, false, true);
  }

  private peerOf(host: Host): Host {
    const peer = this.live().hosts.find((other) => other !== host);
    if (peer === undefined) throw new Error(`synfin: ${host.name} has no peer`);
    return peer;
  }

  private host(name: string): Host {
    const host = this.live().hosts.find((known) => known.name === name);
    if (host === undefined) throw new Error(`synfin: no host is called ${name}`);
    return host;
  }

  private live(): World {
    if (this.world === undefined) throw new Error("synfin: the script has not been started");
    return this.world;
  }
}

/** How many octets a call was about: asked for, or got. */
function lengthOf(step: Step, outcome: Outcome<unknown>): number | undefined {
  if (step.call === "send") return step.bytes;
  if (step.call !== "receive") return undefined;
  return outcome.ok && typeof outcome.value === "number" ? outcome.value : step.bytes;
}
