import { seqAdd } from "@synfin/core/tcp";
import { callsOf } from "./calls.ts";
import type { End } from "./end.ts";
import type { Run } from "./run.ts";

/** A user has handed over text: where it ends in the send sequence space. */
export interface Given {
  readonly atUs: number;
  /** One past its last octet. */
  readonly end: number;
  /** Whether it was urgent; undefined where the run does not tell. */
  readonly urgent: boolean | undefined;
}

/** What an end's user has handed over, call by call; empty before there is an ISS. */
export function givenText(run: Run, end: End): readonly Given[] {
  if (end.iss === undefined) return [];
  let at = seqAdd(end.iss, 1);
  return callsOf(run, end)
    .filter(({ call }) => call === "send")
    .map(({ atUs, length = 0 }) => {
      at = seqAdd(at, length);
      return { atUs, end: at, urgent: run.isUrgent(end.host, length) };
    });
}
