import { createHmac, randomBytes } from "node:crypto";
import type { Clock } from "./clock.ts";

/** One end's view of a connection's name: who talks to whom, by which ports. */
export interface FourTuple {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/**
 * Initial sequence numbers by RFC 6528: ISN = M + F(4-tuple, secret), where M
 * counts 4 µs and F is a keyed hash. A port that is used again gets a larger
 * number, so a peer that still remembers the last connection takes the new
 * one; and who does not know the secret cannot guess it.
 */
export class InitialSequence {
  private readonly clock: Clock;
  private readonly secret: Uint8Array;

  constructor(clock: Clock, secret: Uint8Array = randomBytes(32)) {
    this.clock = clock;
    this.secret = secret;
  }

  /** F of this connection: 32 bits. It serves as the datagrams' `flow`, too. */
  flowOf({ localAddress, localPort, remoteAddress, remotePort }: FourTuple): number {
    const name = `${localAddress} ${localPort} ${remoteAddress} ${remotePort}`;
    return createHmac("sha256", this.secret).update(name).digest().readUInt32BE(0);
  }

  /** The number for a connection that opens now. */
  next(flow: number): number {
    const tick = Math.floor(this.clock.nowUs() / 4) % 0x1_0000_0000;
    return (tick + flow) % 0x1_0000_0000;
  }
}
