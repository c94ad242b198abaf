import type { Expr, Position } from "../../ast.ts";
import { SCRIPT_PORT } from "../bench.ts";
import { unsupported } from "../failure.ts";
import { answerDone, type Call } from "./call.ts";
import { field, needNumber, numberOf, wordOf } from "./values.ts";

const SOCK_STREAM = 1;
const SOCK_NONBLOCK = 0x800;
const SOCK_CLOEXEC = 0x80000;
const UDP = 17;

/** `socket(..., SOCK_STREAM, IPPROTO_TCP)` */
export const socket: Call = ({ action, bench, answer }) => {
  const [, typeExpr, protocolExpr] = action.args;
  const type = needNumber(typeExpr, "socket type", action.at);
  const protocol = numberOf(protocolExpr, action.at) ?? 0;
  const kind = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (kind !== SOCK_STREAM || protocol === UDP) {
    unsupported(action.at, `socket type ${kind}`, "there is only SOCK_STREAM with IPPROTO_TCP");
  }
  const outcome = bench.posix.socket();
  if (outcome.ok && (type & SOCK_NONBLOCK) !== 0) bench.posix.setNonBlocking(outcome.value, true);
  answer(outcome.ok ? { ...outcome, newFd: true } : outcome);
};

/** `bind(3, ..., ...)`: the script's port and any address, or those of a sockaddr. */
export const bind: Call = (context) => {
  const { action, bench, descriptors } = context;
  const fd = descriptors.find(action.args[0], action.at);
  const port = portOf(action.args[1], action.at) ?? SCRIPT_PORT;
  const address = addressOf(action.args[1], action.at);
  const outcome = bench.posix.bind(fd, port, address);
  if (outcome.ok) bench.testListener(port);
  answerDone(context, outcome);
};

/** `listen(3, 1)` */
export const listen: Call = (context) => {
  const { action, bench, descriptors } = context;
  const fd = descriptors.find(action.args[0], action.at);
  const before = bench.stack.listeners();
  const outcome = bench.posix.listen(fd, needNumber(action.args[1], "backlog", action.at));
  const port = bench.stack.listeners().find((each) => !before.includes(each));
  if (port !== undefined) bench.testListener(port);
  answerDone(context, outcome);
};

/** `accept(3, ..., ...)` */
export const accept: Call = ({ action, bench, descriptors, answer }) => {
  const fd = descriptors.find(action.args[0], action.at);
  const flags = numberOf(action.args[3], action.at) ?? 0;
  bench.posix.accept(fd, bench.nowUs, (outcome) => {
    if (outcome.ok && (flags & SOCK_NONBLOCK) !== 0) {
      bench.posix.setNonBlocking(outcome.value, true);
    }
    answer(outcome.ok ? { ...outcome, newFd: true } : outcome);
  });
};

/** `connect(3, ..., ...)`: to the script's peer. */
export const connect: Call = (context) => {
  const { action, bench, descriptors } = context;
  const fd = descriptors.find(action.args[0], action.at);
  const port = portOf(action.args[1], action.at);
  if (port !== undefined && port !== SCRIPT_PORT) {
    unsupported(action.at, `a connection to port ${port}`, `the peer's port is ${SCRIPT_PORT}`);
  }
  if (bench.posix.connection(fd) === undefined) bench.testConnection();
  bench.posix.connect(fd, bench.remoteAddress, SCRIPT_PORT, bench.nowUs, (outcome) =>
    answerDone(context, outcome),
  );
};

function portOf(expr: Expr | undefined, at: Position): number | undefined {
  if (expr === undefined || expr.type === "any") return undefined;
  if (expr.type !== "struct") {
    return unsupported(at, "this address", 'write "..." or {sin_port=htons(8080)}');
  }
  return numberOf(field(expr, ["sin_port", "sin6_port"], 1), at);
}

/** `sin_addr=inet_addr("192.0.2.1")`, or INADDR_ANY, which is any address, as no word of it is. */
function addressOf(expr: Expr | undefined, at: Position): string | undefined {
  const address = field(expr, ["sin_addr", "sin6_addr"], 2);
  if (address === undefined || address.type === "any" || wordOf(address) === "INADDR_ANY") {
    return undefined;
  }
  const [text] = address.type === "call" && address.name === "inet_addr" ? address.args : [];
  if (text?.type === "string") return text.text;
  return unsupported(at, "this address", 'write inet_addr("198.51.100.1") or INADDR_ANY');
}

/** `close(3)` */
export const close: Call = (context) => {
  const { action, bench, descriptors } = context;
  const fd = descriptors.find(action.args[0], action.at);
  descriptors.remove(action.args[0], action.at);
  bench.posix.close(fd, bench.nowUs, (outcome) => answerDone(context, outcome));
};

const HOW = ["SHUT_RD", "SHUT_WR", "SHUT_RDWR"] as const;

/** `shutdown(3, SHUT_WR)` */
export const shutdown: Call = (context) => {
  const { action, bench, descriptors, answer } = context;
  const fd = descriptors.find(action.args[0], action.at);
  const how = HOW[needNumber(action.args[1], "SHUT_RD, SHUT_WR or SHUT_RDWR", action.at)];
  if (how === undefined) answer({ ok: false, errno: "EINVAL" });
  else answerDone(context, bench.posix.shutdown(fd, how, bench.nowUs));
};
