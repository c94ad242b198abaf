/**
 * The workload that everything is compared on, the simulator's `steady`: so
 * many connections opened at a constant rate, each held and then closed, first
 * by the client; seven segments each, and 2MSL of TIME-WAIT at the end.
 *
 * @typedef {object} Workload
 * @property {number} ratePerSecond how many connections start in a second of virtual time
 * @property {number} holdUs how long a client keeps an established connection
 * @property {number} delayUs one way; a round trip must stay below the first RTO of a second
 * @property {number} twoMslUs
 */

/** @type {Workload} */
export const STEADY = {
  ratePerSecond: 100_000,
  holdUs: 1_000_000,
  delayUs: 10_000,
  twoMslUs: 240_000_000,
};

/**
 * The arguments of the programs that run it, in their order.
 *
 * @param {number} connections
 * @param {Workload} workload
 */
export function steadyArguments(connections, { ratePerSecond, holdUs, delayUs, twoMslUs }) {
  return [connections, ratePerSecond, holdUs, delayUs, twoMslUs];
}
