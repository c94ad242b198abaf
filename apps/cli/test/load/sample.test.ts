import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Trace } from "@synfin/simulator";
import { afterAll, expect, test } from "vitest";
import { requireTool } from "../../../../tools/testing/requirements.ts";
import { load, refusal } from "./support/run-load.ts";

const tshark = requireTool("tshark");
const folder = mkdtempSync(join(tmpdir(), "synfin-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LOSSY = "steady --connections 40 --set loss=20% --profile linux";

test("--trace is the whole trace of the connection that was asked for", async () => {
  const { code, stdout } = await load("steady --sample 3 --trace --set delay=5ms");
  expect(code).toBe(0);
  const trace: Trace = JSON.parse(stdout());
  expect(trace).toMatchObject({ format: "synfin-trace", version: 1, scenario: "steady", seed: 1 });
  expect(trace.segments).toHaveLength(7);
  expect(trace.segments[0]).toMatchObject({ id: "client-1", flags: ["SYN"], sentAtUs: 20_000 });
  const json = await load("steady --sample 3 --format trace-json --set delay=5ms");
  expect(json.stdout()).toBe(stdout());
});

test("only what the sample needs is run, and on no worker", async () => {
  const { threads, code } = await load("steady --connections 100M --rate 10k --trace");
  expect([code, threads.started.length]).toEqual([0, 0]);
});

test("a connection that there is not is refused, and so is a capture of nothing", async () => {
  expect(await refusal("steady --connections 5 --sample 6 --trace")).toBe(
    "--sample is 6, but 5 were opened; give a lower number",
  );
  const none = "port-exhaustion --rate 10 --set ports=5 --sample 6 --format pcapng";
  expect(await refusal(none)).toContain("this connection sent no packet (EADDRNOTAVAIL)");
});

test("--expect is held against the whole run beside the sample", async () => {
  const { code, stdout, stderr } = await load(`${LOSSY} --trace --expect 'opened = 41'`);
  expect(code).toBe(1);
  expect(JSON.parse(stdout())).toMatchObject({ format: "synfin-trace" });
  expect(stderr()).toContain("opened is 40, expected = 41");
});

test.skipIf(tshark.missing)("tshark accepts every packet of a lossy sample", async () => {
  const seen = await load(`${LOSSY} --sample 2 --format pcapng`);
  expect([seen.code, seen.stderr()]).toEqual([0, ""]);
  const path = join(folder, "sample.pcapng");
  writeFileSync(path, seen.stdoutBytes());
  const fields = ["tcp.checksum.status", "ip.checksum.status", "ip.src", "tcp.flags.str"];
  const text = execFileSync(
    tshark.path,
    [
      ...["-r", path, "-o", "tcp.check_checksum:true", "-o", "ip.check_checksum:true"],
      ...["-T", "fields", ...fields.flatMap((field) => ["-e", field])],
    ],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
  );
  const rows = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));
  expect(rows.length).toBeGreaterThan(6);
  expect(rows.filter(([sum, ipSum]) => sum !== "1" || ipSum !== "1")).toEqual([]);
  expect(new Set(rows.map(([, , src]) => src))).toEqual(new Set(["192.0.2.1", "192.0.2.2"]));
});
