import { describe, expect, test } from "vitest";
import { run } from "../../src/cli.ts";
import { fakeIo } from "../fake-io.ts";

const GOOD = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+.1 < S 0:0(0) win 20000
+0 > R. 0:0(0) ack 1 win 0
`;
const BAD = GOOD.replace("ack 1 ", "ack 2 ");
const FILES = {
  "suite/one.pkt": GOOD,
  "suite/deep/two.pkt": BAD,
  "suite/notes.txt": "no script",
  "good.pkt": GOOD,
  "broken.pkt": "0 f( = 0\n",
  "if.pkt": `${GOOD}#ifdef FreeBSD\n+0 mmap() = 0\n#endif\n`,
};

async function packetdrill(...args: string[]) {
  const seen = fakeIo(FILES);
  const exitCode = await run(["packetdrill", ...args], seen.io);
  return { exitCode, stdout: seen.stdout(), stderr: seen.stderr() };
}

describe("synfin packetdrill PATH…", () => {
  test("a script that passes", async () => {
    expect(await packetdrill("good.pkt")).toEqual({
      exitCode: 0,
      stdout: "ok    good.pkt\n1 passed, 0 failed\n",
      stderr: "",
    });
  });

  test("a folder, and everything beneath it: the one that fails says where, why, and what led there", async () => {
    const { exitCode, stdout } = await packetdrill("suite", "good.pkt");
    expect(exitCode).toBe(1);
    expect(stdout).toBe(`\
FAIL  suite/deep/two.pkt:4:4: expected "> R. 0:0(0) ack 2 win 0", but "> R. 0:0(0) ack 1 win 0" came (another acknowledgment)
      4 | +0 > R. 0:0(0) ack 2 win 0
          0.000000  CLOSED       │ socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
          0.000000               │ bind(3, ..., ...) = 0
          0.100000               │ <── S 0:0(0) win 20000
          0.100000               │ ──> R. 0:0(0) ack 1 win 0
ok    suite/one.pkt
ok    good.pkt
2 passed, 1 failed
`);
  });

  test("what is no script", async () => {
    const { exitCode, stdout } = await packetdrill("broken.pkt");
    expect(exitCode).toBe(1);
    expect(stdout).toContain('FAIL  broken.pkt:1:6: found "=", but there should be a value');
    expect(stdout).toContain("0 passed, 1 failed\n");
  });

  test("--define and --profile say which conditions hold", async () => {
    expect((await packetdrill("if.pkt")).exitCode).toBe(0);
    expect((await packetdrill("if.pkt", "--define", "FreeBSD")).exitCode).toBe(1);
    expect((await packetdrill("if.pkt", "--profile", "freebsd")).exitCode).toBe(1);
    expect((await packetdrill("if.pkt", "--profile", "freebsd", "--define=X")).exitCode).toBe(0);
  });

  test("--json: a line for each script, then the totals", async () => {
    const { exitCode, stdout, stderr } = await packetdrill("suite", "--json");
    expect(exitCode).toBe(1);
    expect(stderr).toBe("1 passed, 1 failed\n");
    const lines = stdout.trimEnd().split("\n");
    const [two, one, totals] = lines.map((line) => JSON.parse(line));
    expect(two).toMatchObject({
      path: "suite/deep/two.pkt",
      passed: false,
      failure: { kind: "mismatch", line: 4, column: 4 },
    });
    expect(two.ladder).toHaveLength(4);
    expect(one).toMatchObject({ path: "suite/one.pkt", passed: true, failure: null });
    expect(totals).toEqual({ passed: 1, failed: 1 });
  });
});

describe("bad usage is one line that says what would be right", () => {
  test.each([
    [[], "packetdrill: no script; give a .pkt file or a folder with some"],
    [["missing.pkt"], 'packetdrill: cannot read "missing.pkt" (ENOENT'],
    [
      ["good.pkt", "--profile", "vms"],
      'unknown --profile "vms"; there are rfc9293, linux, linux-pre-6.5, freebsd',
    ],
    [["good.pkt", "--frob"], "there are --profile, --define, --json, --help"],
    [["deep"], 'packetdrill: cannot read "deep"'],
  ])("%j", async (args, message) => {
    const { exitCode, stdout, stderr } = await packetdrill(...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd()).not.toContain("\n");
  });
});
