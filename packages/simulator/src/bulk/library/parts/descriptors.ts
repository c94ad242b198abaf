/**
 * The file descriptors of a process, `ulimit -n`: each connection that it has
 * accepted takes one until it is closed, whatever has become of the connection.
 */
export class Descriptors {
  readonly #limit: number;
  #used: number;

  /** @param used for files, logs, the listener … from the start */
  constructor(limit: number, used: number) {
    this.#limit = limit;
    this.#used = used;
  }

  /** @returns whether there was one left; otherwise the call fails with EMFILE */
  take(): boolean {
    if (this.#used >= this.#limit) return false;
    this.#used += 1;
    return true;
  }

  give(): void {
    this.#used -= 1;
  }
}
