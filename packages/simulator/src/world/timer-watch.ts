import { NEVER, type Tcb } from "@synfin/core/tcp";
import type { TimerAction, TimerName } from "./observer.ts";

/** The deadlines of one connection as they were seen last. */
export class TimerWatch {
  private readonly seen: Record<TimerName, number> = {
    retransmission: NEVER,
    "time-wait": NEVER,
    "delayed-ack": NEVER,
    "user-timeout": NEVER,
    persist: NEVER,
    "keep-alive": NEVER,
    "fin-wait-2": NEVER,
  };

  /**
   * Tells what became of each timer since the last look. The machine says
   * nothing of its timers; their deadlines say it all, with one exception:
   * what comes in at the very microsecond of a deadline is dealt with first,
   * and may stop the timer or start it again before it runs out.
   *
   * @param ranOutByUs the deadlines up to here ran out; `NEVER` where the step was no timeout
   */
  compare(
    tcb: Tcb,
    ranOutByUs: number,
    tell: (timer: TimerName, action: TimerAction, deadlineUs: number) => void,
  ): void {
    const persists = isPersist(tcb);
    this.look("retransmission", persists ? NEVER : tcb.retransmitAtUs, ranOutByUs, tell);
    this.look("persist", persists ? tcb.retransmitAtUs : NEVER, ranOutByUs, tell);
    this.look("time-wait", tcb.timeWaitAtUs, ranOutByUs, tell);
    this.look("delayed-ack", tcb.ackAtUs, ranOutByUs, tell);
    this.look("user-timeout", tcb.userTimeoutAtUs, ranOutByUs, tell);
    this.look("keep-alive", tcb.keepAliveAtUs, ranOutByUs, tell);
    this.look("fin-wait-2", tcb.finWait2AtUs, ranOutByUs, tell);
  }

  private look(
    timer: TimerName,
    deadlineUs: number,
    ranOutByUs: number,
    tell: (timer: TimerName, action: TimerAction, deadlineUs: number) => void,
  ): void {
    const before = this.seen[timer];
    if (before === deadlineUs) return;
    this.seen[timer] = deadlineUs;
    const ranOut = before !== NEVER && before <= ranOutByUs;
    if (ranOut) tell(timer, "expire", before);
    if (deadlineUs === NEVER) {
      if (!ranOut) tell(timer, "stop", before);
    } else {
      tell(timer, before === NEVER || ranOut ? "start" : "restart", deadlineUs);
    }
  }
}

/**
 * Whether the one deadline of the sender is the zero-window probe's: nothing is
 * outstanding but something waits, or all that is outstanding went past a shut window
 * (§3.8.6.1).
 */
function isPersist(tcb: Tcb): boolean {
  return tcb.synAcked === 1 && (tcb.sndUna === tcb.sndNxt || tcb.sndWnd === 0);
}
