/**
 * Throws where the machine finds itself in a state that cannot be. A throw
 * from here is a bug of ours, never a property of what arrived.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`synfin: ${message}`);
}
