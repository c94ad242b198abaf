import { createContext, runInContext } from "node:vm";
import {
  BulkRun,
  checkRequest,
  findBulkScenario,
  type LoadRequest,
  oraclesOf,
  planOf,
  summaryOf,
  toTransfer,
} from "@synfin/simulator/bulk";
import type { LoadOutcome, SimulationService } from "@synfin/worker";
import { wrap } from "comlink";
import { buildLoad } from "../../build/load.mjs";

/** What pages without a bundler load: the worker of the first scenario, and the parts. */
export const { worker, parts } = await buildLoad();

/** How many connections the worker tells apart. */
const ROLL = 2000;

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

/** What the source makes of the same request: no name is short there, and nothing left out. */
function expectedOf(request: LoadRequest): LoadOutcome {
  const checked = checkRequest(request);
  if (!checked.ok) throw new Error(checked.message);
  const { scenario, settings } = checked.value;
  const { seed } = request;
  const run = new BulkRun(planOf(scenario, settings), {
    scenario: scenario.name,
    seed,
    roll: ROLL,
  });
  while (!run.advance(100_000)) {
    // To the end.
  }
  const whole = run.result();
  return { summary: summaryOf(whole, oraclesOf(scenario, settings)), whole: toTransfer(whole) };
}

/** As plain values: those from another context are of other classes. */
const plain = (outcome: LoadOutcome): unknown =>
  JSON.parse(
    JSON.stringify(outcome, (_, value) =>
      ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
    ),
  );

/** What comes of a scenario in the worker's text, and what as the source runs it. */
export async function runBoth(
  scenario: string,
  choice: LoadRequest["choice"] = {},
  seed = 7,
): Promise<[built: unknown, source: unknown]> {
  const isFirst = scenario === "steady";
  const isPlain = isFirst && (choice.profile ?? "rfc9293") === "rfc9293";
  const names = [...(isPlain ? [] : ["load-rest"]), ...(isFirst ? [] : [`load-${scenario}`])];
  const request = { scenario, choice, seed };
  return [plain(await outcomeOf(request, names)), plain(expectedOf(request))];
}

/** Values for a crowd that is a small one, where a scenario lets one say how many. */
export function fewOf(scenario: string): Record<string, number> {
  const parameters = findBulkScenario(scenario)?.parameters ?? [];
  return parameters.some(({ key }) => key === "connections") ? { connections: 300 } : {};
}
