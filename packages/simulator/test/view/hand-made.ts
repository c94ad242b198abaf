import type { FlagName, StateName } from "@synfin/core/tcp";
import type {
  Trace,
  TraceArrival,
  TraceEvent,
  TraceSegment,
  TraceState,
} from "../../src/trace/trace.ts";

/** One-way delay of the hand-made runs: 25 ms. */
const DELAY = 25_000;
const ISNS: Record<string, number> = { client: 1000, server: 9000 };

/** Notes down a run by hand, in relative numbers. */
class Script {
  readonly segments: TraceSegment[] = [];
  readonly states: TraceState[] = [];
  readonly events: TraceEvent[] = [];

  send(
    at: number,
    from: string,
    flags: string,
    numbers: [number, number],
    more: Partial<TraceSegment> = {},
  ): void {
    const to = from === "client" ? "server" : "client";
    const nth = this.segments.filter((segment) => segment.from === from).length + 1;
    const arrivals: TraceArrival[] = [{ atUs: at + DELAY, verdict: "deliver" }];
    this.segments.push({
      id: `${from}-${nth}`,
      sentAtUs: at,
      from,
      to,
      srcPort: from === "client" ? 50000 : 80,
      dstPort: from === "client" ? 80 : 50000,
      flags: flags.split(",") as FlagName[],
      seq: numbers[0] + (ISNS[from] ?? 0),
      ack: flags.includes("ACK") ? numbers[1] + (ISNS[to] ?? 0) : 0,
      length: 0,
      window: 65535,
      urgentPointer: 0,
      options: [],
      retransmission: false,
      arrivals,
      packet: "",
      ...more,
    });
  }

  state(
    at: number,
    host: string,
    from: StateName,
    to: StateName,
    cause: string,
    section: string,
  ): void {
    this.states.push({ atUs: at, host, from, to, cause, section });
  }

  call(at: number, host: string, call: string, length?: number): void {
    const event = { type: "call", atUs: at, host, call } as const;
    this.events.push(length === undefined ? event : { ...event, length });
  }

  timer(
    at: number,
    host: string,
    timer: "retransmission" | "time-wait",
    action: "start" | "stop" | "expire",
    forUs = 0,
  ): void {
    const event = { type: "timer", atUs: at, host, timer, action } as const;
    this.events.push(action === "start" ? { ...event, deadlineUs: at + forUs } : event);
  }
}

function handshake(run: Script): void {
  run.call(0, "server", "listen");
  run.state(0, "server", "CLOSED", "LISTEN", "passive OPEN", "3.10.1");
  run.call(0, "client", "connect");
  run.state(0, "client", "CLOSED", "SYN-SENT", "active OPEN", "3.10.1");
  run.send(0, "client", "SYN", [0, 0]);
  run.state(25_000, "server", "LISTEN", "SYN-RECEIVED", "rcv SYN", "3.10.7.2");
  run.send(25_000, "server", "SYN,ACK", [0, 1]);
  run.state(50_000, "client", "SYN-SENT", "ESTABLISHED", "rcv SYN,ACK", "3.10.7.3");
  run.send(50_000, "client", "ACK", [1, 1]);
  run.state(75_000, "server", "SYN-RECEIVED", "ESTABLISHED", "rcv ACK of SYN", "3.10.7.4");
  run.call(100_000, "client", "send", 100);
  run.send(100_000, "client", "PSH,ACK", [1, 1], { length: 100 });
  run.send(125_000, "server", "ACK", [1, 101]);
}

function closeWithLostFin(run: Script): void {
  run.call(200_000, "client", "close");
  run.state(200_000, "client", "ESTABLISHED", "FIN-WAIT-1", "CLOSE", "3.10.4");
  run.send(200_000, "client", "FIN,ACK", [101, 1], {
    arrivals: [{ atUs: 225_000, verdict: "drop" }],
  });
  run.timer(200_000, "client", "retransmission", "start", 1_000_000);
  run.timer(1_200_000, "client", "retransmission", "expire");
  run.send(1_200_000, "client", "FIN,ACK", [101, 1], { retransmission: true });
  run.state(1_225_000, "server", "ESTABLISHED", "CLOSE-WAIT", "rcv FIN", "3.10.7.4");
  run.send(1_225_000, "server", "ACK", [1, 102]);
  run.state(1_250_000, "client", "FIN-WAIT-1", "FIN-WAIT-2", "rcv ACK of FIN", "3.10.7.4");
  run.call(1_275_000, "server", "close");
  run.state(1_275_000, "server", "CLOSE-WAIT", "LAST-ACK", "CLOSE", "3.10.4");
  run.send(1_275_000, "server", "FIN,ACK", [1, 102]);
  run.state(1_300_000, "client", "FIN-WAIT-2", "TIME-WAIT", "rcv FIN", "3.10.7.4");
  run.send(1_300_000, "client", "ACK", [102, 2]);
  run.timer(1_300_000, "client", "time-wait", "start", 240_000_000);
  run.state(1_325_000, "server", "LAST-ACK", "CLOSED", "rcv ACK of FIN", "3.10.7.4");
  run.timer(241_300_000, "client", "time-wait", "expire");
  run.state(241_300_000, "client", "TIME-WAIT", "CLOSED", "2MSL timeout", "3.10.8");
}

/**
 * A whole connection whose first FIN is lost, as the machine would run it, written
 * down by hand.
 */
export function lostFinTrace(): Trace {
  const run = new Script();
  handshake(run);
  closeWithLostFin(run);
  return {
    format: "synfin-trace",
    version: 1,
    scenario: "lost-fin",
    seed: 7,
    profile: "rfc9293",
    digest: "0123456789abcdef",
    faults: ["drop:client:FIN"],
    hosts: [
      { name: "client", address: "192.0.2.1", port: 50000, isns: [1000], initialState: "CLOSED" },
      { name: "server", address: "192.0.2.2", port: 80, isns: [9000], initialState: "CLOSED" },
    ],
    segments: run.segments,
    states: run.states,
    events: run.events,
    endedAtUs: 241_300_000,
  };
}

/** Both ends send their SYN at the same time, so that the two cross (RFC 9293 Figure 7). */
export function crossedSynTrace(): Trace {
  const run = new Script();
  for (const host of ["client", "server"]) {
    run.call(0, host, "connect");
    run.state(0, host, "CLOSED", "SYN-SENT", "active OPEN", "3.10.1");
    run.send(0, host, "SYN", [0, 0]);
    run.state(25_000, host, "SYN-SENT", "SYN-RECEIVED", "rcv SYN", "3.10.7.3");
    run.send(25_000, host, "SYN,ACK", [0, 1]);
    run.state(50_000, host, "SYN-RECEIVED", "ESTABLISHED", "rcv ACK of SYN", "3.10.7.4");
  }
  const byTime = <T extends { atUs: number }>(list: T[]): T[] =>
    list.sort((a, b) => a.atUs - b.atUs);
  return {
    ...lostFinTrace(),
    scenario: "simultaneous-open",
    faults: [],
    segments: run.segments.sort((a, b) => a.sentAtUs - b.sentAtUs),
    states: byTime(run.states),
    events: byTime(run.events),
    endedAtUs: 50_000,
  };
}
