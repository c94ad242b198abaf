import { createTcb, RFC9293 } from "@synfin/core/tcp";
import { describe, expect, test } from "vitest";
import { sampleRtt } from "../../src/tcp/rto.ts";
import { established, IRS, ISS, SECOND, seg, synSent } from "./support/machine.ts";

const fine = { ...RFC9293, minRtoUs: 1 };

describe("the retransmission timeout, RFC 6298 §2 (MUST-18)", () => {
  test("the first sample R: SRTT = R, RTTVAR = R/2, RTO = SRTT + 4·RTTVAR", () => {
    const tcb = createTcb();
    sampleRtt(tcb, 100_000, fine);
    expect(tcb).toMatchObject({ srttUs: 100_000, rttvarUs: 50_000, rtoUs: 300_000 });
  });

  test("later samples are smoothed: 3/4 and 1/4, then 7/8 and 1/8", () => {
    const tcb = createTcb();
    sampleRtt(tcb, 100_000, fine);
    sampleRtt(tcb, 180_000, fine);
    // RTTVAR = 3/4·50 + 1/4·|100−180| = 57.5; SRTT = 7/8·100 + 1/8·180 = 110 ms.
    expect(tcb).toMatchObject({ srttUs: 110_000, rttvarUs: 57_500, rtoUs: 340_000 });
  });

  test("the RTO is at least 1 s and at most 60 s", () => {
    const tcb = createTcb();
    sampleRtt(tcb, 1000, RFC9293);
    expect(tcb.rtoUs).toBe(1 * SECOND);
    sampleRtt(tcb, 400 * SECOND, RFC9293);
    expect(tcb.rtoUs).toBe(60 * SECOND);
  });

  test("steady samples leave the clock's granularity as the margin", () => {
    const tcb = createTcb();
    for (let sample = 0; sample < 200; sample += 1) sampleRtt(tcb, 80_000, fine);
    expect(tcb.rttvarUs).toBe(0);
    expect(tcb.rtoUs).toBe(80_000 + fine.clockGranularityUs);
  });
});

describe("what is timed", () => {
  test("the handshake gives the first sample", () => {
    const machine = synSent();
    machine.at(70_000).arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1 }));
    expect(machine.tcb.srttUs).toBe(70_000);
  });

  test("what was sent again is not (Karn, MUST-18)", () => {
    const machine = established();
    const before = machine.tcb.srttUs;
    machine.send(10);
    machine.timeout();
    machine.at(machine.nowUs + 5 * SECOND).arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 11 }));
    expect(machine.tcb.srttUs).toBe(before);
    // The backed-off timeout stays until there is a sample.
    expect(machine.tcb.rtoUs).toBe(2 * SECOND);
  });

  test("one segment at a time, until its own ACK comes", () => {
    const machine = established({ nagle: 0 });
    machine.at(SECOND).send(10);
    machine.at(SECOND + 30_000).send(10);
    machine.at(SECOND + 90_000).arrives(seg("ACK", { seq: IRS + 1, ack: ISS + 21 }));
    expect(machine.tcb.rttSentUs).toBe(-1);
    expect(machine.tcb.srttUs).toBeGreaterThan(10_000);
  });
});
