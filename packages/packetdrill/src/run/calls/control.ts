import { type Errno, NUMBER_OPTIONS, type NumberOption, type Outcome } from "@synfin/sockets";
import type { Expr, Position } from "../../ast.ts";
import { printExpr } from "../../print-script.ts";
import { unsupported } from "../failure.ts";
import { answerDone, type Call, type CallContext, type Returned } from "./call.ts";
import { ERRNO_NUMBERS, field, needNumber, numberOf, pointed, wordOf } from "./values.ts";

const F_GETFL = 3;
const F_SETFL = 4;
const O_RDWR = 2;
const O_NONBLOCK = 0x800;

/** `fcntl(3, F_SETFL, O_RDWR | O_NONBLOCK)` */
export const fcntl: Call = (context) => {
  const { action, bench, descriptors, answer } = context;
  const fd = descriptors.find(action.args[0], action.at);
  const command = needNumber(action.args[1], "F_GETFL or F_SETFL", action.at);
  if (command === F_SETFL) {
    const flags = needNumber(action.args[2], "flags", action.at);
    answerDone(context, bench.posix.setNonBlocking(fd, (flags & O_NONBLOCK) !== 0));
    return;
  }
  if (command !== F_GETFL) unsupported(action.at, "this fcntl", "there are F_GETFL and F_SETFL");
  const outcome = bench.posix.isNonBlocking(fd);
  if (!outcome.ok) answer(outcome);
  else answer({ ok: true, value: outcome.value ? O_RDWR | O_NONBLOCK : O_RDWR });
};

/** Options that are set and forgotten: they change nothing that a peer could see here. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(["SO_DEBUG", "SO_REUSEPORT", "SO_NOSIGPIPE"]);

/** `setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4)` */
export const setsockopt: Call = (context) => {
  const { action, bench, descriptors } = context;
  const fd = descriptors.find(action.args[0], action.at);
  const name = wordOf(action.args[2]) ?? "";
  const value = pointed(action.args[3]);
  if (name === "SO_LINGER") {
    const on = numberOf(field(value, ["onoff", "l_onoff"], 0), action.at) ?? 0;
    const seconds = numberOf(field(value, ["linger", "l_linger"], 1), action.at) ?? 0;
    answerDone(context, bench.posix.setLinger(fd, { on: on !== 0, seconds }));
    return;
  }
  const number = optionNumber(name, value, action.at);
  if (WITHOUT_EFFECT.has(name)) context.answer({ ok: true, value: 0 });
  else answerDone(context, bench.posix.setsockopt(fd, known(name, action.at), number, bench.nowUs));
};

/** A number, or a timeval of seconds and microseconds. */
function optionNumber(name: string, value: Expr | undefined, at: Position): number {
  if (value?.type !== "struct") return needNumber(value, `value of ${name}`, at);
  const seconds = numberOf(field(value, ["tv_sec"], 0), at) ?? 0;
  return 1_000_000 * seconds + (numberOf(field(value, ["tv_usec"], 1), at) ?? 0);
}

function known(name: string, at: Position): NumberOption {
  const found = NUMBER_OPTIONS.find((option) => option === name);
  const all = ["SO_ERROR", "SO_LINGER", ...NUMBER_OPTIONS].join(", ");
  return found ?? unsupported(at, `socket option ${name}`, `there are ${all}`);
}

/** `getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4])` */
export const getsockopt: Call = (context) => {
  const { action, bench, descriptors, answer } = context;
  const fd = descriptors.find(action.args[0], action.at);
  const name = wordOf(action.args[2]) ?? "";
  const wanted = pointed(action.args[3]);
  if (name === "SO_ERROR") answer(errorAnswer(bench.posix.takeError(fd), wanted, action.at));
  else if (name === "SO_LINGER") lingerAnswer(context, fd, wanted);
  else answer(numberAnswer(bench.posix.getsockopt(fd, known(name, action.at)), wanted, action.at));
};

function numberAnswer(outcome: Outcome<number>, wanted: Expr | undefined, at: Position): Returned {
  if (!outcome.ok) return outcome;
  const number = numberOf(wanted, at);
  if (number === undefined || number === outcome.value) return { ok: true, value: 0 };
  return { ok: true, value: 0, wrong: [`[${number}]`, `[${outcome.value}]`] };
}

/** The script names the error, or gives its number; 0 is none. */
function errorAnswer(
  outcome: Outcome<Errno | undefined>,
  wanted: Expr | undefined,
  at: Position,
): Returned {
  if (!outcome.ok) return outcome;
  if (wanted === undefined || wanted.type === "any") return { ok: true, value: 0 };
  const found = outcome.value ?? "0";
  const named = wordOf(wanted);
  const right =
    named === undefined
      ? numberOf(wanted, at) === (ERRNO_NUMBERS.get(found) ?? 0)
      : named === found;
  if (right) return { ok: true, value: 0 };
  return { ok: true, value: 0, wrong: [`[${printExpr(wanted)}]`, `[${found}]`] };
}

function lingerAnswer({ bench, answer, action }: CallContext, fd: number, wanted?: Expr): void {
  const outcome = bench.posix.getLinger(fd);
  if (!outcome.ok) {
    answer(outcome);
    return;
  }
  const { on, seconds } = outcome.value;
  const found = `{onoff=${Number(on)}, linger=${seconds}}`;
  const onoff = numberOf(field(wanted, ["onoff", "l_onoff"], 0), action.at) ?? Number(on);
  const linger = numberOf(field(wanted, ["linger", "l_linger"], 1), action.at) ?? seconds;
  const expected = `{onoff=${onoff}, linger=${linger}}`;
  answer({ ok: true, value: 0, wrong: expected === found ? undefined : [expected, found] });
}
