import {
  acknowledgedIsDelivered,
  acknowledgesWhatArrived,
  blackBoxLaws,
  everyCloseSendsFin,
  everyFinIsAnswered,
  noDataAfterFin,
  noResetAnswersReset,
  sentAgainIsTheSame,
  timeWaitAcknowledgesFin,
  unansweredIsSentAgain,
} from "@synfin/properties";
import { scenarios } from "@synfin/simulator";
import { describe, expect, test } from "vitest";
import { blackBox, messages } from "../../support/black-box.ts";
import { sentBy } from "../../support/doctor.ts";
import { shipped } from "../../support/shipped.ts";

/**
 * In these something comes from nowhere, a host loses its memory, or a user
 * does not read: in the runs of a port nothing of that happens.
 */
const NOT_OF_PORTS = /old-duplicate|rst-half-open|challenge-ack|stuck-in-fin-wait-1|zero-window/;

describe("both ends of every scenario that ships keep the laws of a black box", () => {
  const names = scenarios.map(({ name }) => name).filter((name) => !NOT_OF_PORTS.test(name));
  test.each(names)("%s", (name) => {
    for (const host of ["client", "server"]) {
      const run = blackBox(shipped(name), host);
      for (const law of blackBoxLaws) expect(messages(law, run)).toEqual([]);
    }
  });
});

describe("acknowledgesWhatArrived", () => {
  test("an octet that was never sent", () => {
    const run = blackBox(shipped("four-way-close"), "server", (trace) => {
      sentBy(trace, "server", "ACK").ack += 1;
    });
    expect(messages(acknowledgesWhatArrived, run)).toEqual([
      "server: <SEQ=300><ACK=101><CTL=ACK>, but only what is before 100 has come",
    ]);
  });

  test("a FIN whose text was lost", () => {
    const run = blackBox(shipped("four-way-close"), "server", (trace) => {
      for (const arrival of sentBy(trace, "client", "DATA").arrivals) arrival.verdict = "drop";
    });
    const [first] = messages(acknowledgesWhatArrived, run);
    expect(first).toContain("<ACK=100><CTL=ACK>, but only what is before 50 has come");
    expect(acknowledgesWhatArrived.check(run).premises.get("acknowledgment")).toBe(4);
  });
});

describe("acknowledgedIsDelivered", () => {
  test("text that is acknowledged and never reaches the user", () => {
    const run = { ...blackBox(shipped("four-way-close"), "server"), watched: undefined };
    expect(messages(acknowledgedIsDelivered, run)).toEqual([
      "server: has acknowledged 50 octets of text, and its user has received 0",
    ]);
    const other = { ...blackBox(shipped("four-way-close"), "client"), watched: undefined };
    expect(messages(acknowledgedIsDelivered, other)).toEqual([]);
  });
});

describe("everyCloseSendsFin", () => {
  test("a user closes, and nothing goes out", () => {
    const run = blackBox(shipped("four-way-close"), "server", (trace) => {
      trace.segments.splice(trace.segments.indexOf(sentBy(trace, "server", "FIN")), 1);
    });
    expect(messages(everyCloseSendsFin, run)).toEqual([
      "server: its user has closed, and it never sends a FIN",
    ]);
  });

  test("a connection that was aborted need not", () => {
    const run = blackBox(shipped("four-way-close"), "server", (trace) => {
      trace.segments.splice(trace.segments.indexOf(sentBy(trace, "server", "FIN")), 1);
      trace.events.push({ type: "call", atUs: 500_000, host: "server", call: "abort" });
    });
    expect(messages(everyCloseSendsFin, run)).toEqual([]);
  });
});

describe("everyFinIsAnswered", () => {
  test("an acknowledgment that stops short of the FIN", () => {
    const run = blackBox(shipped("four-way-close"), "client", (trace) => {
      sentBy(trace, "client", "ACK", 2).ack -= 1;
    });
    const [only, ...others] = messages(everyFinIsAnswered, run);
    expect(only).toMatch(
      /^client: <SEQ=300>.*FIN,ACK> arrived, and is not acknowledged within half/,
    );
    expect(others).toEqual([]);
  });

  test("half a second is too late", () => {
    const late = (byUs: number) =>
      blackBox(shipped("four-way-close"), "client", (trace) => {
        sentBy(trace, "client", "ACK", 2).sentAtUs += byUs;
      });
    expect(messages(everyFinIsAnswered, late(499_999))).toEqual([]);
    expect(messages(everyFinIsAnswered, late(500_000))).toHaveLength(1);
  });

  test("a FIN that comes again wants its answer, too", () => {
    const run = blackBox(shipped("lost-last-ack"), "client", (trace) => {
      trace.segments.pop();
    });
    expect(messages(everyFinIsAnswered, run)).toHaveLength(1);
    expect(everyFinIsAnswered.check(run).premises.get("FIN arrived again")).toBe(1);
  });
});

