import type { BulkRun } from "@synfin/simulator/bulk";

const GIGABYTE = 2 ** 30;

/**
 * How many octets a run may hold here: a quarter of what the device has, as
 * far as it says so. A browser ends a page that takes too much, without a
 * word and with all that is on it, so a run has to stop well before.
 */
export function memoryBudget(): number {
  const { navigator } = globalThis as { navigator?: { readonly deviceMemory?: number } };
  return ((navigator?.deviceMemory ?? 4) / 4) * GIGABYTE;
}

/** Throws where a run holds more than it may, or so many times as much as it does. */
export function checkMemory({ cells }: BulkRun, budget: number, times = 1): void {
  let bytes = 0;
  for (const cell of cells) bytes += cell.bytes;
  if (bytes * times <= budget) return;
  throw new RangeError(
    `out of memory: so many connections at once need more than the ${inWords(budget)} ` +
      "that a run may have here; open fewer of them, more slowly, or hold them for a shorter time",
  );
}

function inWords(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1024
    ? `${Math.ceil(megabytes)} MB`
    : `${Math.round(megabytes / 102.4) / 10} GB`;
}

/** What engines say where an array cannot be had. */
const NO_MEMORY =
  /out of memory|allocation failed|invalid (typed )?array (buffer )?length|maximum size exceeded/i;

/** Does it, and says of an array that could not be had what that means for a reader. */
export function inPlainWords<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!NO_MEMORY.test(message) || message.startsWith("out of memory")) throw error;
    throw new RangeError(`out of memory (${message}): open fewer connections at once`);
  }
}
