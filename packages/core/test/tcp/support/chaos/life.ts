import {
  abort,
  checkTcb,
  clearOutbox,
  close,
  closeBoth,
  closedSegmentArrives,
  createOutbox,
  createTcb,
  icmpArrives,
  listenSegmentArrives,
  open,
  pollAt,
  receive,
  reopen,
  State,
  segmentArrives,
  send,
  setKeepAlive,
  type Tcb,
  type TcpParams,
  timeouts,
  timeWaitTakes,
} from "@synfin/core/tcp";
import type { Happening, Moment } from "./happening.ts";
import { judge } from "./judge.ts";
import { Memory } from "./memory.ts";

/** One connection under watch: whatever happens to it is judged. */
export class Life {
  readonly tcb: Tcb = createTcb();
  readonly params: TcpParams;
  nowUs: number;
  private readonly before: Tcb = createTcb();
  private readonly out = createOutbox();
  private memory = new Memory(0);
  private readonly watch: (moment: Moment) => void;

  /** `watch` sees every moment after it has been judged. */
  constructor(params: TcpParams, startUs: number, watch: (moment: Moment) => void) {
    this.params = params;
    this.nowUs = startUs;
    this.watch = watch;
  }

  /** Octets that the user could read. */
  get unread(): number {
    return this.tcb.rcvBuf - this.tcb.rcvFree;
  }

  /** What happens at a listener, before the connection exists. */
  get listening(): boolean {
    return this.tcb.state <= State.LISTEN;
  }

  meet(happening: Happening): void {
    const { tcb, before, out } = this;
    Object.assign(before, tcb);
    clearOutbox(out);
    const atListener = happening.kind === "arrives at listener" && this.listening;
    const state = atListener ? State.LISTEN : tcb.state;
    if (happening.kind === "open" || happening.kind === "arrives at listener") {
      if (this.isNew(happening)) this.memory = new Memory(happening.iss);
    }
    const result = this.act(happening);
    const { nowUs, params } = this;
    const moment = { happening, state, before, after: tcb, out, result, nowUs, params };
    checkTcb(tcb);
    judge(moment, this.memory);
    this.watch(moment);
  }

  private isNew(happening: Happening): boolean {
    if (happening.kind !== "arrives at listener" || this.listening) return true;
    return timeWaitTakes(this.tcb, happening.segment, this.params);
  }

  private act(happening: Happening): string {
    const { tcb, nowUs, params, out } = this;
    switch (happening.kind) {
      case "open":
        return open(tcb, happening.iss, nowUs, params, out);
      case "send":
        return send(tcb, happening.length, nowUs, params, out, happening.urgent);
      case "close":
        return close(tcb, nowUs, params, out);
      case "close both":
        return closeBoth(tcb, nowUs, params, out);
      case "abort":
        return abort(tcb, nowUs, params, out);
      default:
        this.suffer(happening);
        return "ok";
    }
  }

  private suffer(happening: Happening): void {
    const { tcb, nowUs, params, out } = this;
    if (happening.kind === "receive") receive(tcb, happening.length, nowUs, params, out);
    else if (happening.kind === "timeout") timeouts(tcb, nowUs, params, out);
    else if (happening.kind === "keep-alive") setKeepAlive(tcb, happening.on, nowUs, params);
    else if (happening.kind === "icmp")
      icmpArrives(tcb, happening.icmp, happening.quotedSeq, params, out);
    else if (happening.kind === "arrives") {
      if (tcb.state === State.CLOSED) closedSegmentArrives(happening.segment, out);
      else segmentArrives(tcb, happening.segment, nowUs, params, out);
    } else if (happening.kind === "arrives at listener") this.knock(happening);
  }

  private knock(happening: Extract<Happening, { kind: "arrives at listener" }>): void {
    const { tcb, nowUs, params, out } = this;
    const { segment, iss } = happening;
    if (this.listening) listenSegmentArrives(tcb, segment, iss, nowUs, params, out);
    else if (this.isNew(happening)) reopen(tcb, segment, iss, nowUs, params, out);
    else segmentArrives(tcb, segment, nowUs, params, out);
  }

  /** Time goes on by so much at most, and no further than the next deadline unless `late`. */
  wait(us: number, late: boolean): void {
    const untilUs = this.nowUs + us;
    this.nowUs = late ? untilUs : Math.max(this.nowUs, Math.min(untilUs, this.pollAtUs));
  }

  get pollAtUs(): number {
    return pollAt(this.tcb);
  }
}
