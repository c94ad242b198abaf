import { Flag } from "@synfin/core/tcp";
import { type PlainSegment, type PortReport, type PortTcp, portOf } from "@synfin/properties";
import { expect, test } from "vitest";

const QUIET: PortTcp = {
  listen: () => undefined,
  connect: () => undefined,
  send: () => undefined,
  shutdown: () => undefined,
  abort: () => undefined,
  arrives: () => {},
  timeout: () => {},
  wakeAtUs: () => Number.POSITIVE_INFINITY,
};

const START = { type: "start", nowUs: 0, iss: 7 } as const;

/** A port that does this with its TCP's calls, after `start`. */
function started(make: (report: PortReport, chooseIss: () => number) => Partial<PortTcp>) {
  const port = portOf((chooseIss, report) => ({ ...QUIET, ...make(report, chooseIss) }));
  port.step(START);
  return port;
}

test("a TCP that does nothing has nothing to say", () => {
  const nothing = { segments: [], received: "", events: [], wakeAtUs: null };
  expect(portOf(() => QUIET).step(START)).toEqual(nothing);
});

test("what a TCP does is in the answer to what it does it for, and in no other", () => {
  const port = started((report) => ({
    connect: () => {
      const segment = { seq: 1, ack: 0, flags: Flag.SYN | Flag.ECE, window: 9, mss: 1460 };
      report.sent({ ...segment, text: Uint8Array.of() });
      return undefined;
    },
    timeout: () => {
      report.received(Uint8Array.of(0x61, 0x0a));
      report.received(Uint8Array.of(0xff));
      report.told("peer closed");
      report.told(undefined);
    },
  }));
  const syn = { seq: 1, ack: 0, flags: "SYN,ECE", window: 9, mss: 1460, text: "" };
  expect(port.step({ type: "call", nowUs: 1, call: "connect" })).toMatchObject({
    ...{ segments: [syn], received: "", events: [] },
  });
  expect(port.step({ type: "time", nowUs: 2 })).toMatchObject({
    ...{ segments: [], received: "610aff", events: ["peer closed"] },
  });
});

test("a segment arrives with its bits and octets, the time beside it", () => {
  const arrived: [PlainSegment, number, number][] = [];
  const port = started((report) => ({
    arrives: (segment, nowUs) => arrived.push([segment, nowUs, report.nowUs]),
  }));
  const numbers = { seq: 4_294_967_295, ack: 5, window: 65_535 };
  port.step({ type: "segment", nowUs: 30, ...numbers, flags: "FIN,ACK", text: "00ff" });
  const text = Uint8Array.of(0, 255);
  expect(arrived).toEqual([[{ ...numbers, flags: Flag.FIN | Flag.ACK, mss: 0, text }, 30, 30]]);
});

test("a call that is refused says why, and the state and the next timer are told", () => {
  const port = started(() => ({
    send: (text, nowUs) => `${text.length} octets at ${nowUs}`,
    wakeAtUs: () => 500,
    state: () => "SYN-SENT",
  }));
  expect(port.step({ type: "call", nowUs: 40, call: "send", text: "6162" })).toMatchObject({
    ...{ error: "2 octets at 40", wakeAtUs: 500, state: "SYN-SENT" },
  });
  expect(port.step({ type: "call", nowUs: 41, call: "abort" })).not.toHaveProperty("error");
});

test("each run has a TCP of its own, and each of its connections a number of its own", () => {
  const chosen: number[] = [];
  const port = started((_, chooseIss) => ({
    listen: () => {
      chosen.push(chooseIss());
      return undefined;
    },
  }));
  const listen = { type: "call", nowUs: 0, call: "listen" } as const;
  for (const input of [listen, listen, { ...START, iss: 4_294_967_295 }, listen, listen]) {
    port.step(input);
  }
  expect(chosen).toEqual([7, 7 + (1 << 24), 4_294_967_295, (1 << 24) - 1]);
});

test("a run that does not begin with start", () => {
  const port = portOf(() => QUIET);
  expect(() => port.step({ type: "time", nowUs: 1 })).toThrow(
    'a run should begin with "start", not "time"',
  );
});
