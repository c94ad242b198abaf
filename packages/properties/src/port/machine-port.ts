import type { TcpParams } from "@synfin/core/tcp";
import { createSegment, pollAt, RFC9293, Signal, stateName } from "@synfin/core/tcp";
import { type Outcome, type Socket, Stack } from "@synfin/sockets";
import type { Port, PortEvent } from "./port.ts";
import { portOf, type Refusal } from "./port-of.ts";

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
  return portOf((chooseIss, report) => {
    let socket: Socket | undefined;
    const stack = new Stack({
      ...{ address: HERE, params, chooseIss },
      listener: {
        sent: ({ segment, payload }) => report.sent({ ...segment, text: payload }),
        signalled: (_, signal) => report.told(EVENTS[signal]),
        delivered: (from, length) => {
          const read = stack.recv(from, length, report.nowUs);
          if (read.ok) report.received(read.value);
        },
        changed: () => {},
        stepped: (stepped) => {
          socket = stepped;
        },
      },
    });
    const call = (make: (socket: Socket) => Outcome<unknown>): Refusal => {
      return socket === undefined ? "ENOTCONN" : refusalOf(make(socket));
    };
    return {
      listen: () => refusalOf(stack.listen(ENDS.dstPort)),
      connect: (nowUs) =>
        refusalOf(stack.connect(THERE, ENDS.srcPort, ENDS.dstPort, ENDS.flow, nowUs)),
      send: (text, nowUs) => call((one) => stack.send(one, text, nowUs)),
      shutdown: (nowUs) => call((one) => stack.shutdown(one, nowUs)),
      abort: (nowUs) => call((one) => stack.abort(one, nowUs)),
      arrives: ({ text: payload, ...plain }, nowUs) => {
        const segment = { ...createSegment(), ...plain, length: payload.length };
        stack.arrives({ ...ENDS, segment, payload }, nowUs);
      },
      timeout: (nowUs) => {
        if (socket !== undefined) stack.timeouts(socket, nowUs);
      },
      wakeAtUs: () => (socket === undefined ? Number.POSITIVE_INFINITY : pollAt(socket.tcb)),
      state: () => (socket === undefined ? undefined : stateName(socket.tcb.state)),
    };
  });
}

function refusalOf(outcome: Outcome<unknown>): Refusal {
  return outcome.ok ? undefined : outcome.errno;
}
