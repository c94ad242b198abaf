import type { HostIndex } from "../end.ts";

/** What can happen in a state: users call, a timer runs out, or the network does something. */
export const Act = {
  OPEN: 0,
  SEND: 1,
  CLOSE: 2,
  ABORT: 3,
  UNLISTEN: 4,
  TIMEOUT: 5,
  /** The first segment under way to the host arrives. */
  ARRIVE: 6,
  /** It is lost. */
  LOSE: 7,
  /** A copy of it takes the place behind it. */
  DUPLICATE: 8,
  /** It is held back, to be overtaken. */
  HOLD: 9,
  /** A segment that is held back arrives; from here on, one code for each place. */
  ARRIVE_LATE: 10,
} as const;

export type Act = (typeof Act)[keyof typeof Act];

/** One action at one host, in a number below 256. */
export function actionCode(act: Act, host: HostIndex, place = 0): number {
  return (act + place) * 2 + host;
}

export interface Action {
  readonly act: Act;
  /** Where it happens: for the network's, the host that the segment is for. */
  readonly host: HostIndex;
  /** Which of the segments that are held back. */
  readonly place: number;
}

export function readAction(code: number): Action {
  const host = (code & 1) as HostIndex;
  const number = code >>> 1;
  const place = Math.max(0, number - Act.ARRIVE_LATE);
  return { act: (number - place) as Act, host, place };
}
