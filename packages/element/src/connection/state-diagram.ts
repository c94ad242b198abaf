import type { StateName } from "@synfin/core/tcp";
import type { Trace } from "@synfin/simulator";
import type { Point } from "../ladder/polygon.ts";

/** Where each state stands: the arrangement of RFC 9293 Figure 5, a little tidied. */
export const PLACES: Readonly<Record<StateName, Point>> = {
  CLOSED: { x: 170, y: 14 },
  LISTEN: { x: 58, y: 44 },
  "SYN-SENT": { x: 282, y: 44 },
  "SYN-RECEIVED": { x: 58, y: 76 },
  ESTABLISHED: { x: 170, y: 104 },
  "FIN-WAIT-1": { x: 58, y: 134 },
  "CLOSE-WAIT": { x: 282, y: 134 },
  "FIN-WAIT-2": { x: 58, y: 166 },
  CLOSING: { x: 170, y: 166 },
  "LAST-ACK": { x: 282, y: 166 },
  "TIME-WAIT": { x: 170, y: 198 },
};

export const DIAGRAM = { width: 340, height: 212, halfWidth: 45, halfHeight: 10 } as const;

/** A change from one state to another, `LISTEN>SYN-RECEIVED`. */
export type Edge = `${StateName}>${StateName}`;

/**
 * The changes that Figure 5 draws, with the one of its note 2 (FIN-WAIT-1 to
 * TIME-WAIT). What else is permitted, a reset or a timeout, is drawn only
 * where it happens.
 */
export const FIGURE_5: readonly Edge[] = [
  "CLOSED>LISTEN",
  "CLOSED>SYN-SENT",
  "LISTEN>SYN-SENT",
  "LISTEN>SYN-RECEIVED",
  "SYN-SENT>SYN-RECEIVED",
  "SYN-SENT>ESTABLISHED",
  "SYN-RECEIVED>ESTABLISHED",
  "SYN-RECEIVED>FIN-WAIT-1",
  "ESTABLISHED>FIN-WAIT-1",
  "ESTABLISHED>CLOSE-WAIT",
  "FIN-WAIT-1>FIN-WAIT-2",
  "FIN-WAIT-1>CLOSING",
  "FIN-WAIT-1>TIME-WAIT",
  "FIN-WAIT-2>TIME-WAIT",
  "CLOSING>TIME-WAIT",
  "CLOSE-WAIT>LAST-ACK",
  "LAST-ACK>CLOSED",
  "TIME-WAIT>CLOSED",
];

/** The two that go back to the top go around the others. */
const AROUND: Partial<Record<Edge, string>> = {
  "TIME-WAIT>CLOSED": "M130 198H11q-7 0-7-7V21q0-7 7-7H130",
  "LAST-ACK>CLOSED": "M326 166h3q7 0 7-7V21q0-7-7-7H210",
};

/** The way of a change through the diagram, as the data of a path. */
export function edgePath(edge: Edge): string {
  const around = AROUND[edge];
  if (around !== undefined) return around;
  const [from, to] = edge.split(">") as [StateName, StateName];
  const [a, b] = [PLACES[from], PLACES[to]];
  return `M${a.x} ${a.y}L${b.x} ${b.y}`;
}

/** The changes that one end has gone through by a time, each once. */
export function travelled(trace: Trace, host: string, atUs: number): readonly Edge[] {
  const edges = trace.states
    .filter((change) => change.host === host && change.atUs <= atUs)
    .map(({ from, to }): Edge => `${from}>${to}`);
  return [...new Set(edges)];
}
