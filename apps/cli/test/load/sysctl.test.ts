import { readFileSync } from "node:fs";
import { PROFILES, paramProblem } from "@synfin/core/tcp";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSysctl } from "../../src/load/sysctl.ts";
import { BSD_RULES } from "../../src/load/sysctl-bsd.ts";
import { LINUX_RULES, r2Us, synR2Us } from "../../src/load/sysctl-linux.ts";

const SECOND = 1_000_000;

/** What `sysctl -a` printed of networks and files on a Linux 6.18. */
const linux = readFileSync(new URL("fixtures/linux-sysctl.txt", import.meta.url), "utf8");

test("a Linux as it comes is the Linux profile", () => {
  const { profile, params, problems } = readSysctl(linux);
  expect({ profile, problems }).toEqual({ profile: "linux", problems: [] });
  const base: Readonly<Record<string, number>> = { ...PROFILES.linux.params };
  expect(params).toEqual(Object.fromEntries(Object.keys(params).map((name) => [name, base[name]])));
  expect(Object.keys(params).sort()).toEqual(
    [
      ...["clockGranularityUs", "keepAliveIdleUs", "keepAliveIntervalUs", "keepAliveProbes"],
      ...["maxRtoUs", "minRtoUs", "orphanFinWait2Us", "orphanR2Us", "r2Us", "rfc1337", "sack"],
      ...["synAckR2Us", "synLinear", "synR2Us", "timestamps"],
    ].sort(),
  );
});

test("and its host has these resources", () => {
  expect(readSysctl(linux).host).toEqual({
    ephemeralPorts: [32_768, 60_999],
    timeWaitReuse: "loopback",
    timeWaitReuseDelayUs: SECOND,
    maxTimeWait: 131_072,
    backlog: 4_096,
    synBacklog: 2_048,
    synCookies: "when-full",
    synAckRetries: 5,
    resetOnOverflow: false,
    maxOrphans: 131_072,
    orphanRetries: 8,
    maxFiles: 2_470_938,
    maxFilesPerProcess: 1_048_576,
    conntrack: {
      max: 262_144,
      synSentUs: 120 * SECOND,
      synReceivedUs: 60 * SECOND,
      establishedUs: 432_000 * SECOND,
      finWaitUs: 120 * SECOND,
      closeWaitUs: 60 * SECOND,
      lastAckUs: 30 * SECOND,
      timeWaitUs: 120 * SECOND,
      closeUs: 10 * SECOND,
      unacknowledgedUs: 300 * SECOND,
      maxRetransmissionsUs: 300 * SECOND,
    },
  });
});

test("every setting is either understood or counted", () => {
  const { understood, ignored } = readSysctl(linux);
  const names = [...LINUX_RULES.map(([name]) => name), "kernel.osrelease"];
  expect([...understood].sort()).toEqual(names.sort());
  expect(understood.length + ignored).toBe(linux.trim().split("\n").length);
});

test("FreeBSD", () => {
  const text = `kern.ostype: FreeBSD
kern.ipc.soacceptqueue: 1024
kern.maxfiles: 1043382
kern.msgbuf: a value
that goes on
net.inet.ip.portrange.first: 10000
net.inet.ip.portrange.last: 65535
net.inet.tcp.msl: 15000
net.inet.tcp.keepinit: 30000
net.inet.tcp.rexmit_slop: 100
net.inet.tcp.rfc1323: 3
net.inet.tcp.syncookies: 1
net.inet.tcp.syncookies_only: 0
net.inet.tcp.syncache.rexmtlimit: 3
`;
  expect(readSysctl(text)).toEqual({
    profile: "freebsd",
    params: {
      mslUs: 15 * SECOND,
      synR2Us: 30 * SECOND,
      rtoSlopUs: 100_000,
      timestamps: 1,
      windowScale: -1,
    },
    host: {
      ephemeralPorts: [10_000, 65_535],
      backlog: 1024,
      maxFiles: 1_043_382,
      synCookies: "when-full",
      synAckRetries: 3,
    },
    understood: [
      ...["kern.ostype", "kern.ipc.soacceptqueue", "kern.maxfiles"],
      ...["net.inet.ip.portrange.first", "net.inet.ip.portrange.last", "net.inet.tcp.msl"],
      ...["net.inet.tcp.keepinit", "net.inet.tcp.rexmit_slop", "net.inet.tcp.rfc1323"],
      ...["net.inet.tcp.syncookies", "net.inet.tcp.syncookies_only"],
      "net.inet.tcp.syncache.rexmtlimit",
    ],
    ignored: 1,
    problems: [],
  });
});

test("macOS", () => {
  const text =
    "kern.ostype: Darwin\nkern.ipc.somaxconn: 128\nnet.inet.tcp.sack: 0\nnet.inet.tcp.keepidle: 7200000\n";
  expect(readSysctl(text)).toMatchObject({
    profile: "macos",
    params: { sack: 0, keepAliveIdleUs: 7_200 * SECOND },
    host: { backlog: 128 },
  });
});

test("a sysctl.conf: slashes, comments, a dash for what may fail, and the later value counts", () => {
  const text = `# tuned
; also a comment
net/ipv4/tcp_fin_timeout=15
-net.ipv4.tcp_tw_reuse = 1
net.ipv4.tcp_fin_timeout = 30\r
`;
  expect(readSysctl(text)).toMatchObject({
    profile: "linux",
    params: { orphanFinWait2Us: 30 * SECOND },
    host: { timeWaitReuse: "on" },
    understood: ["net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_tw_reuse"],
    ignored: 0,
  });
});

