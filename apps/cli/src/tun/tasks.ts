import { type Connection, ConnectionError, type RealTimeHost } from "@synfin/tun";
import { ExitCode, type Io, UsageError } from "../io.ts";
import { fetchUrl } from "./fetch-url.ts";
import { folderServer } from "./serve-folder.ts";
import type { Task } from "./tun-options.ts";

/** What a task may use. */
export interface Means {
  readonly host: RealTimeHost;
  readonly io: Io;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Aborted when the user has had enough. */
  readonly stop: AbortSignal;
}

/** Does a task to its end. A connection that fails is one line on stderr and exit code 1. */
export async function perform(task: Task, means: Means): Promise<ExitCode> {
  try {
    return await start(task, means);
  } catch (error) {
    if (!isFailure(error)) throw error;
    // What breaks because the command was stopped is no news.
    if (!means.stop.aborted) means.io.stderr.write(`synfin: tun: ${error.message}\n`);
    return ExitCode.CHECK_FAILED;
  }
}

/** A connection that failed, or an answer that Node's HTTP does not understand. */
function isFailure(error: unknown): error is Error {
  return error instanceof ConnectionError || (error instanceof Error && "code" in error);
}

function start(task: Task, means: Means): Promise<ExitCode> {
  switch (task.do) {
    case "listen":
      return listen(task.port, takers[task.mode], means);
    case "serve":
      return serve(task.port, task.folder, means);
    case "connect":
      return talk(task.host, task.port, means);
    case "fetch":
      return fetchTo(task.url, task.out, means);
  }
}

type Taker = (connection: Connection, io: Io) => Promise<void>;

const takers: Readonly<Record<"print" | "echo" | "discard", Taker>> = {
  print: (connection, io) => readAll(connection, (bytes) => io.stdout.write(bytes)),
  echo: (connection) => readAll(connection, (bytes) => connection.write(bytes)),
  discard: (connection) => readAll(connection, () => undefined),
};

async function readAll(
  connection: Connection,
  take: (bytes: Uint8Array) => Promise<void> | void,
): Promise<void> {
  for (;;) {
    const bytes = await connection.read();
    if (bytes === undefined) return;
    await take(bytes);
  }
}

function listen(port: number, take: Taker, { host, io }: Means): Promise<ExitCode> {
  host.listen(port, (connection) => {
    const name = `${connection.remoteAddress}:${connection.remotePort}`;
    take(connection, io)
      .then(() => connection.end())
      .catch((error: Error) => io.stderr.write(`synfin: tun: ${name}: ${error.message}\n`));
  });
  return forEver();
}

async function serve(port: number, folder: string, { host }: Means): Promise<ExitCode> {
  host.listen(port, await openFolder(folder));
  return forEver();
}

async function openFolder(folder: string): Promise<(connection: Connection) => void> {
  try {
    return await folderServer(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`tun: cannot serve "${folder}" (${reason}); give a folder that exists`);
  }
}

/** What listens goes on until the command is stopped. */
function forEver(): Promise<ExitCode> {
  return new Promise(() => undefined);
}

/** Both directions at once, each until its end. */
async function talk(address: string, port: number, means: Means): Promise<ExitCode> {
  const { host, io, stdin } = means;
  const connection = await host.connect(address, port);
  await Promise.all([
    sendAll(stdin, connection),
    readAll(connection, (bytes) => io.stdout.write(bytes)),
  ]);
  await connection.closed;
  return ExitCode.OK;
}

async function sendAll(source: AsyncIterable<Uint8Array>, connection: Connection): Promise<void> {
  for await (const bytes of source) await connection.write(bytes);
  connection.end();
}

async function fetchTo(url: URL, out: string | undefined, means: Means): Promise<ExitCode> {
  const { host, io } = means;
  const answer = await fetchUrl(host, url);
  const kept: Uint8Array[] = [];
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    if (out === undefined) io.stdout.write(chunk);
    else kept.push(chunk);
  }
  if (out !== undefined) await save(out, Buffer.concat(kept), io);
  const status = answer.statusCode ?? 0;
  if (status < 400) return ExitCode.OK;
  io.stderr.write(`synfin: tun: ${url.href} answered ${status} ${answer.statusMessage ?? ""}\n`);
  return ExitCode.CHECK_FAILED;
}

async function save(path: string, content: Uint8Array, io: Io): Promise<void> {
  try {
    await io.writeFile(path, content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `tun: cannot write --out "${path}" (${reason}); give a file in a folder that exists and that you may write to`,
    );
  }
}
