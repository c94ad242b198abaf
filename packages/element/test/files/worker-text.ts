import { createContext, runInContext } from "node:vm";
import { findBulkScenario, type LoadRequest } from "@synfin/simulator/bulk";
import { wrap } from "comlink";
import { expect } from "vitest";
// The very source, where no name is short and nothing is left out.
import { createLoad } from "../../../worker/src/load-run.ts";
import type { LoadOutcome, SimulationService } from "../../../worker/src/protocol.ts";
import { buildLoad } from "../../build/load.mjs";

/** What pages without a bundler load: the worker of the first scenario, and the parts. */
export const { worker, parts } = await buildLoad();

const BUDGET = 2 ** 31;

/** A part as the worker opens it. */
function opened(name: string): string {
  const [, open] = /open=([\s\S]*);\s*$/.exec(parts[name] ?? "") ?? [];
  if (open === undefined) throw new Error(`there is no part ${name}`);
  return open;
}

/** The text of the worker with these parts, at work in a context of its own. */
function serviceAt(port2: MessagePort, names: readonly string[]): void {
  const globals = { MessageChannel, performance, setImmediate };
  const context = createContext({
    ...globals,
    addEventListener: port2.addEventListener.bind(port2),
    postMessage: port2.postMessage.bind(port2),
  });
  const shelf = `const synfinShelf=[${names.map(opened)}];`;
  runInContext(
    worker.replace("const synfinShelf=[];", () => shelf),
    context,
  );
  port2.start();
}

async function outcomeOf(request: LoadRequest, names: readonly string[]): Promise<LoadOutcome> {
  const { port1, port2 } = new MessageChannel();
  serviceAt(port2, names);
  const service = wrap<SimulationService>(port1) as unknown as SimulationService;
  try {
    const run = await service.startLoad(request);
    for (;;) {
      const reply = await service.nextFrame(run);
      if (reply.kind === "done") return reply.result;
      if (reply.kind !== "frame") throw new Error(reply.kind);
    }
  } finally {
    port1.close();
  }
}

/** What the source makes of the same request. */
function expectedOf(request: LoadRequest): LoadOutcome {
  const run = createLoad(request, BUDGET);
  while (!run.advance(100_000)) {
    // To the end.
  }
  return run.result();
}

/** As plain values: those from another context are of other classes. */
const plain = (outcome: LoadOutcome): unknown =>
  JSON.parse(
    JSON.stringify(outcome, (_, value) =>
      ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
    ),
  );

/** Runs a scenario as the worker's text and as the source: all that comes of it is the same. */
export async function compareRuns(
  scenario: string,
  choice: LoadRequest["choice"] = {},
  seed = 7,
): Promise<void> {
  const isFirst = scenario === "steady";
  const isPlain = isFirst && (choice.profile ?? "rfc9293") === "rfc9293";
  const names = [...(isPlain ? [] : ["load-rest"]), ...(isFirst ? [] : [`load-${scenario}`])];
  const request = { scenario, choice, seed };
  expect(plain(await outcomeOf(request, names))).toEqual(plain(expectedOf(request)));
}

/** Values for a crowd that is a small one, where a scenario lets one say how many. */
export function fewOf(scenario: string): Record<string, number> {
  const parameters = findBulkScenario(scenario)?.parameters ?? [];
  return parameters.some(({ key }) => key === "connections") ? { connections: 300 } : {};
}
