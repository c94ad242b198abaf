import { Flag, type Segment, State, seqAdd, seqDiff } from "@synfin/core/tcp";
import type { Socket } from "./socket.ts";

/** New text, inside the window, for an end that its user has closed for good. */
export function isTextForNoOne(socket: Socket, segment: Readonly<Segment>): boolean {
  if (!socket.orphaned || segment.length === 0) return false;
  const { state, rcvNxt, rcvWnd } = socket.tcb;
  if (state !== State.FIN_WAIT_1 && state !== State.FIN_WAIT_2) return false;
  if ((segment.flags & (Flag.SYN | Flag.RST | Flag.ACK)) !== Flag.ACK) return false;
  const end = seqAdd(segment.seq, segment.length);
  return seqDiff(end, rcvNxt) > 0 && seqDiff(segment.seq, rcvNxt) < rcvWnd;
}
