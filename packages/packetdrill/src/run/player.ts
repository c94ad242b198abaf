import type { PacketAction, ScriptEvent, ShellAction, SyscallAction } from "../ast.ts";
import { printPacket, seconds } from "../print-script.ts";
import type { Bench, Sent } from "./bench.ts";
import { Descriptors } from "./calls/descriptors.ts";
import { runCode } from "./code/run-code.ts";
import { mismatch } from "./failure.ts";
import { injectIcmp } from "./icmp-in.ts";
import { inject } from "./packet-in.ts";
import { checkOutbound } from "./packet-out.ts";
import { checkCall, type PendingCall, startCall } from "./run-call.ts";
import type { Settings } from "./script-options.ts";
import { runShell } from "./shell/run-shell.ts";
import { Timestamps } from "./timestamps.ts";
import { type Span, spanOf, toleranceUs } from "./timing.ts";

/** Plays a script's events one after the other. Each method throws `ScriptFailure`. */
export class Player {
  private readonly bench: Bench;
  private readonly settings: Settings;
  private readonly descriptors = new Descriptors();
  private readonly timestamps: Timestamps;
  /** What relative times count from. */
  private lastUs = 0;
  /** A call that blocks, while the script goes on. */
  private pending: PendingCall | undefined;

  constructor(bench: Bench, settings: Settings) {
    this.bench = bench;
    this.settings = settings;
    this.timestamps = new Timestamps(settings.timestampTickUs, settings.tolerance.us);
  }

  play(event: ScriptEvent): void {
    const { action } = event;
    if (action.type === "packet" && action.direction === "out") this.expect(event, action);
    else this.act(event);
    if (this.pending?.returned !== undefined) this.settle(this.pending);
  }

  /** Waits for a call that still blocks. */
  finish(): void {
    const { pending } = this;
    if (pending?.end === undefined) return;
    const untilUs = pending.end.atUs + pending.end.toleranceUs;
    while (pending.returned === undefined && this.bench.advanceOnce(untilUs)) {
      // Each turn lets one timer run out.
    }
    this.settle(pending);
  }

  private settle(pending: PendingCall): void {
    this.pending = undefined;
    checkCall(pending, this.descriptors);
  }

  shell(action: ShellAction): void {
    runShell(action, this.bench);
    this.bench.transcript.note(this.bench.nowUs, this.bench.state, `\`${action.command}\``);
  }

  private act({ time, action }: ScriptEvent): void {
    const { bench } = this;
    const baseUs = time.type === "relative" ? this.lastUs : 0;
    const atUs = baseUs + (time.type === "any" ? 0 : time.us);
    // One call at a time: the next one waits until the one that blocks is over.
    if (action.type === "syscall") this.finish();
    bench.advance(atUs);
    const deltaUs = atUs - this.lastUs;
    this.lastUs = atUs;
    if (action.type === "packet") inject(action, bench, this.timestamps);
    else if (action.type === "shell") this.shell(action);
    else if (action.type === "code") runCode(action, bench);
    else if (action.type === "syscall") this.call(action, baseUs, deltaUs);
    else injectIcmp(action, bench);
  }

  private call(action: SyscallAction, baseUs: number, deltaUs: number): void {
    const slackUs = toleranceUs(this.settings.tolerance, deltaUs);
    const endUs = action.endUs === undefined ? undefined : baseUs + action.endUs;
    const end = endUs === undefined ? undefined : { atUs: endUs, toleranceUs: slackUs };
    const pending = startCall(action, this.bench, this.descriptors, end);
    if (end === undefined) checkCall(pending, this.descriptors);
    else this.pending = pending;
  }

  private expect({ time }: ScriptEvent, action: PacketAction): void {
    const span = spanOf(time, this.lastUs, this.settings.tolerance);
    const sent = this.bench.nextSent(span.toUs);
    if (sent === undefined) {
      const by = span.toUs === Number.POSITIVE_INFINITY ? "" : ` by ${seconds(span.toUs)} s`;
      mismatch(action.at, `"${printPacket(action)}"`, `nothing came${by}`);
    }
    checkOutbound(action, sent, this.bench, this.timestamps);
    checkTime(action, sent, span);
    this.lastUs = span.baseUs ?? sent.atUs;
  }
}

function checkTime(action: PacketAction, { atUs }: Sent, { fromUs, toUs }: Span): void {
  if (atUs >= fromUs && atUs <= toUs) return;
  const when = `between ${seconds(Math.max(0, fromUs))} s and ${seconds(toUs)} s`;
  mismatch(action.at, `"${printPacket(action)}" ${when}`, `it came at ${seconds(atUs)} s`);
}
