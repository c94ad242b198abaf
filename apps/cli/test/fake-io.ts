import type { Io } from "../src/io.ts";

/** What a command printed and wrote. */
export interface Seen {
  readonly io: Io;
  readonly stdout: () => string;
  readonly stdoutBytes: () => Uint8Array;
  readonly stderr: () => string;
  readonly files: Map<string, Uint8Array | string>;
}

/** A world for a command: files by their paths, and a terminal or a pipe. */
export function fakeIo(files: Readonly<Record<string, string>> = {}, isTTY = false): Seen {
  const out: (Uint8Array | string)[] = [];
  const err: string[] = [];
  const written = new Map<string, Uint8Array | string>();
  const missing = (path: string): Error =>
    new Error(`ENOENT: no such file or directory, open '${path}'`);
  const io: Io = {
    stdout: { write: (chunk) => void out.push(chunk), isTTY },
    stderr: { write: (chunk) => void err.push(String(chunk)), isTTY },
    readFile: async (path) => {
      const text = files[path];
      if (text === undefined) throw missing(path);
      return new TextEncoder().encode(text);
    },
    listFolder: async (path) => {
      const beneath = Object.keys(files).filter((file) => file.startsWith(`${path}/`));
      if (beneath.length > 0) return beneath;
      throw Object.hasOwn(files, path)
        ? Object.assign(new Error(`ENOTDIR: not a directory, scandir '${path}'`), {
            code: "ENOTDIR",
          })
        : Object.assign(missing(path), { code: "ENOENT" });
    },
    writeFile: async (path, content) => {
      if (path.startsWith("/missing/")) throw missing(path);
      written.set(path, content);
    },
    startWorker: () => {
      throw new Error("this test has no workers");
    },
    startProgram: () => {
      throw new Error("this test has no programs");
    },
    cores: 2,
    onInterrupt: () => () => {},
  };
  return {
    io,
    files: written,
    stdout: () => out.join(""),
    stdoutBytes: () => Buffer.concat(out.map((chunk) => Buffer.from(chunk))),
    stderr: () => err.join(""),
  };
}
