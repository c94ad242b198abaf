import { randomInt } from "node:crypto";
import { FIRST_EPHEMERAL_PORT, LAST_EPHEMERAL_PORT } from "@synfin/sockets";

const COUNT = LAST_EPHEMERAL_PORT - FIRST_EPHEMERAL_PORT + 1;

/** Every ephemeral port once, from a random one on (RFC 6056 §3.3.1). */
export function* ephemeralPorts(): Generator<number> {
  const first = randomInt(COUNT);
  for (let step = 0; step < COUNT; step += 1) {
    yield FIRST_EPHEMERAL_PORT + ((first + step) % COUNT);
  }
}
