import type { StateName } from "@synfin/core/tcp";

/**
 * The six kinds of message that the abstract TCP knows. `ACK` is that of a SYN,
 * `ACKofFIN` that of a FIN; a FIN does not acknowledge anything.
 */
export type AbstractMessage = "SYN" | "SYN,ACK" | "ACK" | "FIN" | "ACKofFIN" | "RST";

/** The abstract TCP's actions, by the names that its specification gives them. */
export type AbstractAction =
  | "ACTIVE_OPEN"
  | "PASSIVE_OPEN"
  | "SEND"
  | "CLOSE_SYN_SENT"
  | "CLOSE_SYN_RECEIVED"
  | "CLOSE_LISTEN"
  | "CLOSE_ESTABLISHED"
  | "CLOSE_CLOSE_WAIT"
  | "SynSent"
  | "SynReceived"
  | "Listen"
  | "Established"
  | "FinWait1"
  | "FinWait2"
  | "Closing"
  | "LastAck"
  | "TimeWait"
  | "Note2"
  | "Note3";

/** One thing that a peer may do: what it is in, what it takes, and what comes of it. */
export interface AbstractRule {
  readonly action: AbstractAction;
  /** The state that it needs; undefined for any. */
  readonly from?: StateName;
  /** Whether it needs a TCB. */
  readonly needsTcb?: true;
  /** The messages that it takes, which must be the first of its queue. */
  readonly takes: readonly AbstractMessage[];
  readonly to: StateName;
  /** The message that it appends to the peer's queue. */
  readonly sends?: AbstractMessage;
  /** Whether there is a TCB afterwards; undefined where that stays as it is. */
  readonly tcb?: boolean;
}

/** Calls that the check of the model leaves out: it begins when one side has opened. */
const OPENS: readonly AbstractRule[] = [
  { action: "ACTIVE_OPEN", from: "CLOSED", takes: [], to: "SYN-SENT", sends: "SYN", tcb: true },
  { action: "PASSIVE_OPEN", from: "CLOSED", takes: [], to: "LISTEN", tcb: true },
  { action: "SEND", from: "LISTEN", takes: [], to: "SYN-SENT", sends: "SYN" },
];

/** RFC 9293's Figure 5 without the calls that open, and its notes 2 and 3. */
const STEPS: readonly AbstractRule[] = [
  { action: "CLOSE_SYN_SENT", from: "SYN-SENT", takes: [], to: "CLOSED", tcb: false },
  { action: "CLOSE_LISTEN", from: "LISTEN", takes: [], to: "CLOSED", tcb: false },
  ...(
    [
      ["CLOSE_SYN_RECEIVED", "SYN-RECEIVED", "FIN-WAIT-1"],
      ["CLOSE_ESTABLISHED", "ESTABLISHED", "FIN-WAIT-1"],
      ["CLOSE_CLOSE_WAIT", "CLOSE-WAIT", "LAST-ACK"],
    ] as const
  ).map(([action, from, to]): AbstractRule => ({ action, from, takes: [], to, sends: "FIN" })),

  { action: "SynSent", from: "SYN-SENT", takes: ["SYN"], to: "SYN-RECEIVED", sends: "SYN,ACK" },
  { action: "SynSent", from: "SYN-SENT", takes: ["SYN,ACK"], to: "ESTABLISHED", sends: "ACK" },
  { action: "SynReceived", from: "SYN-RECEIVED", takes: ["RST"], to: "LISTEN" },
  { action: "SynReceived", from: "SYN-RECEIVED", takes: ["ACK"], to: "ESTABLISHED" },
  { action: "Listen", from: "LISTEN", takes: ["SYN"], to: "SYN-RECEIVED", sends: "SYN,ACK" },
  ...(
    [
      ["Established", "ESTABLISHED", "CLOSE-WAIT"],
      ["FinWait1", "FIN-WAIT-1", "CLOSING"],
      ["FinWait2", "FIN-WAIT-2", "TIME-WAIT"],
    ] as const
  ).map(([action, from, to]): AbstractRule => {
    return { action, from, takes: ["FIN"], to, sends: "ACKofFIN" };
  }),
  ...(
    [
      ["FinWait1", "FIN-WAIT-1", "FIN-WAIT-2"],
      ["Closing", "CLOSING", "TIME-WAIT"],
      ["LastAck", "LAST-ACK", "CLOSED"],
    ] as const
  ).map(([action, from, to]): AbstractRule => ({ action, from, takes: ["ACKofFIN"], to })),
  { action: "TimeWait", from: "TIME-WAIT", needsTcb: true, takes: [], to: "CLOSED", tcb: false },
  {
    ...{ action: "Note2", from: "FIN-WAIT-1", takes: ["FIN", "ACKofFIN"] },
    ...{ to: "TIME-WAIT", sends: "ACKofFIN" },
  },
  { action: "Note3", needsTcb: true, takes: [], to: "TIME-WAIT", sends: "RST" },
  { action: "Note3", takes: ["RST"], to: "LISTEN" },
  { action: "Note3", takes: ["RST"], to: "CLOSED" },
];

