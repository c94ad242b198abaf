import { once } from "node:events";
import { ExitCode, type Io } from "../io.ts";
import { TUN_HELP } from "./help.ts";
import { openHost } from "./open-host.ts";
import { perform } from "./tasks.ts";
import { parseTunOptions, type Task, type TunSettings } from "./tun-options.ts";

/** What a person at a terminal can do while the command runs. */
interface Person {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stop: AbortSignal;
}

/** `synfin tun`: resolves to the exit code, or rejects with a `UsageError`. */
export async function tunCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    return await runTun(args, io, { stdin: process.stdin, stop: stopping.signal });
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
    // What is still read from a terminal would keep the process alive.
    process.stdin.destroy();
  }
}

async function runTun(args: readonly string[], io: Io, person: Person): Promise<ExitCode> {
  const settings = parseTunOptions(args);
  if (settings === "help") {
    io.stdout.write(TUN_HELP);
    return ExitCode.OK;
  }
  const open = await openHost(settings, io);
  try {
    announce(settings, io);
    const { task } = settings;
    return await Promise.race([
      perform(task, { ...person, host: open.host, io }),
      whenGone(open.device.gone, io),
      whenStopped(person.stop, task),
    ]);
  } finally {
    await open.close();
  }
}

/** Only what listens has done all that it was asked for when it is stopped. */
async function whenStopped(stop: AbortSignal, task: Task): Promise<ExitCode> {
  if (!stop.aborted) await once(stop, "abort");
  return isListening(task) ? ExitCode.OK : ExitCode.CHECK_FAILED;
}

function isListening(task: Task): task is Extract<Task, { do: "listen" | "serve" }> {
  return task.do === "listen" || task.do === "serve";
}

function announce({ task, address, peer, netns }: TunSettings, io: Io): void {
  if (!isListening(task)) return;
  const where = netns === undefined ? "" : ` in the namespace ${netns}`;
  io.stderr.write(`listening on ${address} port ${task.port}; the kernel is ${peer}${where}\n`);
}

/** The interface can be taken away under us; then there is nothing left to do. */
async function whenGone(gone: Promise<Error | undefined>, io: Io): Promise<ExitCode> {
  const why = await gone;
  if (why !== undefined) io.stderr.write(`synfin: tun: ${why.message}\n`);
  return ExitCode.CHECK_FAILED;
}
