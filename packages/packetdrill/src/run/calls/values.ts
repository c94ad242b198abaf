import type { Expr, Position } from "../../ast.ts";
import { printExpr } from "../../print-script.ts";
import { unsupported } from "../failure.ts";

/** The names that scripts use for numbers, with Linux's values where systems differ. */
const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ["AF_INET", 2],
  ["AF_INET6", 10],
  ["SOCK_STREAM", 1],
  ["SOCK_NONBLOCK", 0x800],
  ["SOCK_CLOEXEC", 0x80000],
  ["IPPROTO_IP", 0],
  ["IPPROTO_TCP", 6],
  ["SOL_SOCKET", 1],
  ["SOL_TCP", 6],
  ["F_GETFL", 3],
  ["F_SETFL", 4],
  ["O_RDONLY", 0],
  ["O_WRONLY", 1],
  ["O_RDWR", 2],
  ["O_NONBLOCK", 0x800],
  ["SHUT_RD", 0],
  ["SHUT_WR", 1],
  ["SHUT_RDWR", 2],
  ["MSG_OOB", 0x01],
  ["MSG_PEEK", 0x02],
  ["MSG_DONTWAIT", 0x40],
  ["MSG_WAITALL", 0x100],
  ["MSG_NOSIGNAL", 0x4000],
  ["POLLIN", 0x0001],
  ["POLLPRI", 0x0002],
  ["POLLOUT", 0x0004],
  ["POLLERR", 0x0008],
  ["POLLHUP", 0x0010],
  ["POLLNVAL", 0x0020],
  ["POLLRDNORM", 0x0040],
  ["POLLWRNORM", 0x0100],
  ["POLLRDHUP", 0x2000],
]);

/** Linux's numbers of the errors, for scripts that compare SO_ERROR with one. */
export const ERRNO_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["EPIPE", 32],
  ["EPROTO", 71],
  ["EMSGSIZE", 90],
  ["ENOPROTOOPT", 92],
  ["EOPNOTSUPP", 95],
  ["ENETUNREACH", 101],
  ["ECONNRESET", 104],
  ["ETIMEDOUT", 110],
  ["ECONNREFUSED", 111],
  ["EHOSTUNREACH", 113],
]);

/** An argument that is a number, in figures or by name; undefined for `...`. */
export function numberOf(expr: Expr | undefined, at: Position): number | undefined {
  if (expr === undefined || expr.type === "any") return undefined;
  if (expr.type === "int") return expr.value;
  if (expr.type === "or") {
    return expr.terms.reduce((sum, term) => sum | (numberOf(term, at) ?? 0), 0);
  }
  const value = expr.type === "word" ? CONSTANTS.get(expr.name) : undefined;
  if (value !== undefined) return value;
  if (expr.type === "call" && expr.name === "htons") return numberOf(expr.args[0], at);
  const known = [...CONSTANTS.keys()].join(", ");
  return unsupported(at, `"${printExpr(expr)}" as a number`, `the names known are ${known}`);
}

/** A number that has to be there. */
export function needNumber(expr: Expr | undefined, what: string, at: Position): number {
  const value = numberOf(expr, at);
  return value ?? unsupported(at, `no ${what}`, "write it out in this call");
}

/** What stands in `[…]`: the value that a call reads or fills in. */
export function pointed(expr: Expr | undefined): Expr | undefined {
  return expr?.type === "array" ? expr.items[0] : expr;
}

/** The value of a struct's field, by any of its names, or by its place. */
export function field(
  expr: Expr | undefined,
  names: readonly string[],
  place: number,
): Expr | undefined {
  if (expr?.type !== "struct") return undefined;
  const named = expr.fields.find(({ name }) => name !== undefined && names.includes(name));
  const byPlace = expr.fields[place];
  return named?.value ?? (byPlace?.name === undefined ? byPlace?.value : undefined);
}

/** The name of a word, where the argument is one. */
export function wordOf(expr: Expr | undefined): string | undefined {
  return expr?.type === "word" ? expr.name : undefined;
}
