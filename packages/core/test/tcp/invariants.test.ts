import { checkTcb, createTcb, State, type Tcb } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { established, inState, SECOND } from "./support/machine.ts";

/** A connection with five octets outstanding, and these changes. */
function sending(changes: (tcb: Tcb) => Partial<Tcb> = () => ({})): Tcb {
  const machine = established();
  machine.send(5);
  return { ...machine.tcb, ...changes(machine.tcb) };
}

describe("what holds of every TCB", () => {
  test.each<[string, Tcb]>([
    ["none", createTcb()],
    ["one that sends", sending()],
    ["one that has sent nothing", { ...established().tcb }],
    ["a full window", sending((tcb) => ({ rcvWnd: tcb.rcvFree }))],
    ["a shut one", sending(() => ({ rcvWnd: 0 }))],
    ["four stretches held", sending(() => ({ heldCount: 4 }))],
    ["all to be sent again", sending((tcb) => ({ rexmitNxt: tcb.sndUna }))],
    ["our FIN sent", { ...inState("FIN-WAIT-1").tcb }],
    ["TIME-WAIT", { ...inState("TIME-WAIT").tcb }],
  ])("allows %s", (_what, tcb) => {
    expect(() => checkTcb(tcb)).not.toThrow();
  });

  const timer = { retransmitAtUs: SECOND };
  const timeWait = { timeWaitAtUs: SECOND };

  test.each<[string, Tcb]>([
    ["a timer outlives its connection", { ...createTcb(), ...timer }],
    ["a timer outlives its connection", { ...createTcb(), state: State.LISTEN, ...timer }],
    ["TIME-WAIT outlives its connection", { ...createTcb(), ...timeWait }],
    ["TIME-WAIT outlives its connection", { ...createTcb(), state: State.LISTEN, ...timeWait }],
    ["SND.UNA is past SND.NXT", sending((tcb) => ({ sndUna: tcb.sndNxt + 1 }))],
    ["more was sent than the user gave", sending((tcb) => ({ sndEnd: tcb.sndNxt - 1 }))],
    ["a FIN was sent that no user asked for", sending(() => ({ finSent: 1 }))],
    ["RCV.WND is negative", sending(() => ({ rcvWnd: -1 }))],
    ["RCV.WND offers room that is not there", sending((tcb) => ({ rcvFree: tcb.rcvWnd - 1 }))],
    ["what is acknowledged is to be sent again", sending((tcb) => ({ rexmitNxt: tcb.sndUna - 1 }))],
    ["what was never sent is to be sent again", sending((tcb) => ({ rexmitNxt: tcb.sndNxt + 1 }))],
    ["more stretches are held than there is room for", sending(() => ({ heldCount: 5 }))],
    ["nothing watches what is outstanding", sending(() => ({ retransmitAtUs: -1 }))],
    ["TIME-WAIT and its timer disagree", sending(() => timeWait)],
    ["TIME-WAIT and its timer disagree", { ...inState("TIME-WAIT").tcb, timeWaitAtUs: -1 }],
  ])("does not allow that %s", (message, tcb) => {
    expect(() => checkTcb(tcb)).toThrow(`synfin: ${message}`);
  });
});
