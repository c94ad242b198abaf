import {
  createSegment,
  type FlagName,
  flagBits,
  flagNames,
  RFC9293,
  type Segment,
  SIGNAL_NAMES,
  type TcpParams,
} from "@synfin/core/tcp";
import { type Datagram, type Outcome, Stack, type StackOptions } from "@synfin/sockets";

export const HOST = "192.0.2.2";
export const PEER = "192.0.2.1";
export const ISS = 300;
export const SECOND = 1_000_000;

/** Where a segment of a test's peer comes from and goes to, and what it says. */
export interface FromPeer extends Partial<Segment> {
  readonly src?: string;
  readonly dst?: string;
  readonly srcPort?: number;
  readonly dstPort?: number;
  readonly payload?: Uint8Array;
}

/** One host under test; the test is everyone else. */
export class HostUnderTest {
  nowUs = 0;
  readonly stack: Stack;
  /** What the host has sent since `take` was called. */
  private sent: Datagram[] = [];
  readonly told: string[] = [];

  constructor(params: Partial<TcpParams> = {}, more: Partial<StackOptions> = {}) {
    this.stack = new Stack({
      address: HOST,
      params: { ...RFC9293, ...params },
      chooseIss: () => ISS,
      listener: {
        sent: (datagram) => this.sent.push(datagram),
        changed: () => {},
        signalled: (_socket, signal) => this.told.push(SIGNAL_NAMES[signal]),
        delivered: () => {},
        stepped: () => {},
      },
      ...more,
    });
  }

  /** A segment from port 50000 of the peer to port 80 of the host, unless it says otherwise. */
  arrives(flags: string, from: FromPeer = {}): string[] {
    const { src = PEER, dst = HOST, srcPort = 50000, dstPort = 80, payload, ...fields } = from;
    const names = flags.split(",") as FlagName[];
    const length = payload?.length ?? 0;
    const segment = {
      ...createSegment(),
      window: 65535,
      ...fields,
      flags: flagBits(names),
      length,
    };
    const text = payload ?? new Uint8Array(0);
    const datagram = { src, dst, srcPort, dstPort, segment, payload: text, flow: srcPort };
    this.stack.arrives(datagram, this.nowUs);
    return this.take().map(show);
  }

  take(): Datagram[] {
    const taken = this.sent;
    this.sent = [];
    return taken;
  }

  /** Lets time pass, with every timer on the way. */
  pass(us: number): string[] {
    const endUs = this.nowUs + us;
    while (this.nowUs < endUs) {
      this.nowUs = Math.min(endUs, this.nowUs + SECOND);
      for (const socket of this.stack.sockets()) this.stack.timeouts(socket, this.nowUs);
    }
    return this.take().map(show);
  }

  /** The states of all connections, by the peer's port. */
  states(): Record<number, number> {
    const sockets = this.stack.sockets();
    return Object.fromEntries(sockets.map(({ remotePort, tcb }) => [remotePort, tcb.state]));
  }
}

/** `192.0.2.2:80 > 192.0.2.1:50000 SYN,ACK seq 300 ack 101` */
function show({ src, srcPort, dst, dstPort, segment }: Datagram): string {
  const flags = flagNames(segment.flags);
  const ack = flags.includes("ACK") ? ` ack ${segment.ack}` : "";
  return `${src}:${srcPort} > ${dst}:${dstPort} ${flags.join(",")} seq ${segment.seq}${ack}`;
}

export function value<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.errno);
  return outcome.value;
}

export function errno(outcome: Outcome<unknown>): string {
  return outcome.ok ? "no error" : outcome.errno;
}
