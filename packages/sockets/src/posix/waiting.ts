import type { Errno, Outcome } from "../errno.ts";

/** Called once with what a call came to: before the call returns, or later. */
export type Answer<T> = (outcome: Outcome<T>, nowUs: number) => void;

/** Tries to do what the call asks for; undefined while it would have to wait. */
export type Attempt<T> = (nowUs: number) => Outcome<T> | undefined;

/** How a call that may block goes about it. */
export type Plan<T> =
  | { readonly fail: Errno }
  | {
      readonly attempt: Attempt<T>;
      /** SO_RCVTIMEO or SO_SNDTIMEO; 0 is for ever. */
      readonly timeoutUs: number;
      /** The answer of a non-blocking socket that would have to wait. */
      readonly wouldBlock?: Errno;
      /** The answer at the end of `timeoutUs`. */
      readonly late?: Errno;
      readonly dontWait?: boolean;
    };

interface Waiter {
  /** @returns whether it has been answered. */
  readonly tryAgain: (nowUs: number) => boolean;
  readonly expire: (nowUs: number) => void;
  readonly deadlineUs: number;
}

/**
 * Calls that block, in virtual time: each waits here until an attempt comes
 * to something, or its deadline passes. First come, first served.
 */
export class Waiting {
  private waiters: Waiter[] = [];
  private settling = false;

  /** Tries at once, and waits if need be. `late` is the answer at the deadline. */
  call<T>(
    attempt: Attempt<T>,
    answer: Answer<T>,
    nowUs: number,
    deadlineUs: number = Number.POSITIVE_INFINITY,
    late?: Outcome<T>,
  ): void {
    const tryAgain = (atUs: number): boolean => {
      const outcome = attempt(atUs);
      if (outcome === undefined) return false;
      answer(outcome, atUs);
      return true;
    };
    const expire = (atUs: number): void => {
      if (late !== undefined) answer(late, atUs);
    };
    if (!tryAgain(nowUs)) this.waiters.push({ tryAgain, expire, deadlineUs });
    this.settle(nowUs);
  }

  /**
   * Lets every call that waits try again, until none gets any further. An
   * answer may make further calls; they are served by the turn under way.
   */
  settle(nowUs: number): void {
    if (this.settling) return;
    this.settling = true;
    for (let progress = true; progress; ) {
      progress = false;
      for (const waiter of [...this.waiters]) {
        if (!this.waiters.includes(waiter) || !waiter.tryAgain(nowUs)) continue;
        this.remove(waiter);
        progress = true;
      }
    }
    this.settling = false;
  }

  /** When the first deadline passes, or `Infinity`. */
  nextAtUs(): number {
    return this.waiters.reduce(
      (at, { deadlineUs }) => Math.min(at, deadlineUs),
      Number.POSITIVE_INFINITY,
    );
  }

  /** Answers every call whose deadline has come. */
  expire(nowUs: number): void {
    for (const waiter of this.waiters.filter(({ deadlineUs }) => deadlineUs <= nowUs)) {
      this.remove(waiter);
      waiter.expire(nowUs);
    }
  }

  private remove(waiter: Waiter): void {
    this.waiters = this.waiters.filter((other) => other !== waiter);
  }
}
