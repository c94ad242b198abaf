import { existsSync, readFileSync } from "node:fs";

/** The processes that a process has started, by their numbers. */
export function childrenOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text.split(" ").filter((child) => child !== "");
}

/** A process that has ended may still wait for whoever started it to ask why. */
export function isAlive(pid: string): boolean {
  if (!existsSync(`/proc/${pid}`)) return false;
  return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
}
