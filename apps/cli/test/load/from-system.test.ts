import type { Report } from "@synfin/simulator/report";
import { describe, expect, test } from "vitest";
import { load, refusal } from "./support/run-load.ts";

const SHORT = "port-exhaustion --rate 100 --set ports=500";

describe("files of a system", () => {
  const sysctl = "kernel.osrelease = 6.8.0\nnet.ipv4.ip_local_port_range = 40000\t40099\n";

  test("--sysctl sets the profile, the machine and the ports", async () => {
    const files = { "/etc/all": `${sysctl}net.ipv4.tcp_fin_timeout = 30\n` };
    const { code, stdout, stderr } = await load(
      "port-exhaustion --rate 10 --sysctl /etc/all --format json",
      { files },
    );
    expect(code).toBe(0);
    expect(stderr()).toBe("synfin: load: /etc/all: 3 settings of TCP taken, 0 others left alone\n");
    expect(JSON.parse(stdout())).toMatchObject({ profile: "linux", parameters: { ports: 100 } });
  });

  test("--sysctl sets what a scenario calls by a name of its own", async () => {
    const files = {
      "/etc/all":
        "net.ipv4.tcp_fin_timeout = 33\nnet.netfilter.nf_conntrack_tcp_timeout_close_wait = 30\n",
    };
    const parametersOf = async (scenario: string): Promise<unknown> => {
      const args = `${scenario} --set connections=10 --sysctl /etc/all --format json`;
      return JSON.parse((await load(args, { files })).stdout()).parameters;
    };
    expect(await parametersOf("myth-fin-timeout")).toMatchObject({ "fin-timeout": 33_000_000 });
    expect(await parametersOf("conntrack-half-close")).toMatchObject({ timeout: 30_000_000 });
  });

  test("and says what it knows that nothing here has to do with", async () => {
    const files = {
      "/etc/all":
        "net.ipv4.tcp_fin_timeout = 33\nnet.ipv4.tcp_max_tw_buckets = 10\nvm.swappiness = 60\n",
    };
    const { stderr } = await load("steady --connections 10 --sysctl /etc/all", { files });
    expect(stderr()).toBe(
      "synfin: load: /etc/all: 1 settings of TCP taken, 1 without effect here (net.ipv4.tcp_max_tw_buckets), 1 others left alone\n",
    );
  });

  test("the command line has the last word", async () => {
    const world = { files: { "/etc/all": sysctl } };
    const args = "port-exhaustion --rate 10 --set ports=50 --profile freebsd --sysctl /etc/all";
    const { stdout } = await load(`${args} --format json`, world);
    expect(JSON.parse(stdout())).toMatchObject({ profile: "freebsd", parameters: { ports: 50 } });
  });

  test("--ss is where the run begins, and theory has nothing to say of it", async () => {
    const files = { "/ss": "TCP:   400 (estab 100, closed 200, orphaned 0, timewait 200)\n" };
    const { stdout } = await load(`${SHORT} --ss /ss --format json`, { files });
    const result: Report = JSON.parse(stdout());
    expect(result.start).toEqual({ established: 100, timeWait: 200 });
    // 200 are free, and 200 / 60 more come each second while 100 are taken.
    expect(Math.abs((result.firstFailure?.atUs ?? 0) - 2_068_966)).toBeLessThan(50_000);
    expect(result.firstFailure?.holdsUpToPerSecond).toBeCloseTo(400 / 60.002, 9);
    expect(result.oracle).toEqual({});
    expect((await load(`${SHORT} --ss /ss`, { files })).stdout()).toContain(
      "begins with 100 connections open and 200 in TIME-WAIT",
    );
  });

  test.each([
    ["--sysctl", "net.ipv4.tcp_fin_timeout = soon\n", 'line 1: net.ipv4.tcp_fin_timeout is "soon"'],
    ["--sysctl", "nothing\n", "has no setting that is known here"],
    ["--ss", "nothing\n", 'is not what "ss -s" prints'],
  ])("%s of %j is refused", async (option, text, line) => {
    expect(await refusal(`steady ${option} /file`, { files: { "/file": text } })).toContain(line);
  });
});
