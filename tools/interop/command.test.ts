import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Kernel } from "./kernel.ts";
import { kernelConnections } from "./kernel-states.ts";
import { Namespace } from "./namespace.ts";
import { interop } from "./needs.ts";
import { childrenOf, isAlive } from "./processes.ts";
import { inspect } from "./tshark-check.ts";

const MAIN = fileURLToPath(new URL("../../apps/cli/src/main.ts", import.meta.url));

/** The real command in a process of its own, against the kernel in a namespace. */
describe.skipIf(interop.missing)("synfin tun", () => {
  let folder: string;
  let namespace: Namespace;
  let kernel: Kernel;
  beforeAll(async () => {
    namespace = await Namespace.create();
    folder = namespace.folder;
    await build({
      ...{ entryPoints: [MAIN], outfile: join(folder, "synfin.mjs"), bundle: true },
      ...{ platform: "node", format: "esm", conditions: ["synfin-source"] },
      define: { SYNFIN_VERSION: '"0.0.0"' },
    });
    kernel = new Kernel(namespace);
  });
  afterAll(() => namespace.remove());

  test("listen --echo, with a capture; SIGTERM ends it, and its interface", async () => {
    const capture = join(folder, "echo.pcapng");
    const synfin = await listening("7", "--echo", "--pcapng", capture, "--states");
    const socket = await kernel.connect("192.0.2.2", 7);
    await socket.send("is there an echo?");
    await expect(socket.recv()).resolves.toBe("is there an echo?");
    await socket.shutdown();
    await expect(socket.recv()).resolves.toBe("");
    synfin.child.kill("SIGTERM");
    expect(await synfin.ended).toMatchObject({ code: 0, stdout: "" });
    expect((await synfin.ended).stderr).toContain("ESTABLISHED -> CLOSE-WAIT\n");
    expect(await interfaces()).toEqual(["lo"]);
    const findings = await inspect("tshark", capture, "192.0.2.2");
    expect(findings).toMatchObject({ badIpChecksums: 0, badTcpChecksums: 0, malformed: 0 });
    expect(findings.tcp).toBeGreaterThanOrEqual(9);
  });

  test("listen --echo over a bad link: late, but all of it", async () => {
    const link = ["--loss", "1/5", "--duplicate", "5%", "--reorder", "5%", "--delay", "10ms"];
    const synfin = await listening("7", "--echo", ...link, "--seed", "2");
    const started = performance.now();
    const socket = await kernel.connect("192.0.2.2", 7);
    for (const word of ["one", "two", "three", "four", "five"]) {
      await socket.send(word);
      await expect(socket.recv()).resolves.toBe(word);
    }
    // Six round trips of 20 ms, and a timeout of 200 ms at least for what was lost.
    expect(performance.now() - started).toBeGreaterThan(320);
    synfin.child.kill("SIGTERM");
    expect(await synfin.ended).toMatchObject({ code: 0 });
  });

  test("listen --serve refuses what is outside of the folder, by any path", async () => {
    const content = randomBytes(100_000);
    writeFileSync(join(folder, "file"), content);
    const synfin = await listening("80", "--serve", folder);
    const curl = (...args: string[]) =>
      namespace.run(
        "curl",
        "-sS",
        "--path-as-is",
        "-w",
        "%{http_code}",
        "-o",
        join(folder, "got"),
        ...args,
      );
    expect((await curl("http://192.0.2.2/file")).stdout).toBe("200");
    expect(hash(readFileSync(join(folder, "got")))).toBe(hash(content));
    for (const path of ["../etc/passwd", "%2e%2e/etc/passwd", "..%2f..%2fetc/passwd", "%00", "%"]) {
      expect([path, (await curl(`http://192.0.2.2/${path}`)).stdout]).toEqual([path, "404"]);
    }
    const head = await namespace.run("curl", "-sSI", "http://192.0.2.2/file");
    expect(head.stdout).toContain("Content-Length: 100000\r\n");
    expect((await curl("-X", "POST", "http://192.0.2.2/file")).stdout).toBe("405");
    synfin.child.kill("SIGINT");
    expect(await synfin.ended).toMatchObject({ code: 0 });
  });

  test("fetch --out writes what the kernel serves; a file that is not there is 1", async () => {
    const content = randomBytes(100_000);
    writeFileSync(join(folder, "file"), content);
    const serve = `exec python3 -m http.server --directory ${folder} 8000 2>/dev/null`;
    namespace.start("sh", "-c", serve).stdout?.resume();
    await expect
      .poll(async () => (await kernelConnections(namespace)).map((it) => it.localPort))
      .toContain(8000);
    const got = join(folder, "fetched");
    expect(await run("fetch", "http://192.0.2.1:8000/file", "--out", got)).toMatchObject({
      code: 0,
    });
    expect(hash(readFileSync(got))).toBe(hash(content));
    const missing = await run("fetch", "http://192.0.2.1:8000/none", "--out", got);
    expect(missing).toMatchObject({
      code: 1,
      stderr: "synfin: tun: http://192.0.2.1:8000/none answered 404 File not found\n",
    });
  });

  test("connect sends standard input and prints the answer", async () => {
    const listener = await kernel.listen(9000);
    const synfin = start("connect", "192.0.2.1", "9000", "--delay", "5ms");
    const socket = await listener.accept();
    synfin.child.stdin?.end("over here\n");
    await expect(socket.recv()).resolves.toBe("over here\n");
    await expect(socket.recv()).resolves.toBe("");
    await socket.send("and back\n");
    await socket.close();
    expect(await synfin.ended).toEqual({ code: 0, stdout: "and back\n", stderr: "" });
  });

  test("a refused connection is one line and 1", async () => {
    expect(await run("connect", "192.0.2.1", "9001")).toEqual({
      code: 1,
      stdout: "",
      stderr: "synfin: tun: 192.0.2.1:9001: the peer refused the connection (ECONNREFUSED)\n",
    });
  });

  test("a namespace that is not there is one line and 2", async () => {
    const { code, stderr } = await run("listen", "7", "--netns", "no-such-namespace");
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^synfin: tun: ip link set synfin\d+ netns no-such-namespace said: [^\n]+\n$/,
    );
    expect(readdirSync("/sys/class/net").filter((name) => /^synfin/.test(name))).toEqual([]);
  });

  test("without CAP_NET_ADMIN: one line that says what it takes, and 2", async () => {
    const few = ["--bounding-set", "-net_admin", "--inh-caps", "-net_admin"];
    const all = [...few, process.execPath, join(folder, "synfin.mjs"), "tun", "listen", "7"];
    const { code, stderr } = await watch(spawn("setpriv", all)).ended;
    expect(stderr).toMatch(
      /^synfin: tun: a TUN interface needs CAP_NET_ADMIN; run it as root[^\n]+\n$/,
    );
    expect(code).toBe(2);
  });

  test("when its interface is taken away, it says so and ends with 1", async () => {
    const synfin = await listening("7", "--echo");
    for (const pid of childrenOf(synfin.child.pid ?? 0)) process.kill(Number(pid));
    const { code, stderr } = await synfin.ended;
    expect(stderr).toContain("synfin: tun: socat, which held the TUN interface, ended");
    expect(code).toBe(1);
  });

  test("killed without a word, it leaves neither socat nor interface", async () => {
    const synfin = await listening("7", "--echo");
    const socats = childrenOf(synfin.child.pid ?? 0);
    expect(socats).toHaveLength(1);
    synfin.child.kill("SIGKILL");
    await synfin.ended;
    await expect.poll(interfaces).toEqual(["lo"]);
    await expect.poll(() => socats.filter(isAlive)).toEqual([]);
  });

  function start(...args: string[]): Running {
    const all = [join(folder, "synfin.mjs"), "tun", ...args];
    if (!args.includes("--netns")) all.push("--netns", namespace.name);
    return watch(spawn(process.execPath, all));
  }

  async function listening(...args: string[]): Promise<Running> {
    const synfin = start("listen", ...args);
    await expect.poll(synfin.said).toContain("listening on 192.0.2.2 port");
    return synfin;
  }

  function run(...args: string[]): Running["ended"] {
    return start(...args).ended;
  }

  async function interfaces(): Promise<string[]> {
    const { stdout } = await namespace.run("ip", "-o", "link");
    return [...stdout.matchAll(/^\d+: (\w+)/gm)].map(([, name = ""]) => name);
  }
});

function hash(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said on standard error so far. */
  readonly said: () => string;
}

function watch(child: ChildProcessWithoutNullStreams): Running {
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk) => {
      printed[name] += String(chunk);
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code, ...printed }));
  });
  return { child, ended, said: () => printed.stderr };
}
