import { isUnspecified } from "../address-check.ts";
import { done, failed, type Outcome } from "../errno.ts";
import type { Stack } from "../stack.ts";
import type { Description } from "./description.ts";

/** A local port, at one address of the host or at any. */
interface Place {
  readonly localPort: number | undefined;
  readonly localAddress: string | undefined;
}

function overlap(one: Place, other: Place): boolean {
  if (one.localPort !== other.localPort) return false;
  if (one.localAddress === undefined || other.localAddress === undefined) return true;
  return one.localAddress === other.localAddress;
}

/**
 * `bind`. EADDRNOTAVAIL for an address that is not the host's; EADDRINUSE where
 * another socket has this port at this address, or where one of the two is for
 * any address.
 *
 * @param others every descriptor of the process
 */
export function bindTo(
  description: Description,
  others: readonly Description[],
  stack: Stack,
  port: number,
  address: string | undefined,
): Outcome<void> {
  if (description.kind !== "new" || description.localPort !== undefined) return failed("EINVAL");
  const localAddress = address === undefined || isUnspecified(address) ? undefined : address;
  if (localAddress !== undefined && !stack.addresses.includes(localAddress)) {
    return failed("EADDRNOTAVAIL");
  }
  const place = { localPort: port, localAddress };
  if (isTaken(place, others, stack, description.options.reuseAddress)) return failed("EADDRINUSE");
  description.localPort = port;
  description.localAddress = localAddress;
  return done(undefined);
}

function isTaken(
  place: Place,
  others: readonly Description[],
  stack: Stack,
  mayReuse: boolean,
): boolean {
  const bound = others.some((other) => other.kind !== "connected" && overlap(other, place));
  if (bound || stack.isListening(place.localPort ?? 0, place.localAddress)) return true;
  return !mayReuse && stack.sockets().some((socket) => overlap(socket, place));
}
