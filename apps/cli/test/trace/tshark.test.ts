import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findScenario, type Scenario, scenarios, traceScenario } from "@synfin/simulator";
import { segmentNotes } from "@synfin/simulator/view";
import { afterAll, describe, expect, test } from "vitest";
import { requireTool } from "../../../../tools/testing/requirements.ts";
import { run } from "../../src/cli.ts";
import { captureOf } from "../../src/trace/capture-of.ts";
import { fakeIo } from "../fake-io.ts";

const tshark = requireTool("tshark");
const folder = mkdtempSync(join(tmpdir(), "synfin-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What tshark says of each packet of a run's capture. */
interface Row {
  readonly sum: string;
  readonly ipSum: string;
  readonly completeness: number;
  readonly malformed: boolean;
}

const FIELDS = ["tcp.checksum.status", "ip.checksum.status", "tcp.completeness", "_ws.malformed"];

async function rows(...args: string[]): Promise<Row[]> {
  const seen = fakeIo();
  expect([await run(["trace", ...args, "--format", "pcapng"], seen.io), seen.stderr()]).toEqual([
    0,
    "",
  ]);
  const path = join(folder, "run.pcapng");
  writeFileSync(path, seen.stdoutBytes());
  // What users send here is no HTTP, so no message is to be put together from it.
  const checked = ["check_checksum:true", "desegment_tcp_streams:false"]
    .map((preference) => `tcp.${preference}`)
    .concat("ip.check_checksum:true")
    .flatMap((preference) => ["-o", preference]);
  const wanted = FIELDS.flatMap((field) => ["-e", field]);
  const text = execFileSync(tshark.path, ["-r", path, ...checked, "-T", "fields", ...wanted], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [sum = "", ipSum = "", completeness = "", malformed = ""] = line.split("\t");
      return { sum, ipSum, completeness: Number(completeness), malformed: malformed !== "" };
    });
}

describe.skipIf(tshark.missing)("tshark accepts every packet of", () => {
  test.each([
    ...scenarios.map(({ name }) => [name, "client"] as const),
    ["lost-last-ack", "server"],
    ["lost-last-ack", "both"],
  ] as const)("%s, seen from %s", async (name, vantage) => {
    const packets = await rows(name, "--vantage", vantage);
    expect(packets.length).toBeGreaterThan(0);
    expect(
      packets.filter(({ sum, ipSum, malformed }) => sum !== "1" || ipSum !== "1" || malformed),
    ).toEqual([]);
  });
});

describe.skipIf(tshark.missing)("tshark judges a connection complete", () => {
  test.each([
    ["four-way-close", 31],
    ["three-segment-close", 31],
    ["lost-fin", 31],
    // 23 is the same without data.
    ["simultaneous-close", 23],
  ])("%s: %i", async (name, completeness) => {
    const packets = await rows(name);
    expect(packets.at(-1)?.completeness).toBe(completeness);
  });
});

test.skipIf(tshark.missing)("only what was corrupted on purpose has a wrong checksum", async () => {
  const packets = await rows(
    "four-way-close",
    "--vantage",
    "server",
    "--fault",
    "corrupt:client:DATA",
  );
  const wrong = packets.filter(({ sum, ipSum }) => sum === "0" || ipSum === "0");
  expect(wrong).toHaveLength(1);
});

/** What tshark by itself takes the segments of a capture for, in their order. */
function analysis(scenario: Scenario): string[] {
  const path = join(folder, "reasons.pcapng");
  writeFileSync(path, captureOf(traceScenario(scenario), "client"));
  const names = ["fast_retransmission", "zero_window_probe", "keep_alive", "keep_alive_ack"];
  const fields = [...names, "window_update", "duplicate_ack_num", "rto"];
  const wanted = fields.flatMap((field) => ["-e", `tcp.analysis.${field}`]);
  const text = execFileSync(tshark.path, ["-r", path, "-T", "fields", ...wanted], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return text.split("\n").flatMap((line) => {
    const cells = line.split("\t");
    const at = cells.findIndex((cell) => cell !== "");
    const name = fields[at] ?? "";
    if (name === "duplicate_ack_num") return [`duplicate-ack ${cells[at]}`];
    // Its figure counts from the first transmission, ours is the RTO.
    if (name === "rto") return ["timeout"];
    return at < 0 ? [] : [name.replaceAll("_", "-").replace("retransmission", "retransmit")];
  });
}

test
  .skipIf(tshark.missing)
  .each([
    "lost-data-sack",
    "zero-window",
    "keep-alive",
    "stuck-in-fin-wait-1",
    "three-way-handshake",
  ])("tshark sees why segments were sent as the ladder does: %s", (name) => {
  const scenario = findScenario(name);
  if (scenario === undefined) throw new Error(`there is no ${name}`);
  const trace = traceScenario(scenario);
  const notes = segmentNotes(trace);
  const ours = trace.segments.flatMap(({ id }) => {
    const { reason, nth } = notes.get(id) ?? {};
    // tshark knows no name for what follows a window that has opened.
    if (reason === undefined || reason === "after-zero-window") return [];
    return [nth === undefined ? reason : `${reason} ${nth}`];
  });
  expect(analysis(scenario)).toEqual(ours);
});
