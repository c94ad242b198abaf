import type { Trace } from "@synfin/simulator";
import type { TcpConnection } from "./tcp-connection.ts";

/** The detail of `tcp-step`: another step is the present one. */
export interface TcpStepDetail {
  /** From 0. */
  readonly step: number;
  readonly steps: number;
  /** Microseconds of virtual time. */
  readonly atUs: number;
}

/** The detail of `tcp-change`: there is another run, by an attribute or by a drop. */
export interface TcpChangeDetail {
  readonly trace: Trace;
}

/** The detail of `error`: what was asked for cannot be run. */
export interface TcpErrorDetail {
  /** One line that says what would be right. */
  readonly message: string;
}

/** The events of `<tcp-connection>`, for typed listeners. */
export interface TcpConnectionEventMap {
  /** Another step is the present one; `detail` has `step`, `steps` and `atUs`. Bubbles. */
  "tcp-step": CustomEvent<TcpStepDetail>;
  /** There is another run, by an attribute or a fault; `detail.trace` is the run. Bubbles. */
  "tcp-change": CustomEvent<TcpChangeDetail>;
  /** What was asked for cannot be run; `detail.message` says what would be right. */
  error: CustomEvent<TcpErrorDetail>;
}

/** Tells those who listen to an element. */
export function fire<Name extends keyof TcpConnectionEventMap>(
  element: TcpConnection,
  name: Name,
  detail: TcpConnectionEventMap[Name]["detail"],
): void {
  // As with a picture that does not load, an error does not bubble.
  const bubbles = name !== "error";
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles, composed: bubbles }));
}

declare global {
  interface HTMLElementTagNameMap {
    "tcp-connection": TcpConnection;
  }
}
