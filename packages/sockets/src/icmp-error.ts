import { type IcmpKind, icmpKind, icmpV6Kind } from "@synfin/core/tcp";
import type { ConnectionEnds } from "./connection-table.ts";
import type { Errno } from "./errno.ts";

/** An ICMP error, and what it quotes of the segment of ours that it is about. */
export interface IcmpError extends ConnectionEnds {
  /** Whose numbers `type` and `code` are: those of ICMP or those of ICMPv6. */
  readonly version: 4 | 6;
  readonly type: number;
  readonly code: number;
  /** The sequence number of the quoted segment. */
  readonly seq: number;
}

/** What it means to TCP (§3.9.2.2). */
export function icmpErrorKind({ version, type, code }: IcmpError): IcmpKind {
  return version === 4 ? icmpKind(type, code) : icmpV6Kind(type, code);
}

const V4_UNREACHABLE = 3;
const V4_PARAMETER_PROBLEM = 12;
const V6_UNREACHABLE = 1;
const V6_PARAMETER_PROBLEM = 4;

/** By the code of "destination unreachable", as Linux has it (icmp_err_convert). */
const V4_ERRNO: ReadonlyMap<number, Errno> = new Map([
  [0, "ENETUNREACH"],
  [2, "ENOPROTOOPT"],
  [3, "ECONNREFUSED"],
  [4, "EMSGSIZE"],
  [5, "EOPNOTSUPP"],
  [6, "ENETUNREACH"],
  [9, "ENETUNREACH"],
  [11, "ENETUNREACH"],
]);

/** The same of ICMPv6 (Linux: icmpv6_err_convert). */
const V6_ERRNO: ReadonlyMap<number, Errno> = new Map([
  [0, "ENETUNREACH"],
  [1, "EACCES"],
  [4, "ECONNREFUSED"],
  [5, "EACCES"],
  [6, "EACCES"],
]);

/** What the user is told: at once if it ends the connection, at its timeout if it is soft. */
export function icmpErrno({ version, type, code }: IcmpError): Errno {
  const parameterProblem = version === 4 ? V4_PARAMETER_PROBLEM : V6_PARAMETER_PROBLEM;
  if (type === parameterProblem) return "EPROTO";
  const unreachable = type === (version === 4 ? V4_UNREACHABLE : V6_UNREACHABLE);
  const table = version === 4 ? V4_ERRNO : V6_ERRNO;
  // The host is unreachable in all other cases, and where the time on the way was exceeded.
  return (unreachable ? table.get(code) : undefined) ?? "EHOSTUNREACH";
}