/** Everything that a peer of the abstract TCP may do, the calls that open included. */
export const ABSTRACT_RULES: readonly AbstractRule[] = [...OPENS, ...STEPS];

/** One peer: its state, whether it has a TCB, and what is on its way to it. */
interface Peer {
  readonly state: StateName;
  readonly tcb: boolean;
  readonly queue: readonly AbstractMessage[];
}

type Pair = readonly [Peer, Peer];

/** What an exhaustive walk through the abstract TCP has found. */
export interface AbstractSpace {
  /** Distinct states of both peers and both queues. */
  readonly states: number;
  /** Steps taken, those into states seen before included, and the states it began with. */
  readonly generated: number;
  /** How many states the longest of the shortest ways to any state has. */
  readonly depth: number;
  /** Which pairs of connection states occur, as `FIN-WAIT-1 CLOSE-WAIT`. */
  readonly pairs: ReadonlySet<string>;
}

/**
 * Walks through the whole of the abstract two-peer TCP of the TLA⁺ examples
 * (tlaplus/Examples, specifications/tcp), rebuilt here from its description:
 * two peers, the eleven states, six kinds of message, a queue in each
 * direction, and no numbers, timers or losses. One peer, either of them, is in
 * SYN-SENT with its SYN on the way to the other, in LISTEN; no one opens or
 * sends after that, and two equal messages never stand behind one another.
 *
 * It is a model that others made from the same RFC, so it can disagree with
 * ours. Its own record says 1182 distinct states at depth 14.
 */
export function exploreAbstract(): AbstractSpace {
  const opener: Peer = { state: "SYN-SENT", tcb: true, queue: [] };
  const listener: Peer = { state: "LISTEN", tcb: true, queue: ["SYN"] };
  const seen = new Set<string>();
  const pairs = new Set<string>();
  let generated = 0;
  let depth = 0;
  let level: Pair[] = [];
  const reach = (pair: Pair): void => {
    generated += 1;
    const key = JSON.stringify(pair);
    if (seen.has(key) || pair.some(hasEqualNeighbours)) return;
    seen.add(key);
    pairs.add(pair.map(({ state }) => state).join(" "));
    level.push(pair);
  };
  reach([opener, listener]);
  reach([listener, opener]);
  while (level.length > 0) {
    depth += 1;
    const before = level;
    level = [];
    for (const pair of before) for (const after of successors(pair)) reach(after);
  }
  return { states: seen.size, generated, depth, pairs };
}

function successors(pair: Pair): Pair[] {
  return [0, 1].flatMap((index) => {
    const [local, remote] = index === 0 ? pair : [pair[1], pair[0]];
    return STEPS.filter((rule) => isEnabled(rule, local)).map((rule): Pair => {
      const after: Peer = {
        state: rule.to,
        tcb: rule.tcb ?? local.tcb,
        queue: local.queue.slice(rule.takes.length),
      };
      const { sends } = rule;
      const peer = sends === undefined ? remote : { ...remote, queue: [...remote.queue, sends] };
      return index === 0 ? [after, peer] : [peer, after];
    });
  });
}

function isEnabled({ from, needsTcb, takes }: AbstractRule, { state, tcb, queue }: Peer): boolean {
  if (from !== undefined && from !== state) return false;
  if (needsTcb === true && !tcb) return false;
  return takes.every((message, index) => queue[index] === message);
}

function hasEqualNeighbours({ queue }: Peer): boolean {
  return queue.some((message, index) => message === queue[index + 1]);
}
