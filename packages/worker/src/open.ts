import { BACKENDS, type Backend, type FailedWay, type Far, openFar } from "./backends.ts";
import { connectTo, type Simulation } from "./simulation.ts";
import { WORKER_VERSION } from "./version.ts";

export interface OpenOptions {
  /** The address of the self-hosted worker file, for pages whose policy forbids Blobs. */
  readonly workerUrl?: string | undefined;
  /** Try only these ways; for tests, and for pages that know their policy. */
  readonly backends?: readonly Backend[] | undefined;
  /** How long a way may stay silent, in milliseconds. */
  readonly patienceMs?: number | undefined;
  /** How long it may leave a question unanswered later, before it counts as failed; 10 s. */
  readonly silenceMs?: number | undefined;
}

const PATIENCE_MS = 1_500;

/**
 * A simulation to talk to, by the first way that works: the worker file that
 * the page named, an inline worker, the page's own thread. A way works once
 * its far end has said `ready` in our version; a throw, an error or silence
 * moves on to the next. Rejects only if there is none left.
 */
export async function openSimulation(options: OpenOptions = {}): Promise<Simulation> {
  const failed: FailedWay[] = [];
  for (const backend of waysToTry(options)) {
    try {
      const far = await openFar(backend, options.workerUrl);
      await untilReady(far, options.patienceMs ?? PATIENCE_MS);
      return connectTo(far, backend, failed, options.silenceMs);
    } catch (error) {
      failed.push({ backend, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const reasons = failed.map(({ backend, reason }) => `${backend}: ${reason}`).join("; ");
  throw new Error(`No way to run the simulation works here (${reasons})`);
}

function waysToTry(options: OpenOptions): readonly Backend[] {
  if (options.backends !== undefined) return options.backends;
  return BACKENDS.filter((way) => way !== "worker-url" || options.workerUrl !== undefined);
}

/** Resolves with the far end's first word, or closes it and rejects. */
async function untilReady(far: Far, patienceMs: number): Promise<void> {
  try {
    const version = await firstWord(far, patienceMs);
    if (version !== WORKER_VERSION) {
      throw new Error(`the worker is version ${version}, the page needs ${WORKER_VERSION}`);
    }
  } catch (error) {
    far.close();
    throw error;
  }
}

function firstWord(far: Far, patienceMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      settle(() => reject(new Error(`no answer within ${patienceMs} ms`)));
    }, patienceMs);
    const settle = (outcome: () => void): void => {
      clearTimeout(timer);
      far.endpoint.removeEventListener("message", listen);
      outcome();
    };
    const listen = (event: Event): void => {
      const version = readyVersion(event);
      if (version !== undefined) settle(() => resolve(version));
    };
    far.onFailure((reason) => settle(() => reject(new Error(reason))));
    far.endpoint.addEventListener("message", listen);
    far.endpoint.start?.();
  });
}

function readyVersion(event: Event): string | undefined {
  const data: unknown = event instanceof MessageEvent ? event.data : undefined;
  if (typeof data !== "object" || data === null) return undefined;
  const { synfin, version } = data as { synfin?: unknown; version?: unknown };
  return synfin === "ready" && typeof version === "string" ? version : undefined;
}
