import {
  createSegment,
  type FlagName,
  flagBits,
  flagNames,
  pollAt,
  RFC9293,
  Signal,
  seqAdd,
  stateName,
  type TcpParams,
} from "@synfin/core/tcp";
import { type Datagram, type Outcome, type Socket, Stack } from "@synfin/sockets";
import { fromHex, toHex } from "../run/hex.ts";
import type { Port, PortEvent, PortInput, PortOutput, PortSegment } from "./port.ts";

const [HERE, THERE] = ["192.0.2.1", "192.0.2.2"];
const ENDS = { src: THERE, dst: HERE, srcPort: 80, dstPort: 80, flow: 1 } as const;
const EVENTS: Readonly<Partial<Record<Signal, PortEvent>>> = {
  [Signal.CONNECTED]: "connected",
  [Signal.PEER_CLOSED]: "peer closed",
  [Signal.RESET]: "reset",
  [Signal.REFUSED]: "reset",
  [Signal.TIMED_OUT]: "timed out",
};

/**
 * The adapter of synfin's own machine, and an example to follow.
 *
 * @param change what differs from RFC 9293's parameters
 */
export function machinePort(change: Readonly<Partial<TcpParams>> = {}): Port {
  const params = { ...RFC9293, ...change };
  const done = { segments: [] as PortSegment[], received: "", events: [] as PortEvent[] };
  let socket: Socket | undefined;
  let nowUs = 0;
  let stack = newStack(0);

  function newStack(iss: number): Stack {
    socket = undefined;
    const listener = {
      sent: ({ segment, payload }: Datagram) => {
        const { seq, ack, window, mss } = segment;
        const flags = flagNames(segment.flags).join(",");
        const option = mss === 0 ? {} : { mss };
        done.segments.push({ seq, ack, flags, window, ...option, text: toHex(payload) });
      },
      signalled: (_: Socket, signal: Signal) => {
        const event = EVENTS[signal];
        if (event !== undefined) done.events.push(event);
      },
      delivered: (from: Socket, length: number) => {
        const read = stack.recv(from, length, nowUs);
        if (read.ok) done.received += toHex(read.value);
      },
      changed: () => {},
      stepped: (stepped: Socket) => {
        socket = stepped;
      },
    };
    let next = iss;
    const chooseIss = () => {
      const chosen = next;
      next = seqAdd(next, 1 << 24);
      return chosen;
    };
    return new Stack({ address: HERE, params, chooseIss, listener });
  }

  function perform(input: PortInput): Outcome<unknown> {
    if (input.type === "start") stack = newStack(input.iss);
    if (input.type === "segment") stack.arrives(datagramOf(input), nowUs);
    if (input.type === "time" && socket !== undefined) stack.timeouts(socket, nowUs);
    if (input.type !== "call") return { ok: true, value: undefined };
    if (input.call === "listen") return stack.listen(ENDS.dstPort);
    if (input.call === "connect") {
      return stack.connect(THERE, ENDS.srcPort, ENDS.dstPort, ENDS.flow, nowUs);
    }
    if (socket === undefined) return { ok: false, errno: "ENOTCONN" };
    if (input.call === "send") return stack.send(socket, fromHex(input.text), nowUs);
    return stack[input.call](socket, nowUs);
  }

  return {
    step(input): PortOutput {
      nowUs = input.nowUs;
      const outcome = perform(input);
      const { segments, received, events } = done;
      Object.assign(done, { segments: [], received: "", events: [] });
      const atUs = socket === undefined ? Number.POSITIVE_INFINITY : pollAt(socket.tcb);
      const wakeAtUs = atUs === Number.POSITIVE_INFINITY ? null : atUs;
      const refusal = outcome.ok ? {} : { error: outcome.errno };
      const state = socket === undefined ? {} : { state: stateName(socket.tcb.state) };
      return { segments, received, events, wakeAtUs, ...refusal, ...state };
    },
  };
}

function datagramOf({ seq, ack, flags, window, mss = 0, text = "" }: PortSegment): Datagram {
  const payload = fromHex(text);
  const bits = flagBits(flags.split(",") as FlagName[]);
  const length = payload.length;
  const segment = { ...createSegment(), seq, ack, flags: bits, window, mss, length };
  return { ...ENDS, segment, payload };
}
