/**
 * The part of all arrivals that find every one of the servers busy, where they
 * come as a Poisson process and do not wait: Erlang's loss formula (A. K.
 * Erlang, 1917). It depends on the holding times by their mean alone, so ports
 * that stand in TIME-WAIT for exactly 60 s obey it, too.
 *
 * B(0) = 1 and B(n) = A·B(n − 1) / (n + A·B(n − 1)): no power and no factorial,
 * and every step is a ratio of positive numbers, so it is stable for any size.
 *
 * @param servers how many there are: ports, slots; an integer from 0
 * @param offered the load A in erlangs: arrivals per second times seconds held
 */
export function erlangB(servers: number, offered: number): number {
  if (!(Number.isInteger(servers) && servers >= 0 && Number.isFinite(offered) && offered >= 0)) {
    throw new RangeError(
      `synfin: ${servers} servers, ${offered} erlangs; give an integer from 0 and a load from 0`,
    );
  }
  let blocked = 1;
  for (let n = 1; n <= servers; n += 1) {
    blocked = (offered * blocked) / (n + offered * blocked);
  }
  return blocked;
}
