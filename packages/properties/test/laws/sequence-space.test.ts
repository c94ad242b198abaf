import { noDataAfterFin, synAndFinTakeOneNumber } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, comeBackToTimeWait, doctored, sentBy } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

test("text that begins one octet late, as if the SYN took two numbers", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    sentBy(trace, "client", "DATA").seq += 1;
  });
  expect(breaches(synAndFinTakeOneNumber, run)).toMatchObject([
    { host: "client", message: "text begins 1 octets from ISS+1" },
  ]);
});

test("a FIN that leaves out an octet of the user's", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    sentBy(trace, "client", "FIN").seq -= 1;
  });
  const fin = sentBy(run.trace, "client", "FIN");
  expect(breaches(synAndFinTakeOneNumber, run)).toMatchObject([
    {
      segment: fin.id,
      atUs: fin.sentAtUs,
      message: expect.stringContaining("ends at 100; ISS 49"),
    },
  ]);
});

test("a SYN,ACK that acknowledges anything but IRS+1", () => {
  const run = doctored(shipped("three-way-handshake"), (trace) => {
    sentBy(trace, "server", "SYN-ACK").ack += 1;
  });
  expect(breaches(synAndFinTakeOneNumber, run)).toMatchObject([
    { host: "server", message: expect.stringContaining("should acknowledge IRS+1") },
  ]);
});

test("text behind the FIN", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    const after = sentBy(trace, "client", "ACK", 2);
    after.length = 5;
  });
  expect(breaches(noDataAfterFin, run)).toMatchObject([
    { host: "client", message: "<SEQ=101><ACK=301><CTL=ACK> 5 octets is past the FIN" },
  ]);
});

test("a FIN that is sent again elsewhere", () => {
  const run = doctored(shipped("lost-fin"), (trace) => {
    sentBy(trace, "client", "FIN", 2).seq += 1;
  });
  expect(breaches(noDataAfterFin, run)).toMatchObject([
    { host: "client", segment: sentBy(run.trace, "client", "FIN", 2).id },
  ]);
});

test("an end to which TIME-WAIT came back sent for two connections", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    sentBy(trace, "client", "ACK", 2).length = 5;
    comeBackToTimeWait(trace, "client");
  });
  expect(breaches(noDataAfterFin, run)).toEqual([]);
});
