/**
 * Holds the TCP that it is bundled with to the laws, one kind of run after the
 * other, and prints as one line of JSON which law was broken first, or null. It
 * gets a `Task` as its only argument. `run-laws.mjs` bundles it, once for each
 * mutant.
 */
import type { Task } from "./hold.ts";
import { SUITES } from "./suites.ts";

const task: Task = JSON.parse(process.argv[2] ?? "{}");
for (const [suite, hold] of SUITES) {
  const caught = await hold(task);
  if (caught === undefined) continue;
  console.log(JSON.stringify({ suite, ...caught }));
  process.exit();
}
console.log("null");
