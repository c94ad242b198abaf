import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Namespace } from "./namespace.ts";

/** A TCP socket of the kernel. Its calls reject with a `KernelError`. */
export interface KernelSocket {
  readonly localPort: number;
  readonly remotePort: number;
  send(text: string): Promise<unknown>;
  /** The next octets; an empty text at the end of the stream. */
  recv(): Promise<string>;
  /** Everything up to the end of the stream. */
  drain(): Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** shutdown(SHUT_WR) */
  shutdown(): Promise<unknown>;
  close(): Promise<unknown>;
  /** close() under SO_LINGER with no time. */
  reset(): Promise<unknown>;
}

export interface KernelListener {
  readonly localPort: number;
  accept(): Promise<KernelSocket>;
  close(): Promise<unknown>;
}

export interface DialOptions {
  /** `bind` to port 0 before `connect`. */
  readonly bindsFirst?: boolean;
  /** Whether it waits until it is connected (the default), or only sends the SYN. */
  readonly waits?: boolean;
}

/** What a call of the kernel failed with. */
export class KernelError extends Error {
  override readonly name = "KernelError";
  readonly code: string;

  constructor(call: string, code: string) {
    super(`${call}: ${code}`);
    this.code = code;
  }
}

interface Made {
  readonly handle: string;
  readonly localPort: number;
  readonly remotePort: number;
}

interface Waiting {
  readonly call: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Linux's own TCP in a namespace: sockets that a test plays through `kernel.py`. */
export class Kernel {
  private readonly player: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;

  constructor(namespace: Namespace) {
    const script = fileURLToPath(new URL("kernel.py", import.meta.url));
    this.player = namespace.start("python3", script);
    // Ending it breaks the pipe under a call that nobody waits for any more.
    this.player.stdin?.on("error", () => undefined);
    if (this.player.stdout === null) throw new Error("python3 has no output");
    createInterface(this.player.stdout).on("line", (line) => this.answered(line));
  }

  async listen(port: number, address = "0.0.0.0", backlog = 256): Promise<KernelListener> {
    const { handle, localPort } = await this.call<Made>("listen", { port, address, backlog });
    return {
      localPort,
      accept: async () => this.socket(await this.call<Made>("accept", { handle })),
      close: () => this.call("close", { handle }),
    };
  }

  async connect(address: string, port: number, localPort = 0): Promise<KernelSocket> {
    return this.socket(await this.call<Made>("connect", { address, port, localPort }));
  }

  /** The kernel chooses the port, as it does for a client that has no wish. */
  async dial(address: string, port: number, how: DialOptions = {}): Promise<KernelSocket> {
    return this.socket(await this.call<Made>("dial", { address, port, ...how }));
  }

  private socket({ handle, localPort, remotePort }: Made): KernelSocket {
    return {
      localPort,
      remotePort,
      send: (text) => this.call("send", { handle, text }),
      recv: () => this.call<string>("recv", { handle }),
      drain: () => this.call("drain", { handle }),
      shutdown: () => this.call("shutdown", { handle }),
      close: () => this.call("close", { handle }),
      reset: () => this.call("reset", { handle }),
    };
  }

  private call<T>(call: string, args: object): Promise<T> {
    this.calls += 1;
    const id = this.calls;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { call, resolve: resolve as (value: unknown) => void, reject });
      this.player.stdin?.write(`${JSON.stringify({ id, call, with: args })}\n`);
    });
  }

  private answered(line: string): void {
    const { id, value, error } = JSON.parse(line) as { id: number; value: unknown; error?: string };
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new KernelError(waiting.call, error));
  }
}
