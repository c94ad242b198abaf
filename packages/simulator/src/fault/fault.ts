/**
 * A fault aimed at one transmission, or at one segment and its
 * retransmissions: "drop the client's first FIN". One grammar for the
 * command line, the element's attribute, the scenario and the deep link:
 *
 *     ACTION[=VALUE]:END:KIND[:N][+]
 *
 *     drop:client:FIN            the client's first FIN, once
 *     drop:client:FIN+           and every retransmission of it as well
 *     drop:server:SYN-ACK:2      the server's second SYN,ACK (not counting retransmissions)
 *     delay=200ms:client:DATA    hold the first data segment back by 200 ms
 *     duplicate:client:SYN       deliver it twice
 *     drop:client:any:5          whatever the client sends as its fifth transmission
 *     drop:server:ACK:*          every pure ACK
 */
export interface Fault {
  readonly action: FaultAction;
  /** The added delay of `delay`, in microseconds; 0 for the others. */
  readonly delayUs: number;
  /** The host that sends: `client` or `server`. */
  readonly end: string;
  readonly kind: FaultKind;
  /**
   * Which one, from 1; 0 means every one. `any` counts every transmission;
   * the other kinds count segments, leaving retransmissions out.
   */
  readonly nth: number;
  /** Whether it strikes the retransmissions of that segment, too. */
  readonly retransmissions: boolean;
}

export const FAULT_ACTIONS = ["drop", "duplicate", "delay", "reorder", "corrupt"] as const;
export type FaultAction = (typeof FAULT_ACTIONS)[number];

/**
 * The kinds of segments: SYN without ACK, SYN with ACK, FIN (with or without
 * text), RST, text without SYN or FIN, and an ACK with nothing else.
 */
export const FAULT_KINDS = ["SYN", "SYN-ACK", "FIN", "RST", "DATA", "ACK", "any"] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];
