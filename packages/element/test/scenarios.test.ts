import { parseScenario, type Trace, traceScenario } from "@synfin/simulator";
import { shownNumbers } from "@synfin/simulator/view";
import { expect, test } from "vitest";
import { layoutLadder } from "../src/ladder/ladder.ts";
import { traceOf } from "./traces.ts";

/** The states that an end goes through, from the first change on. */
const path = ({ states }: Trace, host: string): string =>
  states
    .filter((change) => change.host === host)
    .map(({ to }) => to)
    .join(" ");

const losses = ({ segments }: Trace): string[] =>
  segments
    .filter(({ arrivals }) => arrivals.every(({ verdict }) => verdict === "drop"))
    .map(({ from, flags }) => `${from} ${flags.join(",")}`);

const flagsOf = ({ segments }: Trace): string[] => segments.map(({ flags }) => flags.join(","));

/** What a course needs, by name, and what shows that the run is just that. */
const COURSE: Readonly<Record<string, (trace: Trace) => unknown>> = {
  "three-way-handshake": (run) => path(run, "client").startsWith("SYN-SENT ESTABLISHED"),
  "four-way-close": (run) => path(run, "server").endsWith("CLOSE-WAIT LAST-ACK CLOSED"),
  "three-segment-close": (run) => flagsOf(run).filter((text) => text === "FIN,ACK").length === 2,
  "half-close": (run) => path(run, "client").includes("FIN-WAIT-2 TIME-WAIT"),
  "simultaneous-open": (run) => path(run, "client").startsWith("SYN-SENT SYN-RECEIVED"),
  "simultaneous-close": (run) => path(run, "server").includes("CLOSING TIME-WAIT"),
  "lost-syn": (run) => losses(run).includes("client SYN"),
  "lost-syn-ack": (run) => losses(run).includes("server SYN,ACK"),
  "lost-ack": (run) => losses(run).includes("client ACK"),
  "lost-fin": (run) => losses(run).includes("client FIN,ACK"),
  "lost-last-ack": (run) => losses(run).includes("client ACK"),
  "rst-closed-port": (run) => flagsOf(run).join(" ") === "SYN RST,ACK",
  "rst-abort": (run) => flagsOf(run).some((text) => text.startsWith("RST")),
  "rst-half-open": (run) => run.events.some((one) => one.type === "call" && one.call === "reboot"),
  "old-duplicate-syn": (run) => run.segments.some(({ injected }) => injected),
  "time-wait": (run) => run.states.some(({ cause }) => cause === "2MSL timeout"),
  "stuck-in-close-wait": (run) => path(run, "server").endsWith("CLOSE-WAIT"),
  "stuck-in-fin-wait-1": (run) => path(run, "client").includes("FIN-WAIT-1"),
  "stuck-in-fin-wait-2": (run) => path(run, "client").includes("FIN-WAIT-2"),
};

test.each(Object.keys(COURSE))("%s is there, and is what it is called [point 38]", (name) => {
  expect(COURSE[name]?.(traceOf(name))).toBe(true);
});

test("numbers go on across the wrap where they are relative, and wrap where not [point 37]", () => {
  const parsed = parseScenario({
    ...{ format: "synfin-scenario", version: 1, name: "wrap" },
    title: { en: "Wrap", ko: "순환" },
    description: { en: "", ko: "" },
    hosts: [
      { name: "client", address: "192.0.2.1", isns: [0xffff_fff0] },
      { name: "server", address: "192.0.2.2", isns: [0xffff_ffff] },
    ],
    link: { delayUs: 50_000 },
    script: [
      { host: "server", call: "listen", port: 80, atUs: 0 },
      { host: "client", call: "connect", port: 80, atUs: 10_000 },
      { host: "client", call: "send", bytes: 100, on: "ESTABLISHED", afterUs: 10_000 },
      { host: "client", call: "close", on: "ESTABLISHED", afterUs: 300_000 },
      { host: "server", call: "close", on: "CLOSE-WAIT", afterUs: 10_000 },
    ],
  });
  if (!parsed.ok) throw new Error(parsed.message);
  const trace = traceScenario(parsed.value);
  const seqs = (mode: "relative" | "absolute", from: string): number[] =>
    trace.segments
      .filter((segment) => segment.from === from)
      .map(({ id }) => shownNumbers(trace, mode).get(id)?.seq ?? Number.NaN);
  expect(seqs("relative", "client")).toEqual([0, 1, 1, 101, 102]);
  expect(seqs("absolute", "client")).toEqual([0xffff_fff0, 0xffff_fff1, 0xffff_fff1, 85, 86]);
  expect(seqs("relative", "server")).toEqual([0, 1, 1, 1]);
  expect(seqs("absolute", "server")).toEqual([0xffff_ffff, 0, 0, 0]);
  const labels = layoutLadder(trace, { seq: "absolute" }).numbers;
  expect(labels.get("client-4")).toEqual({ seq: 85, ack: 0 });
});
