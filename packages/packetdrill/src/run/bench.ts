import { Flag, State, type StateChange, stateName, type TcpParams } from "@synfin/core/tcp";
import { draw, drawKey, Purpose } from "@synfin/simulator";
import { type Datagram, Posix, type Socket, Stack, type StackListener } from "@synfin/sockets";
import { Numbers } from "./numbers.ts";
import { Transcript } from "./transcript.ts";
import { viewOutbound } from "./view.ts";

/** A segment that the stack under test has sent, waiting to be looked at. */
export interface Sent {
  readonly atUs: number;
  readonly datagram: Datagram;
  /** How its numbers are counted. */
  readonly numbers: Numbers;
}

/** The connection that the script's packets belong to. */
export interface UnderTest {
  readonly localPort: number;
  readonly remotePort: number;
  readonly numbers: Numbers;
  /** The connection as the stack has it or last had it. */
  socket: Socket | undefined;
}

/** What a bench is made with. */
export interface BenchOptions {
  readonly params: TcpParams;
  readonly sendBuffer: number;
  readonly version: 4 | 6;
  /** Where the stack's initial sequence numbers are drawn from. */
  readonly seed: number;
}

/** The port to which a script's peer listens, and the one that `bind(fd, ..., ...)` means. */
export const SCRIPT_PORT = 8080;

const FIRST_REMOTE_PORT = 40000;
/** The local port of a connection whose SYN has not been seen yet. */
const UNKNOWN_PORT = -1;

/** The stack under test on its bench: its clock, its wire, and the calls of its user. */
export class Bench implements StackListener {
  nowUs = 0;
  readonly posix: Posix;
  readonly stack: Stack;
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly transcript: Transcript = new Transcript();
  private readonly queue: Sent[] = [];
  private current: UnderTest;
  private isns = 0;
  private peers = 0;

  constructor(options: BenchOptions) {
    const { params, sendBuffer, version, seed } = options;
    this.localAddress = version === 4 ? "198.51.100.1" : "2001:db8::1";
    this.remoteAddress = version === 4 ? "192.0.2.1" : "2001:db8:1::1";
    const key = drawKey(seed, "packetdrill");
    const chooseIss = () => draw(key, Purpose.ISS, 0, 0, this.isns++);
    this.stack = new Stack({
      address: this.localAddress,
      furtherAddresses: [version === 4 ? "198.51.100.2" : "2001:db8::2"],
      params,
      chooseIss,
      cookieSecret: { k0: key, k1: seed },
      listener: this,
    });
    this.posix = new Posix(this.stack, { sendBuffer });
    this.current = newUnderTest(SCRIPT_PORT, FIRST_REMOTE_PORT);
  }

  get underTest(): UnderTest {
    return this.current;
  }

  /** The connection's state by RFC 9293's name; that of its listener before there is one. */
  get state(): string {
    const { socket, localPort } = this.current;
    if (socket !== undefined) return stateName(socket.tcb.state);
    return this.stack.isListening(localPort) ? "LISTEN" : "CLOSED";
  }

  /** From now on packets are those between this port and a new peer of it. */
  testListener(localPort: number): void {
    const { current } = this;
    if (current.socket === undefined && current.localPort === localPort) return;
    this.peers += 1;
    this.current = newUnderTest(localPort, FIRST_REMOTE_PORT + this.peers);
  }

  /** A connection is about to be opened; the first SYN to the script's port will be its own. */
  testConnection(): void {
    this.current = newUnderTest(UNKNOWN_PORT, SCRIPT_PORT);
  }

  /** Lets virtual time pass, with everything that is due on the way. */
  advance(toUs: number): void {
    for (let at = this.posix.pollAt(); at <= toUs; at = this.posix.pollAt()) this.runTimers(at);
    this.nowUs = Math.max(this.nowUs, toUs);
  }

  /** Lets the next timer run out, unless that is later than `untilUs`. @returns whether one did. */
  advanceOnce(untilUs: number): boolean {
    const at = this.posix.pollAt();
    if (at === Number.POSITIVE_INFINITY || at > untilUs) return false;
    this.runTimers(at);
    return true;
  }

  private runTimers(atUs: number): void {
    this.nowUs = Math.max(this.nowUs, atUs);
    this.posix.timeouts(this.nowUs);
  }

  /**
   * The next segment of the connection under test: one that has been sent, or
   * the first that timers send until `untilUs`. Those of other connections
   * are not looked at.
   */
  nextSent(untilUs: number): Sent | undefined {
    for (;;) {
      const sent = this.queue.shift();
      if (sent !== undefined) {
        if (this.isUnderTest(sent.datagram)) return sent;
      } else if (!this.advanceOnce(untilUs)) return undefined;
    }
  }

  private isUnderTest({ srcPort, dstPort }: Datagram): boolean {
    return srcPort === this.current.localPort && dstPort === this.current.remotePort;
  }

  sent(datagram: Datagram, socket: Socket | undefined): void {
    const { segment, srcPort, dstPort } = datagram;
    const syn = (segment.flags & Flag.SYN) !== 0;
    const { localPort, remotePort } = this.current;
    if (syn && localPort === UNKNOWN_PORT && dstPort === remotePort) {
      this.current = newUnderTest(srcPort, remotePort);
    }
    if (!this.isUnderTest(datagram)) return;
    if (socket !== undefined) this.current.socket = socket;
    if (syn) this.current.numbers.localSyn(segment.seq);
    const numbers = this.current.numbers.copy();
    this.queue.push({ atUs: this.nowUs, datagram, numbers });
    this.transcript.packet(this.nowUs, this.state, viewOutbound(datagram, numbers));
  }

  changed(socket: Socket, change: Readonly<StateChange>): void {
    const { localPort, remotePort } = this.current;
    if (socket.localPort !== localPort || socket.remotePort !== remotePort) return;
    this.current.socket = socket;
    if (change.to <= State.LISTEN) this.transcript.note(this.nowUs, this.state, "");
  }

  signalled(): void {
    // What the user hears shows in what its calls answer.
  }

  delivered(): void {
    // The script reads when it wants to.
  }

  stepped(): void {
    // Timers are looked up whenever time passes.
  }
}

function newUnderTest(localPort: number, remotePort: number): UnderTest {
  return { localPort, remotePort, numbers: new Numbers(), socket: undefined };
}