describe("timeWaitAcknowledgesFin", () => {
  const reset = (afterUs: number) =>
    blackBox(shipped("lost-last-ack"), "client", (trace) => {
      const [again, answer] = trace.segments.slice(-2);
      for (const arrival of again?.arrivals ?? []) arrival.atUs += afterUs;
      if (answer !== undefined) Object.assign(answer, { flags: ["RST"] });
      if (answer !== undefined) answer.sentAtUs += afterUs;
    });

  test("a RST for the FIN that came again", () => {
    const [only] = messages(timeWaitAcknowledgesFin, reset(0));
    expect(only).toMatch(/^client: <SEQ=\d+><CTL=RST> answers <SEQ=\d+>.*which came again/);
  });

  test("after half a minute it may have been forgotten", () => {
    expect(messages(timeWaitAcknowledgesFin, reset(30_000_000))).toEqual([]);
  });

  test("the end that closed second passes no TIME-WAIT", () => {
    const run = blackBox(shipped("lost-last-ack"), "server");
    expect(timeWaitAcknowledgesFin.check(run).premises.get("TIME-WAIT reached")).toBe(0);
  });
});

describe("unansweredIsSentAgain", () => {
  test("a FIN that is lost, and forgotten", () => {
    const run = blackBox(shipped("lost-fin"), "client", (trace) => {
      const fin = sentBy(trace, "client", "FIN");
      trace.segments = trace.segments.slice(0, trace.segments.indexOf(fin) + 1);
    });
    const [only, ...others] = messages(unansweredIsSentAgain, run);
    expect(only).toMatch(
      /^client: \d+ to \d+ is not acknowledged, and since 310000 µs not sent again/,
    );
    expect(others).toEqual([]);
  });

  test("once the user is told that the connection failed, it may be", () => {
    const run = blackBox(shipped("lost-fin"), "client", (trace) => {
      const fin = sentBy(trace, "client", "FIN");
      trace.segments = trace.segments.slice(0, trace.segments.indexOf(fin) + 1);
      const told = { type: "signal" as const, atUs: 100_000_000, host: "client" };
      trace.events.push({ ...told, signal: "timed out" });
    });
    expect(messages(unansweredIsSentAgain, run)).toEqual([]);
  });
});

describe("the laws that a black box shares with our machine", () => {
  test("only the host under test is judged", () => {
    const change = (host: string) =>
      blackBox(shipped("lost-last-ack"), host, (trace) => {
        Object.assign(sentBy(trace, "client", "ACK", 2), { length: 5 });
      });
    expect(messages(noDataAfterFin, change("client"))).toHaveLength(1);
    expect(messages(noDataAfterFin, change("server"))).toEqual([]);
  });

  test("a RST of the other host is its own business", () => {
    const change = (host: string) =>
      blackBox(shipped("four-way-close"), host, (trace) => {
        Object.assign(sentBy(trace, "client", "DATA"), { flags: ["RST"] });
      });
    expect(messages(noResetAnswersReset, change("client"))).toHaveLength(1);
    expect(messages(noResetAnswersReset, change("server"))).toEqual([]);
  });
});

describe("sentAgainIsTheSame", () => {
  /** A FIN's retransmission that carries this text; the last octet of what was sent is a `v`. */
  const again = (text: string) =>
    blackBox(shipped("lost-fin"), "client", (trace) => {
      const fin = sentBy(trace, "client", "FIN", 2);
      fin.length = text.length / 2;
      fin.seq -= fin.length;
      fin.packet += text;
      if (fin.length === 1) fin.flags = ["ACK"];
    });

  test("other octets than the first time", () => {
    expect(messages(sentAgainIsTheSame, again("7576"))).toEqual([]);
    expect(messages(sentAgainIsTheSame, again("7478"))).toEqual([
      "client: octet 99 after the SYN is 116, and was 117 before",
    ]);
  });

  test("a single old octet asks whether the peer is there", () => {
    expect(messages(sentAgainIsTheSame, again("78"))).toHaveLength(0);
  });

  test("what the run does not hold is compared with nothing", () => {
    const run = blackBox(shipped("lost-fin"), "client", (trace) => {
      for (const segment of trace.segments) segment.packet = "";
    });
    expect(messages(sentAgainIsTheSame, run)).toEqual([]);
    expect(sentAgainIsTheSame.check(run).premises.get("octets sent again")).toBe(0);
  });
});
