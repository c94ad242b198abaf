import { execFile } from "node:child_process";

/** What a program printed. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. Rejects with what it said where it fails. */
export function run(program: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(new Error(`${program} ${args.join(" ")}: ${stderr.trim() || error.message}`));
    });
  });
}
