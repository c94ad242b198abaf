import type { Outcome, TransferFlags } from "@synfin/sockets";
import type { Expr, Position } from "../../ast.ts";
import { unsupported } from "../failure.ts";
import { answerNumber, type Call, type CallContext, type Returned } from "./call.ts";
import { needNumber, numberOf, pointed } from "./values.ts";

const MSG_OOB = 0x01;
const MSG_PEEK = 0x02;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;

/** `read(3, ..., 100)` */
export const read: Call = (context) => receive(context, {});

/** `recv(3, ..., 100, MSG_PEEK)`; `recvfrom` has two arguments more, which mean nothing here. */
export const recv: Call = (context) => receive(context, flagsOf(context));

/** `write(3, ..., 100)` */
export const write: Call = (context) => transmit(context, {});

/** `send(3, ..., 100, MSG_DONTWAIT)` */
export const send: Call = (context) => transmit(context, flagsOf(context));

function flagsOf({ action }: CallContext): TransferFlags {
  const flags = numberOf(action.args[3], action.at) ?? 0;
  const unknown = flags & ~(MSG_OOB | MSG_PEEK | MSG_DONTWAIT | MSG_NOSIGNAL);
  if (unknown !== 0) {
    const known = "there are MSG_OOB, MSG_PEEK, MSG_DONTWAIT and MSG_NOSIGNAL";
    unsupported(action.at, `flags 0x${unknown.toString(16)}`, known);
  }
  return {
    urgent: (flags & MSG_OOB) !== 0,
    peek: (flags & MSG_PEEK) !== 0,
    dontWait: (flags & MSG_DONTWAIT) !== 0,
  };
}

function receive(context: CallContext, flags: TransferFlags): void {
  const { action, bench, descriptors, answer } = context;
  const fd = descriptors.find(action.args[0], action.at);
  const length = needNumber(action.args[2], "length", action.at);
  bench.posix.recv(fd, length, flags, bench.nowUs, (outcome) => {
    answer(received(outcome, action.args[1], action.at));
  });
}

function received(outcome: Outcome<Uint8Array>, buffer: Expr | undefined, at: Position): Returned {
  if (!outcome.ok) return outcome;
  const value = outcome.value.length;
  if (buffer === undefined || buffer.type === "any") return { ok: true, value };
  if (buffer.type !== "string") return unsupported(at, "this buffer", 'write "..." or a string');
  const text = String.fromCharCode(...outcome.value);
  if (text === buffer.text) return { ok: true, value };
  return { ok: true, value, wrong: [JSON.stringify(buffer.text), JSON.stringify(text)] };
}

function transmit(context: CallContext, flags: TransferFlags): void {
  const { action, bench, descriptors } = context;
  const fd = descriptors.find(action.args[0], action.at);
  const bytes = bytesOf(action.args[1], needNumber(action.args[2], "length", action.at), action.at);
  bench.posix.send(fd, bytes, flags, bench.nowUs, (outcome) => answerNumber(context, outcome));
}

/** The octets of a string, filled up with zeros; all zeros for `...`. */
function bytesOf(buffer: Expr | undefined, length: number, at: Position): Uint8Array {
  const bytes = new Uint8Array(length);
  if (buffer === undefined || buffer.type === "any") return bytes;
  if (buffer.type !== "string") return unsupported(at, "this buffer", 'write "..." or a string');
  const text = buffer.text.slice(0, length);
  bytes.set(Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff).subarray(0, length));
  return bytes;
}

/** `ioctl(3, SIOCINQ, [100])` */
export const ioctl: Call = ({ action, bench, descriptors, answer }) => {
  const fd = descriptors.find(action.args[0], action.at);
  const request = action.args[1]?.type === "word" ? action.args[1].name : "";
  const outcome = ioctlOf(request, fd, action.at, bench.posix);
  if (!outcome.ok) {
    answer(outcome);
    return;
  }
  const wanted = numberOf(pointed(action.args[2]), action.at);
  const right = wanted === undefined || wanted === outcome.value;
  const wrong = right ? undefined : ([`[${wanted}]`, `[${outcome.value}]`] as const);
  answer({ ok: true, value: 0, wrong });
};

function ioctlOf(
  request: string,
  fd: number,
  at: Position,
  posix: CallContext["bench"]["posix"],
): Outcome<number> {
  if (request === "SIOCINQ" || request === "FIONREAD") return posix.readable(fd);
  if (request === "SIOCOUTQ" || request === "TIOCOUTQ") return posix.unacknowledged(fd);
  return unsupported(at, `ioctl ${request}`, "there are SIOCINQ, FIONREAD, SIOCOUTQ, TIOCOUTQ");
}
