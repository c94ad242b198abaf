import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scenarios } from "@synfin/simulator";
import { afterAll, describe, expect, test } from "vitest";
import { requireTool } from "../../../../tools/testing/requirements.ts";
import { run } from "../../src/cli.ts";
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
  const checked = ["-o", "tcp.check_checksum:true", "-o", "ip.check_checksum:true"];
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
