import type { FlagName } from "@synfin/core/tcp";

/** Where something stands in a script, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A packetdrill script: options, then events; all of it as it was written, comments left out. */
export interface Script {
  readonly options: readonly ScriptOption[];
  /** A shell command before the first event. */
  readonly init: ShellAction | undefined;
  readonly items: readonly Item[];
  /** A shell command after the last event. */
  readonly cleanup: ShellAction | undefined;
}

/** `--name` or `--name=value`. */
export interface ScriptOption {
  readonly at: Position;
  readonly name: string;
  readonly value: string | undefined;
}

export type Item = ScriptEvent | Conditional;

/** `#ifdef NAME` … `#endif`. */
export interface Conditional {
  readonly type: "ifdef";
  readonly at: Position;
  readonly name: string;
  readonly items: readonly Item[];
}

export interface ScriptEvent {
  readonly type: "event";
  readonly at: Position;
  readonly time: EventTime;
  readonly action: Action;
}

/** When an event happens, or is expected. Microseconds. */
export type EventTime =
  /** `0.1`: since the start of the script. */
  | { readonly type: "absolute"; readonly us: number }
  /** `+0.1`: since the event before. */
  | { readonly type: "relative"; readonly us: number }
  /** `0.1~0.2` and `+0.1~+0.2`: both ends included. */
  | { readonly type: "absolute-range"; readonly us: number; readonly endUs: number }
  | { readonly type: "relative-range"; readonly us: number; readonly endUs: number }
  /** `*` */
  | { readonly type: "any" };

export type Action = PacketAction | IcmpAction | SyscallAction | ShellAction | CodeAction;

/** `<` is injected, `>` is expected from the stack under test. */
export type Direction = "in" | "out";

export interface PacketAction {
  readonly type: "packet";
  readonly at: Position;
  readonly direction: Direction;
  /** What stands in `[…]` before the flags, such as `ect0`. */
  readonly ip: string | undefined;
  /** In the order in which they were written. */
  readonly flags: readonly FlagName[];
  readonly seq: Seq;
  readonly ack: Ack | undefined;
  readonly win: number | undefined;
  readonly urg: number | undefined;
  /** `any` is `<...>`; undefined is no `<>` at all. */
  readonly options: readonly OptionItem[] | "any" | undefined;
}

export type Seq =
  | {
      readonly type: "range";
      readonly start: number;
      readonly end: number;
      readonly length: number;
      /** `!`: the numbers are those of the wire, not counted from the initial ones. */
      readonly absolute: boolean;
    }
  /** `...(len)`: any sequence number. */
  | { readonly type: "any"; readonly length: number };

export interface Ack {
  readonly value: number;
  readonly absolute: boolean;
}

/** One TCP option as a script writes it. */
export type OptionItem =
  | { readonly type: "mss"; readonly value: number }
  | { readonly type: "nop" }
  | { readonly type: "eol" }
  | { readonly type: "wscale"; readonly value: number }
  | { readonly type: "sackOK" }
  | { readonly type: "TS"; readonly val: number; readonly ecr: number }
  | { readonly type: "sack"; readonly blocks: readonly SackRange[] }
  /** `unknown KIND 0xHEX`: any other option, its octets after the length. */
  | { readonly type: "unknown"; readonly kind: number; readonly hex: string };

export interface SackRange {
  readonly left: number;
  readonly right: number;
}

/** `icmp unreachable port_unreachable mtu 1200 [0:0(0)]` */
export interface IcmpAction {
  readonly type: "icmp";
  readonly at: Position;
  readonly direction: Direction;
  readonly kind: string;
  readonly code: string | undefined;
  readonly mtu: number | undefined;
  readonly payload: Seq | undefined;
}

/** `name(args) = result ERRNO (note)` */
export interface SyscallAction {
  readonly type: "syscall";
  readonly at: Position;
  readonly name: string;
  readonly args: readonly Expr[];
  readonly result: Expr | "any";
  readonly errno: string | undefined;
  readonly note: string | undefined;
  /** When a blocking call ends, counted as the event's own time is. */
  readonly endUs: number | undefined;
}

/** `` `command` `` */
export interface ShellAction {
  readonly type: "shell";
  readonly at: Position;
  readonly command: string;
}

/** `%{ code }%` */
export interface CodeAction {
  readonly type: "code";
  readonly at: Position;
  readonly code: string;
}

export type Expr =
  | { readonly type: "any" }
  | { readonly type: "int"; readonly value: number; readonly hex: boolean }
  | { readonly type: "word"; readonly name: string }
  | { readonly type: "or"; readonly terms: readonly Expr[] }
  | { readonly type: "string"; readonly text: string }
  | { readonly type: "array"; readonly items: readonly Expr[] }
  | { readonly type: "struct"; readonly fields: readonly Field[] }
  | { readonly type: "call"; readonly name: string; readonly args: readonly Expr[] };

/** `name = value`, or only a value. */
export interface Field {
  readonly name: string | undefined;
  readonly value: Expr;
}
