import { setTimeout as sleep } from "node:timers/promises";
import { type Delivery, portRunOf, type Run } from "@synfin/properties";
import { patternBytes, TRACE_VERSION, type Trace, type TraceEvent } from "@synfin/simulator";
import type { Connection } from "@synfin/tun";
import { KernelError, type KernelSocket } from "./kernel.ts";
import { KERNEL, type KernelTap, OUR_END } from "./kernel-tap.ts";
import type { KernelAct, KernelTrial } from "./kernel-trial.ts";
import { KERNELS, type Lab, OURS } from "./lab.ts";

/** So long both ends may take to come to rest after the last call. */
const PATIENCE_MS = 12_000;

/** One connection's users, and what is written down of them. */
class KernelRun {
  private readonly events: TraceEvent[] = [];
  private readonly deliveries: Delivery[] = [];
  private readonly sent = { kernel: 0, synfin: 0 };
  /** The kernel's user has no socket any more. */
  private aborted = false;
  private readonly lab: Lab;
  private readonly tap: KernelTap;
  private readonly ports: { readonly kernel: number; readonly ours: number };

  constructor(lab: Lab, tap: KernelTap, kernelPort: number, ourPort: number) {
    this.lab = lab;
    this.tap = tap;
    this.ports = { kernel: kernelPort, ours: ourPort };
  }

  async play({ kernelConnects, acts }: KernelTrial): Promise<Run> {
    const { ours, kernel } = await (kernelConnects ? this.kernelOpens() : this.weOpen());
    this.told(KERNEL, "connected");
    const reader = this.readKernel(kernel);
    void drain(ours);
    const startedMs = performance.now();
    for (const act of acts) {
      const waitMs = act.afterMs - (performance.now() - startedMs);
      if (waitMs > 0) await sleep(waitMs);
      await this.perform(act, ours, kernel);
    }
    const quiet = await this.rest();
    // A socket that its own user has reset leaves its reader without a word.
    await Promise.race([reader, sleep(quiet ? 1000 : 0)]);
    const run = this.run(!quiet);
    // Where the kernel's RST was lost, our end knows of nothing, and would wait for ever.
    ours.abort();
    return run;
  }

  private async kernelOpens(): Promise<{ ours: Connection; kernel: KernelSocket }> {
    const accepted = this.lab.accepted(this.ports.ours);
    this.called(KERNEL, "connect");
    const kernel = await this.lab.kernel.connect(OURS, this.ports.ours, this.ports.kernel);
    return { ours: await accepted, kernel };
  }

  private async weOpen(): Promise<{ ours: Connection; kernel: KernelSocket }> {
    this.called(KERNEL, "listen");
    const listener = await this.lab.kernel.listen(this.ports.kernel);
    const connecting = this.lab.host.connect(KERNELS, this.ports.kernel, this.ports.ours);
    const [ours, kernel] = await Promise.all([connecting, listener.accept()]);
    await listener.close();
    return { ours, kernel };
  }

  private async perform(act: KernelAct, ours: Connection, kernel: KernelSocket): Promise<void> {
    const { who, call, octets } = act;
    const text = patternBytes(this.sent[who], octets);
    const length = call === "send" ? octets : undefined;
    const event = this.called(who === "kernel" ? KERNEL : OUR_END, call, length);
    try {
      if (who === "kernel" && this.aborted) throw new Error("ENOTCONN");
      if (who === "kernel" && call === "abort") this.aborted = true;
      if (who === "kernel") await callKernel(kernel, act, Buffer.from(text).toString());
      else await callOurs(ours, act, text);
      this.sent[who] += octets;
    } catch (error) {
      // The other user may have aborted before: then the call has not been made.
      const failed = { ...event, error: error instanceof Error ? error.message : String(error) };
      this.events.splice(this.events.indexOf(event), 1, failed);
    }
  }

  private called(host: string, call: string, length?: number): TraceEvent {
    const octets = length === undefined ? {} : { length };
    const event = { type: "call" as const, atUs: this.tap.nowUs(), host, call, ...octets };
    this.events.push(event);
    return event;
  }

  private told(host: string, signal: string): void {
    this.events.push({ type: "signal", atUs: this.tap.nowUs(), host, signal });
  }

  private async readKernel(kernel: KernelSocket): Promise<void> {
    try {
      for (let text = await kernel.recv(); text !== ""; text = await kernel.recv()) {
        if (this.aborted) return;
        this.deliveries.push({ atUs: this.tap.nowUs(), host: KERNEL, bytes: Buffer.from(text) });
      }
      this.told(KERNEL, "peer closed");
    } catch (error) {
      const late = error instanceof KernelError && error.code === "ETIMEDOUT";
      this.told(KERNEL, late ? "timed out" : "connection reset");
    }
  }

  /** Waits until the kernel has nothing left to do for this connection. @returns whether it has */
  private async rest(): Promise<boolean> {
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 200) {
      const state = await this.lab.kernelStateOf(this.ports.kernel, this.ports.ours);
      if (state === "CLOSED" || state === "TIME-WAIT") return true;
      await sleep(200);
    }
    return false;
  }

  private run(cut: boolean): Run {
    const segments = [...this.tap.segments(this.ports.kernel)];
    const host = (name: string, address: string, port: number) => {
      return { name, address, port, isns: [], initialState: "CLOSED" as const };
    };
    const { kernel, ours } = this.ports;
    const trace: Trace = {
      ...{ format: "synfin-trace", version: TRACE_VERSION, scenario: "kernel", seed: 0 },
      ...{ profile: "Linux", digest: "", faults: [], segments, states: [], events: this.events },
      hosts: [host(KERNEL, KERNELS, kernel), host(OUR_END, OURS, ours)],
      endedAtUs: this.tap.nowUs(),
    };
    return portRunOf(trace, KERNEL, {
      cut,
      watched: { deliveries: this.deliveries, arrivals: [] },
    });
  }
}

/** Plays one connection between the kernel and our stack in real time, seen from the kernel. */
export async function playKernel(
  lab: Lab,
  tap: KernelTap,
  trial: KernelTrial,
  kernelPort: number,
  ourPort: number,
): Promise<Run> {
  return await new KernelRun(lab, tap, kernelPort, ourPort).play(trial);
}

async function callKernel(kernel: KernelSocket, { call }: KernelAct, text: string): Promise<void> {
  if (call === "send") await kernel.send(text);
  else if (call === "shutdown") await kernel.shutdown();
  else await kernel.reset();
}

async function callOurs(ours: Connection, { call }: KernelAct, text: Uint8Array): Promise<void> {
  if (call === "send") await ours.write(text);
  else if (call === "shutdown") ours.end();
  else ours.abort();
}

/** Our user reads to the end; a reset ends it, too. */
async function drain(ours: Connection): Promise<void> {
  try {
    while ((await ours.read()) !== undefined);
  } catch {
    // The kernel's user has aborted.
  }
}
