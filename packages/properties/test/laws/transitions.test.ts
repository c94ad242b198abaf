import { onlyPermittedTransitions } from "@synfin/properties";
import { expect, test } from "vitest";
import { breaches, changeTo, doctored } from "../support/doctor.ts";
import { shipped } from "../support/shipped.ts";

test("a change that is not in the table", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    changeTo(trace, "client", "FIN-WAIT-2").cause = "rcv RST";
  });
  const { atUs, segment } = changeTo(run.trace, "client", "FIN-WAIT-2");
  expect(breaches(onlyPermittedTransitions, run)).toEqual([
    {
      law: "onlyPermittedTransitions",
      message: "FIN-WAIT-1 to FIN-WAIT-2 by rcv RST, §3.10.7.4 is not in the table of transitions",
      ...{ host: "client", atUs, segment },
    },
  ]);
});

test("the right change for the wrong reason: its section is not the table's", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    changeTo(trace, "server", "CLOSE-WAIT").section = "3.10.8";
  });
  expect(breaches(onlyPermittedTransitions, run)).toMatchObject([{ host: "server" }]);
});

test("a change that begins where the one before did not end", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    trace.states = trace.states.filter(({ to }) => to !== "FIN-WAIT-1");
  });
  expect(breaches(onlyPermittedTransitions, run)).toMatchObject([
    {
      host: "client",
      message: "begins in FIN-WAIT-1; connections here are in ESTABLISHED",
      atUs: changeTo(run.trace, "client", "FIN-WAIT-2").atUs,
    },
  ]);
});

test("a connection out of LISTEN where no one listens", () => {
  const run = doctored(shipped("four-way-close"), (trace) => {
    trace.states = trace.states.filter(({ to }) => to !== "LISTEN");
  });
  expect(breaches(onlyPermittedTransitions, run)).toMatchObject([
    { host: "server", message: "begins in LISTEN, but no one listens here" },
  ]);
});

test("a reboot ends listening once, and not twice", () => {
  const run = doctored(shipped("stuck-in-fin-wait-2"), (trace) => {
    const last = trace.states.findLast(({ from }) => from === "LISTEN");
    if (last !== undefined) trace.states.push({ ...last });
  });
  expect(breaches(onlyPermittedTransitions, run)).toMatchObject([
    { host: "server", message: "stops listening, but no one listens here" },
  ]);
});
