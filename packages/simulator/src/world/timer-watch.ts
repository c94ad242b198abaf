import { NEVER, type Tcb } from "@synfin/core/tcp";
import type { TimerAction, TimerName } from "./observer.ts";

/** The deadlines of one connection as they were seen last. */
export class TimerWatch {
  private readonly seen: Record<TimerName, number> = {
    retransmission: NEVER,
    "time-wait": NEVER,
    "delayed-ack": NEVER,
    "user-timeout": NEVER,
  };

  /**
   * Tells what became of each timer since the last look. The machine says
   * nothing of its timers; their deadlines say it all.
   */
  compare(
    tcb: Tcb,
    nowUs: number,
    tell: (timer: TimerName, action: TimerAction, deadlineUs: number) => void,
  ): void {
    this.look("retransmission", tcb.retransmitAtUs, nowUs, tell);
    this.look("time-wait", tcb.timeWaitAtUs, nowUs, tell);
    this.look("delayed-ack", tcb.ackAtUs, nowUs, tell);
    this.look("user-timeout", tcb.userTimeoutAtUs, nowUs, tell);
  }

  private look(
    timer: TimerName,
    deadlineUs: number,
    nowUs: number,
    tell: (timer: TimerName, action: TimerAction, deadlineUs: number) => void,
  ): void {
    const before = this.seen[timer];
    if (before === deadlineUs) return;
    this.seen[timer] = deadlineUs;
    const ranOut = before !== NEVER && before <= nowUs;
    if (ranOut) tell(timer, "expire", before);
    if (deadlineUs === NEVER) {
      if (!ranOut) tell(timer, "stop", before);
    } else {
      tell(timer, before === NEVER || ranOut ? "start" : "restart", deadlineUs);
    }
  }
}
