/** The kinds of options that mean something here: RFC 9293 §3.2, RFC 7323, RFC 2018, RFC 5482. */
export const OptionKind = {
  EOL: 0,
  NOP: 1,
  MSS: 2,
  WINDOW_SCALE: 3,
  SACK_PERMITTED: 4,
  SACK: 5,
  TIMESTAMPS: 8,
  USER_TIMEOUT: 28,
} as const;

/**
 * One TCP option. Those of a known kind whose length is not that kind's own
 * come as `unknown`, and a length that leads nowhere makes the rest of the
 * options `malformed`; so the raw octets are always there to be sent on.
 */
export type TcpOption =
  | EndOfOptions
  | NoOperation
  | MaximumSegmentSize
  | WindowScale
  | SackPermitted
  | Sack
  | Timestamps
  | UserTimeout
  | UnknownOption
  | MalformedOptions;

/** End of the option list, and whatever stands behind it: zeros, by MUST-69. */
export interface EndOfOptions {
  readonly name: "eol";
  readonly padding: Uint8Array;
}

/** No-operation: one octet between options. */
export interface NoOperation {
  readonly name: "nop";
}

/** Maximum segment size, RFC 9293 §3.7.1, in octets. */
export interface MaximumSegmentSize {
  readonly name: "mss";
  readonly value: number;
}

/** Window scale, RFC 7323 §2; more than 14 is kept, though it may not be used. */
export interface WindowScale {
  readonly name: "window-scale";
  readonly shift: number;
}

/** SACK-permitted, RFC 2018 §2. */
export interface SackPermitted {
  readonly name: "sack-permitted";
}

/** SACK, RFC 2018 §3: one to four blocks. */
export interface Sack {
  readonly name: "sack";
  readonly blocks: readonly SackBlock[];
}

/** Octets that have arrived: from `left` up to and without `right`, raw sequence numbers. */
export interface SackBlock {
  readonly left: number;
  readonly right: number;
}

/** Timestamps, RFC 7323 §3: TSval and TSecr. */
export interface Timestamps {
  readonly name: "timestamps";
  readonly value: number;
  readonly echoReply: number;
}

/** User timeout, RFC 5482 §3; `timeout` counts the unit, 0 to 32767. */
export interface UserTimeout {
  readonly name: "user-timeout";
  readonly unit: "seconds" | "minutes";
  readonly timeout: number;
}

/** An option that has no meaning here; `data` is what follows its length octet. */
export interface UnknownOption {
  readonly name: "unknown";
  readonly kind: number;
  readonly data: Uint8Array;
}

/** From an option of impossible length to the end of the header, kind octet included. */
export interface MalformedOptions {
  readonly name: "malformed";
  readonly bytes: Uint8Array;
}
