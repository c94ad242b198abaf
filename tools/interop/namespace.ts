import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { type Ran, run } from "./run.ts";

const PREFIX = "synfin-interop-";
let made = 0;

/** A network namespace of our own, and the programs that run in it. */
export class Namespace {
  readonly name: string;
  private readonly children = new Set<ChildProcess>();

  private constructor(name: string) {
    this.name = name;
  }

  /** Makes one with its loopback up, after those of test runs that were killed are gone. */
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
    return run("ip", ["netns", "exec", this.name, program, ...args]);
  }

  /** Starts a program in it that ends with the namespace, or with this process. */
  start(program: string, ...args: readonly string[]): ChildProcess {
    const all = ["--pdeathsig", "KILL", "ip", "netns", "exec", this.name, program, ...args];
    const child = spawn("setpriv", all, { stdio: ["pipe", "pipe", "inherit"] });
    this.children.add(child);
    child.once("exit", () => this.children.delete(child));
    return child;
  }

  /** Sets a switch of the kernel, for this namespace only. */
  async sysctl(name: string, value: number): Promise<void> {
    await this.run("sh", "-c", `echo ${value} > /proc/sys/${name.replaceAll(".", "/")}`);
  }

  async remove(): Promise<void> {
    await Promise.all([...this.children].map(end));
    await run("ip", ["netns", "delete", this.name]);
  }
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
    if (pid !== undefined && !existsSync(`/proc/${pid}`))
      await run("ip", ["netns", "delete", name]);
  }
}
