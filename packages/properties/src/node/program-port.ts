import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";
import type { Port, PortInput, PortOutput } from "../port/port.ts";
import { PortError } from "../port/read-output.ts";

/** How a program under test is run. */
export interface ProgramOptions {
  /** How long it may take over one answer, in milliseconds of real time; 5000 by default. */
  readonly answerWithinMs?: number;
  /** Handed what it writes to standard error, as it comes; a failure shows the end of it. */
  readonly onStderr?: (chunk: string) => void;
  /** The folder that it runs in; this process's own by default. */
  readonly folder?: string;
}

/** What came of waiting for an answer: its line, or why there is none. */
type Answer = { readonly line: string } | { readonly failure: string };

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** So much of what a program says on stderr is shown when it fails. */
const TAIL = 2000;

/**
 * A TCP behind a program that reads inputs from standard input and writes its
 * answers to standard output, each a line of JSON. The program is started
 * with the first run and serves all of them; one that has ended, or had to be
 * ended, is started again with the next run.
 *
 * What goes wrong (it cannot be started, ends early, is silent for too long,
 * writes what is no JSON) rejects with a `PortError` that says what it was.
 */
export class ProgramPort implements Port {
  private readonly command: string;
  private readonly args: readonly string[];
  private readonly options: ProgramOptions;
  private child: Child | undefined;
  private readonly lines: string[] = [];
  private waiting: ((answer: Answer) => void) | undefined;
  private stderr = "";

  /** @param command a path, or a name to be looked for on the PATH */
  constructor(command: string, args: readonly string[] = [], options: ProgramOptions = {}) {
    this.command = command;
    this.args = args;
    this.options = options;
  }

  async step(input: PortInput): Promise<PortOutput> {
    if (this.child === undefined) {
      if (input.type !== "start") throw new PortError(`${this.command} has ended`);
      this.child = this.start();
    }
    const text = JSON.stringify(input);
    const answer = await this.ask(this.child, text);
    if ("failure" in answer) {
      this.close();
      const said = this.stderr.trim();
      throw new PortError(`${answer.failure}${said === "" ? "" : `; on stderr it said: ${said}`}`);
    }
    const { line } = answer;
    try {
      return JSON.parse(line) as PortOutput;
    } catch {
      this.close();
      throw new PortError(
        `the answer to ${text} is ${JSON.stringify(line)}, but it should be one line of JSON`,
      );
    }
  }

  /** Ends the program. The port can be used again: the next run starts it anew. */
  close(): void {
    const { child } = this;
    this.child = undefined;
    this.lines.length = 0;
    if (child === undefined) return;
    // One that lives on, or has a child of its own that does, keeps nobody waiting.
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    child.kill();
    child.unref();
  }

  private start(): Child {
    const { folder, onStderr } = this.options;
    const where = folder === undefined ? {} : { cwd: folder };
    const child = spawn(this.command, this.args, { ...where, stdio: ["pipe", "pipe", "pipe"] });
    this.stderr = "";
    child.stderr.on("data", (chunk) => {
      this.stderr = `${this.stderr}${chunk}`.slice(-TAIL);
      onStderr?.(String(chunk));
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (this.child !== child) return;
      if (this.waiting === undefined) this.lines.push(line);
      else this.settle({ line });
    });
    // A program that has ended reads no more: `close` tells of it.
    child.stdin.on("error", () => {});
    child.on("error", (error) => {
      if (this.child === child)
        this.settle({ failure: `cannot start "${this.command}" (${error.message})` });
    });
    child.on("close", (code, signal) => {
      if (this.child !== child) return;
      const how = signal === null ? `exit code ${code}` : signal;
      this.settle({ failure: `"${this.command}" ended with ${how} instead of an answer` });
    });
    return child;
  }

  private ask(child: Child, text: string): Promise<Answer> {
    const [stray] = this.lines;
    if (stray !== undefined) {
      const failure = `wrote ${JSON.stringify(stray)}, though nothing had been asked; each input has one line for an answer`;
      return Promise.resolve({ failure: `"${this.command}" ${failure}` });
    }
    const { answerWithinMs = 5000 } = this.options;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        const failure = `no answer to ${text} within ${answerWithinMs} ms; an answer has to be flushed`;
        this.settle({ failure });
      }, answerWithinMs);
      this.waiting = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      child.stdin.write(`${text}\n`);
    });
  }

  private settle(answer: Answer): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.(answer);
  }
}
