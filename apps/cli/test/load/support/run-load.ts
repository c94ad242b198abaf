import type { ResourceLimits } from "node:worker_threads";
import type { Report } from "@synfin/simulator/report";
import { run } from "../../../src/cli.ts";
import type { Io } from "../../../src/io.ts";
import { fakeIo, type Seen } from "../../fake-io.ts";
import { Threads, workerScript } from "./worker-thread.ts";

/** What `synfin load` did. */
export interface LoadSeen extends Seen {
  readonly code: number;
  readonly threads: Threads;
}

export interface LoadWorld {
  readonly files?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly threads?: Threads;
  /** More of the world, such as an `onInterrupt` that interrupts. */
  readonly io?: Partial<Io>;
}

const script = await workerScript();

/** Workers, with as much memory as they like or less. */
export function threads(resourceLimits: ResourceLimits = {}): Threads {
  return new Threads(script, resourceLimits);
}

/** Runs `synfin load` with real workers in a world of files by their paths. */
export async function load(args: string, world: LoadWorld = {}): Promise<LoadSeen> {
  const seen = fakeIo(world.files, world.isTTY);
  const own = world.threads ?? threads();
  const io: Io = { ...seen.io, startWorker: own.start, ...world.io };
  // Words as a shell would see them, with single quotes around some.
  const words = [...args.matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? "",
  );
  const code = await run(["load", ...words], io);
  return { ...seen, code, threads: own };
}

/** The JSON of a run that ends well; throws if it does not. */
export async function report(args: string): Promise<Report> {
  const { code, stdout, stderr } = await load(`${args} --format json`);
  if (code !== 0 || stderr() !== "") throw new Error(`exit code ${code}: ${stderr()}`);
  const parsed: Report = JSON.parse(stdout());
  return parsed;
}

/** The one line with which a bad command line is refused; throws if it is not refused. */
export async function refusal(args: string, world: LoadWorld = {}): Promise<string> {
  const { code, stdout, stderr } = await load(args, world);
  if (code !== 2 || stdout() !== "" || !/^synfin: load: [^\n]*\n$/.test(stderr())) {
    throw new Error(`not refused in one line: ${code}, ${stdout()}, ${stderr()}`);
  }
  return stderr().slice("synfin: load: ".length).trimEnd();
}
