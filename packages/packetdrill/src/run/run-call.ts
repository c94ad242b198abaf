import type { Position, SyscallAction } from "../ast.ts";
import { printAction, printExpr, seconds } from "../print-script.ts";
import type { Bench } from "./bench.ts";
import type { Returned } from "./calls/call.ts";
import { CALLS } from "./calls/calls.ts";
import type { Descriptors } from "./calls/descriptors.ts";
import { numberOf } from "./calls/values.ts";
import { mismatch, unsupported } from "./failure.ts";

/** A call that has been made and has not been held to the script yet. */
export interface PendingCall {
  readonly action: SyscallAction;
  /** When the script says that it returns, and how far off it may be; undefined for at once. */
  readonly end: { readonly atUs: number; readonly toleranceUs: number } | undefined;
  returned: { readonly what: Returned; readonly atUs: number } | undefined;
}

/** Makes a call. Its answer may come at once, or later. */
export function startCall(
  action: SyscallAction,
  bench: Bench,
  descriptors: Descriptors,
  end: PendingCall["end"],
): PendingCall {
  const call = Object.hasOwn(CALLS, action.name) ? CALLS[action.name] : undefined;
  if (call === undefined) {
    return unsupported(action.at, `${action.name}()`, `there are ${Object.keys(CALLS).join(", ")}`);
  }
  const pending: PendingCall = { action, end, returned: undefined };
  const line = bench.transcript.length;
  const answer = (what: Returned): void => {
    pending.returned = { what, atUs: bench.nowUs };
    const text = `${callText(action)} = ${resultText(what)}`;
    bench.transcript.call(line, bench.nowUs, bench.state, text);
  };
  call({ action, bench, descriptors, answer });
  return pending;
}

function callText(action: SyscallAction): string {
  return `${action.name}(${action.args.map(printExpr).join(", ")})`;
}

function resultText(returned: Returned): string {
  return returned.ok ? String(returned.value) : `-1 ${returned.errno}`;
}

/** Holds what a call came to, and when, to the script. Throws `ScriptFailure`. */
export function checkCall(pending: PendingCall, descriptors: Descriptors): void {
  const { action, end, returned } = pending;
  const { at } = action;
  if (returned === undefined) {
    const hint = 'a call that blocks is written "start...end call"';
    const found = end === undefined ? `it has not returned; ${hint}` : "it has not returned";
    mismatch(at, `"${printAction(action)}"`, found);
  }
  checkEnd(pending, returned.atUs, at);
  const { what } = returned;
  if (!isResultRight(action, what)) {
    const found = `${callText(action)} returned ${resultText(what)}`;
    mismatch(at, `${callText(action)} = ${expectedResult(action)}`, found);
  }
  if (!what.ok) return;
  if (what.newFd === true) descriptors.add(scriptFd(action, what.value), what.value, at);
  if (what.wrong !== undefined)
    mismatch(at, what.wrong[0], `${action.name}() gave ${what.wrong[1]}`);
}

function checkEnd({ end }: PendingCall, atUs: number, at: Position): void {
  if (end === undefined || Math.abs(atUs - end.atUs) <= end.toleranceUs) return;
  mismatch(at, `a return at ${seconds(end.atUs)} s`, `the call returned at ${seconds(atUs)} s`);
}

function expectedResult({ result, errno }: SyscallAction): string {
  const value = result === "any" ? "?" : printExpr(result);
  return errno === undefined ? value : `${value} ${errno}`;
}

/** A new descriptor may have any number: the script's is a name for it. */
function isResultRight(action: SyscallAction, what: Returned): boolean {
  if (!what.ok) return action.result === "any" || isSameErrno(action.errno, what.errno);
  if (action.errno !== undefined) return false;
  if (action.result === "any") return true;
  const wanted = numberOf(action.result, action.at);
  if (what.newFd === true) return wanted === undefined || wanted >= 0;
  return wanted === undefined || wanted === what.value;
}

/** EWOULDBLOCK is another name for EAGAIN. */
function isSameErrno(wanted: string | undefined, found: string): boolean {
  return (wanted === "EWOULDBLOCK" ? "EAGAIN" : wanted) === found;
}

function scriptFd(action: SyscallAction, live: number): number {
  return action.result === "any" ? live : (numberOf(action.result, action.at) ?? live);
}
