import type { Expr } from "../../ast.ts";
import { unsupported } from "../failure.ts";
import type { Call, CallContext } from "./call.ts";
import { field, needNumber, numberOf } from "./values.ts";

/** `poll([{fd=3, events=POLLIN, revents=POLLIN}], 1, 1000)` */
export const poll: Call = (context) => {
  const { action, bench, descriptors, answer } = context;
  const [list, , timeout] = action.args;
  if (list?.type !== "array") {
    unsupported(action.at, "this poll", "write [{fd=3, events=POLLIN, revents=POLLIN}]");
  }
  const entries = list.items;
  const requests = entries.map((entry) => ({
    fd: descriptors.find(field(entry, ["fd"], 0), action.at),
    events: needNumber(field(entry, ["events"], 1), "events", action.at),
  }));
  const timeoutMs = needNumber(timeout, "timeout in milliseconds", action.at);
  bench.posix.poll(requests, timeoutMs, bench.nowUs, (outcome) => {
    if (!outcome.ok) answer(outcome);
    else answer({ ok: true, ...compare(entries, outcome.value, context) });
  });
};

function compare(
  entries: readonly Expr[],
  found: readonly number[],
  { action }: CallContext,
): { value: number; wrong: readonly [string, string] | undefined } {
  const value = found.filter((events) => events !== 0).length;
  const hex = (numbers: readonly number[]): string =>
    numbers.map((number) => `0x${number.toString(16)}`).join(", ");
  const wanted = entries.map((entry, index) => {
    return numberOf(field(entry, ["revents"], 2), action.at) ?? found[index] ?? 0;
  });
  const right = hex(wanted) === hex(found);
  return { value, wrong: right ? undefined : [`revents ${hex(wanted)}`, `revents ${hex(found)}`] };
}
