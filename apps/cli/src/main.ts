#!/usr/bin/env node
import { readdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { ProgramPort } from "@synfin/properties/node";
import { serveIfWorker } from "@synfin/worker/node";
import { run } from "./cli.ts";
import { ExitCode, type Io } from "./io.ts";

process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  // A reader that has seen enough, such as `head`, closes the pipe. That is no error.
  if (code === "EPIPE") process.exit();
  process.stderr.write(`synfin: cannot write to standard output (${message})\n`);
  process.exit(ExitCode.BAD_USAGE);
});

const io: Io = {
  stdout: {
    write: (chunk) => void process.stdout.write(chunk),
    isTTY: process.stdout.isTTY === true,
  },
  stderr: {
    write: (chunk) => void process.stderr.write(chunk),
    isTTY: process.stderr.isTTY === true,
  },
  readFile: (path) => readFile(path),
  listFolder: async (path) => {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
  },
  writeFile: (path, content) => writeFile(path, content),
  startWorker: (workerData, transferList) =>
    new Worker(new URL(import.meta.url), { workerData, transferList: [...transferList] }),
  startProgram: (command, args, options) => new ProgramPort(command, args, options),
  cores: availableParallelism(),
  onInterrupt: (handler) => {
    // Once: a second Ctrl-C ends the process as ever.
    process.once("SIGINT", handler);
    return () => process.off("SIGINT", handler);
  },
};

// This one file is also what a worker of `synfin load` runs.
if (!serveIfWorker()) process.exitCode = await run(process.argv.slice(2), io);
