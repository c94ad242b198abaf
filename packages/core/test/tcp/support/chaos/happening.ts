import type { IcmpKind, Outbox, Segment, State, Tcb, TcpParams } from "@synfin/core/tcp";

/** One thing that happens to a connection. */
export type Happening =
  | { readonly kind: "arrives"; readonly segment: Segment }
  /** At a listener, or in TIME-WAIT where one is there to take a SYN; `iss` is for the new one. */
  | { readonly kind: "arrives at listener"; readonly segment: Segment; readonly iss: number }
  | { readonly kind: "open"; readonly iss: number }
  | { readonly kind: "send"; readonly length: number; readonly urgent: boolean }
  | { readonly kind: "receive"; readonly length: number }
  | { readonly kind: "keep-alive"; readonly on: boolean }
  | { readonly kind: "close" | "close both" | "abort" | "timeout" }
  | { readonly kind: "icmp"; readonly icmp: IcmpKind; readonly quotedSeq: number };

/** A step of the machine, seen from outside: what was, what happened, what came of it. */
export interface Moment {
  readonly happening: Happening;
  /** The state in which it happened; LISTEN where only a listener was there. */
  readonly state: State;
  readonly before: Readonly<Tcb>;
  readonly after: Readonly<Tcb>;
  readonly out: Readonly<Outbox>;
  /** What a call answered; "ok" for the rest. */
  readonly result: string;
  readonly nowUs: number;
  readonly params: TcpParams;
}

/** The segment that arrives, if that is what happens. */
export function arrival({ happening }: Moment): Segment | undefined {
  return happening.kind === "arrives" || happening.kind === "arrives at listener"
    ? happening.segment
    : undefined;
}
