import { FAULT_ACTIONS, FAULT_KINDS, type Fault, formatFault, parseFault } from "@synfin/simulator";
import { describe, expect, test } from "vitest";

function parsed(text: string): Fault {
  const result = parseFault(text);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

function complaint(text: string): string {
  const result = parseFault(text);
  return result.ok ? "no complaint" : result.message;
}

describe("the fault grammar", () => {
  test.each([
    ["drop:client:FIN", { action: "drop", end: "client", kind: "FIN", nth: 1 }],
    ["drop:client:FIN+", { kind: "FIN", nth: 1, retransmissions: true }],
    ["drop:server:SYN-ACK:2", { end: "server", kind: "SYN-ACK", nth: 2 }],
    ["drop:server:ACK:*", { kind: "ACK", nth: 0, retransmissions: false }],
    ["drop:client:any:5", { kind: "any", nth: 5 }],
    ["delay=200ms:client:DATA", { action: "delay", delayUs: 200_000 }],
    ["delay=3s:client:DATA:*+", { delayUs: 3_000_000, nth: 0, retransmissions: true }],
    ["delay=7us:client:RST", { delayUs: 7 }],
    ["corrupt:client:fin", { action: "corrupt", kind: "FIN" }],
  ])("%s", (text, fields) => {
    expect(parsed(text)).toMatchObject(fields);
  });

  test("every fault is printed as the text that is read back to it", () => {
    for (const action of FAULT_ACTIONS) {
      for (const kind of FAULT_KINDS) {
        for (const nth of [0, 1, 2, 77]) {
          for (const retransmissions of [false, true]) {
            const delayUs = action === "delay" ? 1500 * (nth + 1) : 0;
            const fault: Fault = { action, delayUs, end: "client", kind, nth, retransmissions };
            expect(parsed(formatFault(fault))).toEqual(fault);
          }
        }
      }
    }
  });
});

describe("a bad fault is named, with what would be right", () => {
  test.each([
    ["", 'bad fault "": it should be ACTION:END:KIND[:N][+], for example "drop:client:FIN"'],
    ["drop:client", "it should be ACTION:END:KIND[:N][+]"],
    ["lose:client:FIN", '"lose" should be one of drop, duplicate, delay, reorder, corrupt'],
    ["drop:CLIENT:FIN", '"CLIENT" should be the name of the sending host, such as "client"'],
    ["drop:client:PSH", '"PSH" should be one of SYN, SYN-ACK, FIN, RST, DATA, ACK, any'],
    ["drop:client:FIN:0", '"0" should be a number from 1, or * for every one'],
    ["drop:client:FIN:two", '"two" should be a number from 1, or * for every one'],
    ["drop=1:client:FIN", '"drop" takes no value'],
    ["delay:client:FIN", '"delay" should say how long, from 1us to 1000s: delay=200ms, delay=3s'],
    ["delay=1ms=junk:client:FIN", '"delay=1ms=junk" should say how long'],
    ["delay=2h:client:FIN", '"delay=2h" should say how long'],
    ["delay=0ms:client:FIN", '"delay=0ms" should say how long'],
    ["delay=1001s:client:FIN", '"delay=1001s" should say how long'],
  ])("%j", (text, message) => {
    expect(complaint(text)).toContain(message);
    expect(complaint(text)).not.toContain("\n");
  });
});
