import { parseAddress } from "@synfin/core/wire";
import { TunError } from "./tun-error.ts";

/** What a TUN interface is to be. */
export interface TunOptions {
  /** The stack's own address. */
  readonly address: string;
  /** How many bits of it the two ends have in common. */
  readonly prefixLength: number;
  /** The kernel's address, of the same version and in the same network. */
  readonly peer: string;
  /** A network namespace that exists (`ip netns add`); the caller's own by default. */
  readonly netns?: string;
  /** The interface's name, 1 to 15 characters; `synfin` and a number by default. */
  readonly name?: string;
  /** The longest packet, 1280 to 65535 octets; 1500 by default. */
  readonly mtu?: number;
}

/** Throws a `TunError` that names the first option that cannot be. */
export function checkTunOptions(options: TunOptions): void {
  const { address, peer, prefixLength, netns, name, mtu } = options;
  const own = octets("address", address);
  const other = octets("peer", peer);
  if (own.length !== other.length) {
    bad(`address ${address} and peer ${peer} should be of the same IP version`);
  }
  const longest = 8 * own.length - 1;
  if (!Number.isInteger(prefixLength) || prefixLength < 1 || prefixLength > longest) {
    bad(`the prefix length is ${prefixLength}, but it should be from 1 to ${longest}`);
  }
  if (address === peer) bad(`address and peer are both ${peer}, but each end needs its own`);
  if (!sameNetwork(own, other, prefixLength)) {
    bad(`peer ${peer} should be in the same network as ${address}/${prefixLength}`);
  }
  if (name !== undefined && !/^[a-zA-Z][\w.-]{0,14}$/.test(name)) {
    bad(
      `the interface's name is "${name}", but it should be a letter and up to 14 more, or digits`,
    );
  }
  if (netns !== undefined && !/^[\w.-]+$/.test(netns)) {
    bad(`the namespace is "${netns}", but it should be a name that ip netns list shows`);
  }
  if (mtu !== undefined && !(Number.isInteger(mtu) && mtu >= 1280 && mtu <= 65535)) {
    bad(`the MTU is ${mtu}, but it should be from 1280 to 65535`);
  }
}

function octets(name: string, text: string): Uint8Array {
  const parsed = parseAddress(text);
  return parsed.ok
    ? parsed.value
    : bad(`${name} is "${text}", but it should be an IP address such as 192.0.2.2`);
}

function sameNetwork(a: Uint8Array, b: Uint8Array, prefixLength: number): boolean {
  for (let bit = 0; bit < prefixLength; bit += 1) {
    const mask = 0x80 >>> (bit & 7);
    if ((((a[bit >>> 3] ?? 0) ^ (b[bit >>> 3] ?? 0)) & mask) !== 0) return false;
  }
  return true;
}

function bad(message: string): never {
  throw new TunError("bad-option", message);
}
