import { type BulkResult, type Choice, mergeResults } from "@synfin/simulator/bulk";
import {
  type BulkProgress,
  type BulkRequest,
  type BulkWorker,
  openWorker,
} from "@synfin/worker/node";
import type { Io } from "../io.ts";

/** One or several replications of a scenario with the same settings. */
export interface Work {
  readonly scenario: string;
  readonly choice: Choice;
  readonly seed: number;
  readonly replications: number;
  /** More shards than cells would have nothing to do. */
  readonly cells: number;
}

/** How far the work has got, all of its shards together. */
export interface WorkProgress {
  readonly opened: number;
  readonly virtualUs: number;
  /** From 0 to 1; undefined where nobody can tell. */
  readonly share: number | undefined;
}

/** What came of the work. */
export interface Done {
  /** One for each replication; after `stop`, of those that there are. */
  readonly results: readonly BulkResult[];
  /** Stopped before its end. */
  readonly partial: boolean;
}

/** A run could not be done: one line for the user, which names the shard. */
export class LoadFailure extends Error {
  override readonly name = "LoadFailure";
}

/** A part of the work that one worker does at a stretch. */
interface Job extends BulkRequest {
  /** For a failure to name: `shard 2 of 4`, `replication 3 of 10`. */
  readonly name: string;
}

/**
 * The workers of one command: started when they are needed first, and kept for
 * the next point of a sweep. A single replication is shared out by its cells,
 * several are shared out whole.
 */
export class Crew {
  readonly #io: Pick<Io, "startWorker">;
  readonly #size: number;
  readonly #workers: BulkWorker[] = [];
  #stopped = false;

  constructor(io: Pick<Io, "startWorker">, size: number) {
    this.#io = io;
    this.#size = size;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  /** Lets everything end with what there is. */
  stop(): void {
    this.#stopped = true;
    for (const worker of this.#workers) worker.stop();
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }

  /** Does the work. Rejects with a `LoadFailure` where a worker fails. */
  async run(work: Work, onProgress: (progress: WorkProgress) => void): Promise<Done> {
    const jobs = jobsOf(work, this.#size);
    const board = new Board(jobs.length, onProgress);
    const parts = new Map<number, BulkResult>();
    const queue = [...jobs.entries()];
    const hands = Math.min(this.#size, jobs.length);
    const takeTurns = async (nth: number): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const [index, job] = next;
        if (this.#stopped && (parts.size > 0 || index > 0) && work.replications > 1) return;
        parts.set(index, await this.#do(nth, job, (progress) => board.note(index, progress)));
      }
    };
    await Promise.all(Array.from({ length: hands }, (_, nth) => takeTurns(nth)));
    return doneOf(work, jobs, parts);
  }

  async #do(
    nth: number,
    { name, ...request }: Job,
    onProgress: (progress: BulkProgress) => void,
  ): Promise<BulkResult> {
    try {
      return await this.#worker(nth).run(request, onProgress);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new LoadFailure(`${name} could not be run: ${reason}`);
    }
  }

  #worker(nth: number): BulkWorker {
    const worker = this.#workers[nth] ?? openWorker(this.#io.startWorker);
    this.#workers[nth] = worker;
    if (this.#stopped) worker.stop();
    return worker;
  }
}

function jobsOf({ scenario, choice, seed, replications, cells }: Work, size: number): Job[] {
  const shards = replications === 1 ? Math.min(size, cells) : 1;
  return Array.from({ length: replications * shards }, (_, index) => ({
    ...{ scenario, choice, seed },
    replication: replications === 1 ? 0 : index,
    shard: { index: replications === 1 ? index : 0, count: shards },
    name:
      replications === 1
        ? `shard ${index + 1} of ${shards}`
        : `replication ${index + 1} of ${replications}`,
  }));
}

function doneOf(
  { replications }: Work,
  jobs: readonly Job[],
  parts: ReadonlyMap<number, BulkResult>,
): Done {
  const found = jobs.flatMap((_, index) => parts.get(index) ?? []);
  const whole = found.filter(({ partial }) => !partial);
  const partial = whole.length < jobs.length;
  if (replications === 1) return { results: [mergeResults(found)], partial };
  // A replication cut short would pull the mean; it counts only where there is no other.
  return { results: whole.length > 0 ? whole : found.slice(0, 1), partial };
}

/** Adds up what the jobs say of themselves. */
class Board {
  readonly #seen: (BulkProgress | undefined)[];
  readonly #tell: (progress: WorkProgress) => void;

  constructor(jobs: number, tell: (progress: WorkProgress) => void) {
    this.#seen = Array.from({ length: jobs });
    this.#tell = tell;
  }

  note(index: number, progress: BulkProgress): void {
    this.#seen[index] = progress;
    const seen = this.#seen.flatMap((one) => one ?? []);
    const shares = seen.flatMap(({ share }) => share ?? []);
    this.#tell({
      opened: seen.reduce((sum, { opened }) => sum + opened, 0),
      virtualUs: Math.max(...seen.map(({ virtualUs }) => virtualUs)),
      share:
        shares.length === seen.length
          ? shares.reduce((sum, share) => sum + share, 0) / this.#seen.length
          : undefined,
    });
  }
}
