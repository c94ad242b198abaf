import { assert } from "./assert.ts";
import { MAX_HELD } from "./held.ts";
import { seqDiff, seqLe } from "./seq.ts";
import { State } from "./state.ts";
import { NEVER, type Tcb } from "./tcb.ts";

/**
 * What holds of every TCB between two steps of the machine, in tests and in
 * what ships. Each is a bug of ours if it fails.
 */
export function checkTcb(tcb: Tcb): void {
  if (tcb.state === State.CLOSED || tcb.state === State.LISTEN) {
    assert(tcb.retransmitAtUs === NEVER, "a timer outlives its connection");
    assert(tcb.timeWaitAtUs === NEVER, "TIME-WAIT outlives its connection");
    return;
  }
  assert(seqLe(tcb.sndUna, tcb.sndNxt), "SND.UNA is past SND.NXT");
  assert(seqDiff(tcb.sndNxt, tcb.sndEnd) <= tcb.finSent, "more was sent than the user gave");
  assert(tcb.finSent <= tcb.finQueued, "a FIN was sent that no user asked for");
  assert(tcb.rcvWnd >= 0, "RCV.WND is negative");
  assert(tcb.rcvWnd <= tcb.rcvFree, "RCV.WND offers room that is not there");
  assert(seqLe(tcb.sndUna, tcb.rexmitNxt), "what is acknowledged is to be sent again");
  assert(seqLe(tcb.rexmitNxt, tcb.sndNxt), "what was never sent is to be sent again");
  assert(tcb.heldCount <= MAX_HELD, "more stretches are held than there is room for");
  const outstanding = tcb.sndUna !== tcb.sndNxt;
  if (outstanding) assert(tcb.retransmitAtUs !== NEVER, "nothing watches what is outstanding");
  const waiting = tcb.state === State.TIME_WAIT;
  assert(waiting === (tcb.timeWaitAtUs !== NEVER), "TIME-WAIT and its timer disagree");
}