test.each([
  [6, 4, 131],
  [6, 0, 127],
  [3, 4, 19],
  [8, 0, 367],
])("%d retries of a SYN after %d linear ones end after %d s", (retries, linear, seconds) => {
  expect(synR2Us(retries, linear, SECOND, 120 * SECOND)).toBe(seconds * SECOND);
  const text = `net.ipv4.tcp_syn_retries = ${retries}\nnet.ipv4.tcp_syn_linear_timeouts = ${linear}\n`;
  expect(readSysctl(text).params).toEqual({ synLinear: linear, synR2Us: seconds * SECOND });
});

test.each([
  [15, 924.6],
  [8, 102.2],
  [3, 3],
])("%d retries of data end after %f s", (retries, seconds) => {
  expect(r2Us(retries, 200_000, 120 * SECOND)).toBe(seconds * SECOND);
  expect(readSysctl(`net.ipv4.tcp_retries2 = ${retries}`).params).toEqual({
    r2Us: seconds * SECOND,
  });
});

test("retries of a SYN,ACK and of an orphan are times, too", () => {
  const text = "net.ipv4.tcp_synack_retries = 2\nnet.ipv4.tcp_orphan_retries = 2\n";
  expect(readSysctl(text).params).toEqual({ synAckR2Us: 7 * SECOND, orphanR2Us: 1_400_000 });
});

test("a shorter longest timeout moves both ends", () => {
  const { params } = readSysctl("net.ipv4.tcp_rto_max_ms = 10000\n");
  // 4 linear, then 1, 2, 4, 8, 10, 10, 10; and 0.2 to 6.4, then ten of 10.
  expect(params).toEqual({ maxRtoUs: 10 * SECOND, synR2Us: 49 * SECOND, r2Us: 112_600_000 });
});

test("a time beyond a day becomes a day, which the machine can be told", () => {
  const text =
    "net.ipv4.tcp_rto_max_ms = 3600000\nnet.ipv4.tcp_syn_retries = 127\nnet.ipv4.tcp_retries2 = 255\n";
  expect(readSysctl(text).params).toMatchObject({
    synR2Us: 86_400 * SECOND,
    r2Us: 86_400 * SECOND,
  });
});

test("before Linux 6.5 no SYN is linear", () => {
  const { profile, params } = readSysctl(
    "kernel.osrelease = 5.15.0-91-generic\nnet.ipv4.tcp_syn_retries = 6\n",
  );
  expect({ profile, params }).toEqual({
    profile: "linux-pre-6.5",
    params: { synR2Us: 127 * SECOND },
  });
  expect(readSysctl("kernel.osrelease = 6.4.16\n").profile).toBe("linux-pre-6.5");
  expect(readSysctl("kernel.osrelease = 6.5.0\n").profile).toBe("linux");
});

test("no limit at all is the largest integer that is exact", () => {
  const text =
    "fs.file-max = 9223372036854775807\nnet.netfilter.nf_conntrack_tcp_timeout_close = 9223372036854775807\n";
  expect(readSysctl(text).host).toEqual({
    maxFiles: 2 ** 53 - 1,
    conntrack: { closeUs: 2 ** 53 - 1 },
  });
});

test.each([
  [
    "\n\nnet.ipv4.tcp_fin_timeout = sixty",
    'line 3: net.ipv4.tcp_fin_timeout is "sixty", but it should be an integer from 0 to 3600',
  ],
  [
    "net.ipv4.ip_local_port_range = 60999 32768",
    'line 1: net.ipv4.ip_local_port_range is "60999 32768", but it should be two ports from 1 to 65535, the lower first, such as 32768 60999',
  ],
  [
    "net.ipv4.tcp_tw_reuse = 3",
    'line 1: net.ipv4.tcp_tw_reuse is "3", but it should be one of 0, 1, 2',
  ],
  [
    "net.ipv4.tcp_keepalive_probes: 1",
    'line 1: net.ipv4.tcp_keepalive_probes is "1", but it should be an integer from 2 to 100',
  ],
  [
    "net.core.somaxconn = -1",
    'line 1: net.core.somaxconn is "-1", but it should be an integer that is not negative, such as 1024',
  ],
  [
    "net.inet.ip.portrange.first: 50000\nnet.inet.ip.portrange.last: 40000",
    'line 2: net.inet.ip.portrange.last is "40000", but it should be at least 50000, which portrange.first is',
  ],
])("%j changes nothing and is named", (text, message) => {
  const { params, host, problems } = readSysctl(text);
  expect({ params, host }).toEqual({ params: {}, host: {} });
  expect(problems.map((problem) => problem.message)).toEqual([message]);
});

test("whatever the text, it is read, and what it sets is within bounds", () => {
  const names = [...LINUX_RULES, ...BSD_RULES].map(([name]) => name);
  const value = fc.oneof(
    fc.nat(300).map(String),
    fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String),
    fc.string(),
  );
  const line = fc
    .tuple(fc.oneof(fc.constantFrom(...names), fc.string()), fc.constantFrom(" = ", ": "), value)
    .map((parts) => parts.join(""));
  let set = 0;
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const { params, host } = readSysctl(lines.join("\n"));
      for (const [name, found] of Object.entries(params)) {
        expect(paramProblem(name, found)).toBeUndefined();
        set += 1;
      }
      for (const found of Object.values({ ...host, ...host.conntrack })) {
        if (typeof found === "number") expect(found).toBeLessThanOrEqual(2 ** 53 - 1);
      }
    }),
    { numRuns: 1_000 },
  );
  expect(set).toBeGreaterThan(200);
});
