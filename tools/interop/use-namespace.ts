import { Namespace } from "./namespace.ts";

const MOST_TRIES = 6;

/** A namespace of its own for one measurement, so that several can run at the same time. */
export async function withNamespace<T>(use: (namespace: Namespace) => Promise<T>): Promise<T> {
  const namespace = await Namespace.create();
  try {
    return await use(namespace);
  } finally {
    await namespace.remove();
  }
}

/** What `requireQuiet` says: what was measured means nothing. */
class BusyMachine extends Error {
  override readonly name = "BusyMachine";
}

/**
 * For a measurement in which only so many segments are to be sent again: there
 * are more where the machine was so busy that time has passed.
 */
export function requireQuiet(
  { RetransSegs = 0 }: Readonly<Record<string, number>>,
  most = 0,
): void {
  if (RetransSegs > most) throw new BusyMachine(`${RetransSegs} segments have been sent again`);
}

/** The same as `withNamespace`, again and in a new one while the machine is too busy for it. */
export async function inQuiet<T>(use: (namespace: Namespace) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await withNamespace(use);
    } catch (error) {
      if (!(error instanceof BusyMachine) || tries === MOST_TRIES) throw error;
    }
  }
}
