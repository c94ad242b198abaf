import type { Trace } from "@synfin/simulator";
import { expect, test } from "vitest";
import { type SeqMode, segmentFacts, shownNumbers, windowText } from "../../src/view/index.ts";
import { traceOf } from "../support/trace-of.ts";

function factsOf(trace: Trace, mode: SeqMode = "relative") {
  const facts = segmentFacts(trace, shownNumbers(trace, mode));
  return (id: string) => {
    const found = facts.get(id);
    if (found === undefined) throw new Error(`there is no ${id}`);
    return found;
  };
}

test("options read as tcpdump prints them", () => {
  const of = factsOf(traceOf("window-scale"));
  expect(of("client-1").options).toEqual(["mss 1460", "wscale 7", "sackOK", "TS 10/0"]);
  expect(of("client-2").options).toEqual(["TS 110/60"]);
});

test("a SYN's window is never scaled; every later one is, by the sender's own shift (RFC 7323 §2.2)", () => {
  const of = factsOf(traceOf("window-scale"));
  expect(windowText(of("client-1").window)).toBe("win 65535");
  expect(windowText(of("server-1").window)).toBe("win 65535");
  expect(windowText(of("client-2").window)).toBe("win 8192×128 = 1048576");
  expect(windowText(of("server-2").window, "*")).toBe("win 2047*128 = 262016");
});

test("without two offers nothing is scaled", () => {
  const trace = traceOf("window-scale");
  const segments = trace.segments.map((segment) =>
    segment.id === "server-1"
      ? { ...segment, options: segment.options.filter(({ name }) => name !== "window-scale") }
      : segment,
  );
  expect(windowText(factsOf({ ...trace, segments })("client-2").window)).toBe("win 8192");
});

test("a window is news when it shuts, shrinks much or is scaled for the first time", () => {
  const news = (trace: Trace): string[] =>
    trace.segments.filter(({ id }) => factsOf(trace)(id).window.isNews).map(({ id }) => id);
  expect(news(traceOf("three-way-handshake"))).toEqual([]);
  expect(news(traceOf("window-scale"))).toEqual(["client-1", "server-1", "client-2", "server-2"]);
  expect(news(traceOf("zero-window")).slice(0, 4)).toEqual([
    "server-2",
    "server-3",
    "server-4",
    "server-5",
  ]);
});

test("SACK blocks count like the numbers beside them, also across the wrap at 2³²", () => {
  const trace = traceOf("lost-data-sack");
  expect(factsOf(trace)("server-5").options).toContain("sack 2897:7241");
  const raw = trace.segments.find(({ id }) => id === "server-5")?.options;
  const blocks = raw?.find(({ name }) => name === "sack")?.blocks ?? [];
  expect(factsOf(trace, "absolute")("server-5").options).toContain(
    `sack ${blocks[0]?.[0]}:${blocks[0]?.[1]}`,
  );
  const shift = (seq: number, by: number): number => (seq + by) >>> 0;
  const by = -(blocks[0]?.[0] ?? 0) - 1;
  const wrapped: Trace = {
    ...trace,
    hosts: trace.hosts.map((host) => ({ ...host, isns: host.isns.map((isn) => shift(isn, by)) })),
    segments: trace.segments.map((segment) => ({
      ...segment,
      seq: shift(segment.seq, by),
      ack: shift(segment.ack, by),
      options: segment.options.map((option) =>
        option.blocks === undefined
          ? option
          : {
              ...option,
              blocks: option.blocks.map(([a, b]) => [shift(a, by), shift(b, by)] as const),
            },
      ),
    })),
  };
  expect(factsOf(wrapped)("server-5").options).toContain("sack 2897:7241");
});
