import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ran, run } from "./run.ts";

const PREFIX = "synfin-interop-";
let made = 0;

/** A program that ends with the process that has started it, however that ends. */
const MORTAL: readonly string[] = ["--pdeathsig", "KILL"];

/**
 * A network namespace of our own, the programs that run in it, and a folder
 * for what they leave. None of it outlives this process, not even a `kill -9`.
 */
export class Namespace {
  readonly name: string;
  readonly folder: string;
  private readonly guard: ChildProcess;
  private readonly guardEnded: Promise<number | null>;
  private readonly children = new Set<ChildProcess>();

  private constructor(name: string) {
    this.name = name;
    this.folder = mkdtempSync(join(tmpdir(), PREFIX));
    this.guard = startGuard(name, this.folder);
    this.guardEnded = new Promise((resolve) => this.guard.once("exit", resolve));
  }

  /** Makes one with its loopback up, after those whose guards were killed, too, are gone. */
  static async create(): Promise<Namespace> {
    await removeLeftovers();
    made += 1;
    const namespace = new Namespace(`${PREFIX}${process.pid}-${made}`);
    await run("ip", ["netns", "add", namespace.name]);
    await run("ip", ["-n", namespace.name, "link", "set", "lo", "up"]);
    return namespace;
  }

  /** Runs a program in it, to its end. */
  run(program: string, ...args: readonly string[]): Promise<Ran> {
    return run("setpriv", [...MORTAL, "ip", "netns", "exec", this.name, program, ...args]);
  }

  /** Starts a program in it that ends with the namespace. */
  start(program: string, ...args: readonly string[]): ChildProcess {
    const all = [...MORTAL, "ip", "netns", "exec", this.name, program, ...args];
    const child = spawn("setpriv", all, { stdio: ["pipe", "pipe", "inherit"] });
    this.children.add(child);
    child.once("exit", () => this.children.delete(child));
    return child;
  }

  /** Sets a switch of the kernel, for this namespace only. */
  async sysctl(name: string, value: number | string): Promise<void> {
    await this.run("sh", "-c", `echo ${value} > /proc/sys/${name.replaceAll(".", "/")}`);
  }

  /** Ends what runs in it, and removes it and its folder. */
  async remove(): Promise<void> {
    await Promise.all([...this.children].map(end));
    this.guard.stdin?.end();
    if ((await this.guardEnded) !== 0)
      throw new Error(`the namespace ${this.name} could not be deleted`);
  }
}

/**
 * A shell that waits for the end of its input, which comes when this process
 * ends or says so, and then removes everything. It has a process group of its
 * own, which Ctrl-C does not reach.
 */
function startGuard(name: string, folder: string): ChildProcess {
  const script = 'read -r _; rm -rf "$1"; exec ip netns delete "$0"';
  const args = ["-c", script, name, folder];
  return spawn("sh", args, { stdio: ["pipe", "ignore", "ignore"], detached: true });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill();
  });
}

/** A name ends in the number of the process that made it; where that is gone, so is its use. */
async function removeLeftovers(): Promise<void> {
  const { stdout } = await run("ip", ["netns", "list"]);
  for (const line of stdout.split("\n")) {
    const [, name = "", pid] = /^(synfin-interop-(\d+)-\d+)/.exec(line) ?? [];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    // A guard may be about to do the same.
    await run("ip", ["netns", "delete", name]).catch(() => undefined);
  }
}
