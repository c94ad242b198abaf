/** Fulfilled once a connection of a crowd can be told again, in a worker or here. Here it can. */
export async function readyToSample(): Promise<void> {}
