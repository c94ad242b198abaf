import { Duplex } from "node:stream";
import type { Connection } from "./connection.ts";

/**
 * A connection as a Node stream, for everything that speaks to streams:
 * `http.createServer().emit("connection", stream)`, `pipeline`, TLS. `end`
 * closes our direction only; `destroy` ends the whole connection.
 */
export class ConnectionStream extends Duplex {
  readonly connection: Connection;
  readonly remoteAddress: string;
  readonly remotePort: number;
  private reading = false;

  constructor(connection: Connection) {
    super({ allowHalfOpen: true });
    this.connection = connection;
    this.remoteAddress = connection.remoteAddress;
    this.remotePort = connection.remotePort;
  }

  override _read(): void {
    if (this.reading) return;
    this.reading = true;
    this.connection.read().then(
      (bytes) => {
        this.reading = false;
        this.push(bytes ?? null);
      },
      (error: Error) => {
        this.reading = false;
        this.destroy(error);
      },
    );
  }

  override _write(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: (error?: Error | null) => void,
  ): void {
    this.connection.write(chunk).then(() => callback(), callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    try {
      this.connection.end();
      callback();
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** A stream that has ended both ways has sent its FIN; any other is cut off. */
  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (error === null && this.writableFinished) this.connection.close();
    else this.connection.abort();
    callback(error);
  }

  /** What `node:http` calls on sockets; there is no timer here to set. */
  setTimeout(): this {
    return this;
  }

  /** Every octet goes out as soon as the window lets it. */
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }
}
