import { STATE_NAMES, type State } from "@synfin/core/tcp";
import type { ShellAction } from "../../ast.ts";
import type { Bench } from "../bench.ts";
import { mismatch, unsupported } from "../failure.ts";
import { filter } from "./filter.ts";
import { settingChange } from "./sysctl.ts";
import { splitCommands } from "./words.ts";

const KNOWN =
  "there are sysctl, sockstat, netstat and ss with grep and wc -l, tcpdrop, sleep, true";

/** FreeBSD's names of the states, where they are not the RFC's with underscores. */
function systemName(state: State): string {
  const name = STATE_NAMES[state].replaceAll("-", "_");
  return name === "SYN_RECEIVED" ? "SYN_RCVD" : name;
}

/** Does what a command of the script would do to the system. Throws `ScriptFailure`. */
export function runShell(action: ShellAction, bench: Bench): void {
  for (const pipeline of splitCommands(action.command)) {
    const [first = [], ...filters] = pipeline;
    const lines = runCommand(first, action, bench);
    const success = runFilters(lines, filters, action);
    if (!success) {
      const states = bench.posix.states().map(systemName).join(", ");
      mismatch(action.at, `\`${action.command}\` to succeed`, `the sockets are [${states}]`);
    }
  }
}

function runFilters(
  lines: readonly string[],
  filters: readonly (readonly string[])[],
  action: ShellAction,
): boolean {
  let current = lines;
  let success = true;
  for (const words of filters) {
    const filtered = filter(words, current);
    if (filtered === undefined) return unsupported(action.at, `"${words.join(" ")}"`, KNOWN);
    current = filtered.lines;
    success = filtered.success;
  }
  return success;
}

/** The first command of a pipeline. @returns the lines that it prints. */
function runCommand(words: readonly string[], action: ShellAction, bench: Bench): string[] {
  const [name = "", ...args] = words;
  switch (name) {
    case "sysctl":
      for (const arg of args) if (!arg.startsWith("-")) set(arg, action, bench);
      return [];
    case "sockstat":
    case "netstat":
    case "ss":
      return bench.posix.states().map(systemName);
    case "tcpdrop":
      drop(args, action, bench);
      return [];
    case "sleep":
      bench.advance(bench.nowUs + Math.round(1_000_000 * Number(args[0] ?? 0)));
      return [];
    case "true":
    case ":":
      return [];
    default:
      return unsupported(action.at, `the command "${words.join(" ")}"`, KNOWN);
  }
}

function set(assignment: string, action: ShellAction, bench: Bench): void {
  const [name = "", value = ""] = assignment.split("=");
  const change = settingChange(name, value);
  if (typeof change === "string") unsupported(action.at, `sysctl ${assignment}`, change);
  else {
    bench.stack.configure(change.params ?? {});
    bench.posix.configure(change.buffers ?? {});
  }
}

/** `tcpdrop -s STATE` and `tcpdrop -a`: an operator ends connections. */
function drop(args: readonly string[], action: ShellAction, bench: Bench): void {
  const [flag, state] = args;
  if (flag !== "-a" && (flag !== "-s" || state === undefined)) {
    unsupported(action.at, `"tcpdrop ${args.join(" ")}"`, "write tcpdrop -a or tcpdrop -s STATE");
  }
  for (const socket of bench.stack.sockets()) {
    if (flag === "-a" || systemName(socket.tcb.state) === state)
      bench.stack.abort(socket, bench.nowUs);
  }
}
