import { RFC9293, type TcpParams } from "./params.ts";
import { OptionLayout } from "./segment.ts";

/** The systems whose TCP the machine can be. */
export const PROFILE_NAMES = [
  "rfc9293",
  "linux",
  "linux-pre-6.5",
  "freebsd",
  "macos",
  "windows",
] as const;

export type ProfileName = (typeof PROFILE_NAMES)[number];

/** Where a value comes from. `unverified` marks general knowledge that no one has looked up. */
export interface Source {
  readonly text: string;
  readonly unverified?: true;
}

/** One system: what its machine does, what its hosts do beside it, and who says so. */
export interface Profile {
  readonly name: ProfileName;
  readonly title: string;
  readonly params: TcpParams;
  /** First and last ephemeral port; RFC 6335's dynamic ports where the system names none. */
  readonly ephemeralPorts: readonly [first: number, last: number];
  /** The largest accept queue (`somaxconn`). */
  readonly backlog: number;
  /** Why each value that differs from RFC 9293's is what it is. */
  readonly sources: Readonly<Record<string, Source>>;
}

const SECOND = 1_000_000;
const MS = 1000;

const KERNEL_DOC = "Linux kernel, Documentation/networking/ip-sysctl.rst";
const FREEBSD_TCP4 = "FreeBSD, tcp(4)";
const known = (text: string): Source => ({ text, unverified: true });

const RFC: Profile = {
  name: "rfc9293",
  title: "RFC 9293",
  params: RFC9293,
  ephemeralPorts: [49152, 65535],
  backlog: 128,
  sources: {
    ephemeralPorts: { text: "RFC 6335 §6" },
    backlog: known("RFC 9293 names no number; 128 was the usual one for long"),
  },
};

const LINUX_PARAMS: TcpParams = {
  ...RFC9293,
  mslUs: 30 * SECOND,
  minRtoUs: 200 * MS,
  maxRtoUs: 120 * SECOND,
  clockGranularityUs: 200 * MS,
  synLinear: 4,
  synR2Us: 131 * SECOND,
  r2Us: 924_600 * MS,
  userTimeoutUs: 0,
  receiveBuffer: 64240,
  windowScale: 7,
  timestamps: 1,
  sack: 1,
  optionLayout: OptionLayout.LINUX,
  initialWindow: 10,
  delayedAckUs: 40 * MS,
  challengeAcks: 1,
  challengeWindowUs: 500 * MS,
  orphanFinWait2Us: 60 * SECOND,
  icmpHardAborts: 0,
  keepAliveProbes: 9,
  listenKeepsText: 0,
};

const LINUX: Profile = {
  name: "linux",
  title: "Linux 6.5 and later",
  params: LINUX_PARAMS,
  ephemeralPorts: [32768, 60999],
  backlog: 4096,
  sources: {
    ephemeralPorts: { text: `${KERNEL_DOC}: ip_local_port_range` },
    backlog: { text: `${KERNEL_DOC}: somaxconn, 4096 since 5.4` },
    mslUs: { text: "include/net/tcp.h: TCP_TIMEWAIT_LEN, 60 s whatever tcp_fin_timeout says" },
    minRtoUs: { text: "include/net/tcp.h: TCP_RTO_MIN" },
    maxRtoUs: { text: "include/net/tcp.h: TCP_RTO_MAX" },
    clockGranularityUs: known("RTTVAR is bounded below by TCP_RTO_MIN (tcp_rtt_estimator)"),
    synLinear: { text: `${KERNEL_DOC}: tcp_syn_linear_timeouts, 4 since 6.5` },
    synR2Us: {
      text: `${KERNEL_DOC}: tcp_syn_retries, 6: the last timeout ends 131 s after the first SYN`,
    },
    r2Us: { text: `${KERNEL_DOC}: tcp_retries2, 15: 924.6 s` },
    userTimeoutUs: { text: "tcp(7): TCP_USER_TIMEOUT, 0 by default" },
    receiveBuffer: known("tcp_rmem's 131072 octets offer a first window of 44 × 1460"),
    windowScale: known("from tcp_rmem's largest value, 6 MiB"),
    timestamps: { text: `${KERNEL_DOC}: tcp_timestamps, 1` },
    sack: { text: `${KERNEL_DOC}: tcp_sack, 1` },
    initialWindow: { text: "RFC 6928; include/net/tcp.h: TCP_INIT_CWND" },
    delayedAckUs: { text: "include/net/tcp.h: TCP_DELACK_MIN, 40 ms" },
    challengeAcks: { text: `${KERNEL_DOC}: tcp_invalid_ratelimit, one in 500 ms` },
    challengeWindowUs: { text: `${KERNEL_DOC}: tcp_invalid_ratelimit, 500 ms` },
    orphanFinWait2Us: { text: `${KERNEL_DOC}: tcp_fin_timeout, 60 s` },
    icmpHardAborts: known("tcp_v4_err: a hard error is soft in synchronized states"),
    keepAliveProbes: { text: `${KERNEL_DOC}: tcp_keepalive_probes, 9, and 75 s between them` },
    listenKeepsText: { text: `${KERNEL_DOC}: tcp_fastopen; without a cookie the text is ignored` },
  },
};

const LINUX_OLD: Profile = {
  ...LINUX,
  name: "linux-pre-6.5",
  title: "Linux before 6.5",
  params: { ...LINUX_PARAMS, synLinear: 0, synR2Us: 127 * SECOND },
  sources: {
    ...LINUX.sources,
    synLinear: { text: "no tcp_syn_linear_timeouts before 6.5" },
    synR2Us: { text: `${KERNEL_DOC}: tcp_syn_retries, 6: 127 s` },
  },
};

const FREEBSD: Profile = {
  name: "freebsd",
  title: "FreeBSD",
  params: {
    ...RFC9293,
    mslUs: 30 * SECOND,
    minRtoUs: 30 * MS,
    rtoSlopUs: 200 * MS,
    maxRtoUs: 64 * SECOND,
    synR2Us: 75 * SECOND,
    userTimeoutUs: 0,
    receiveBuffer: 65536,
    windowScale: 6,
    timestamps: 1,
    sack: 1,
    initialWindow: 10,
    delayedAckUs: 40 * MS,
    rfc1337: 1,
    orphanFinWait2Us: 60 * SECOND,
    keepAliveProbes: 8,
    listenKeepsText: 0,
    synKeepsFin: 0,
    listenDropsSynAck: 1,
    acceptsUnoffered: 1,
    synResetCarriesAck: 1,
    receiveBufferRounds: 1,
  },
  ephemeralPorts: [10000, 65535],
  backlog: 128,
  sources: {
    ephemeralPorts: { text: "FreeBSD, ip(4): net.inet.ip.portrange.first and last" },
    backlog: known("listen(2): kern.ipc.soacceptqueue, 128"),
    mslUs: { text: `${FREEBSD_TCP4}: msl, 30 s` },
    minRtoUs: { text: `${FREEBSD_TCP4}: rexmit_min, 30 ms` },
    rtoSlopUs: { text: `${FREEBSD_TCP4}: rexmit_slop, 200 ms` },
    maxRtoUs: known("netinet/tcp_timer.h: TCPTV_REXMTMAX, 64 s"),
    synR2Us: { text: `${FREEBSD_TCP4}: keepinit, 75 s` },
    userTimeoutUs: known("no user timeout by default"),
    receiveBuffer: { text: `${FREEBSD_TCP4}: recvspace, 65536` },
    windowScale: known("from kern.ipc.maxsockbuf, 2 MiB"),
    timestamps: { text: `${FREEBSD_TCP4}: rfc1323, 1` },
    sack: { text: `${FREEBSD_TCP4}: sack.enable, 1` },
    initialWindow: { text: `${FREEBSD_TCP4}: initcwnd_segments, 10` },
    delayedAckUs: known("delacktime, 40 ms since 13; 100 ms before"),
    rfc1337: known("a RST in TIME-WAIT is always ignored (tcp_twcheck)"),
    orphanFinWait2Us: { text: `${FREEBSD_TCP4}: finwait2_timeout, 60 s` },
    keepAliveProbes: { text: `${FREEBSD_TCP4}: keepcnt, 8, and 75 s between them` },
    listenKeepsText: { text: "freebsd-net/tcp-testsuite, rcv-syn-listen" },
    synKeepsFin: { text: "freebsd-net/tcp-testsuite, rcv-syn-fin-syn-sent" },
    listenDropsSynAck: { text: "freebsd-net/tcp-testsuite, rcv-syn-ack-listen" },
    acceptsUnoffered: { text: "freebsd-net/tcp-testsuite, rcv-rst-established-right-edge" },
    synResetCarriesAck: { text: "freebsd-net/tcp-testsuite, rcv-syn-established, insecure" },
    receiveBufferRounds: { text: "freebsd-net/tcp-testsuite: SO_RCVBUF once ESTABLISHED" },
  },
};

const MACOS: Profile = {
  name: "macos",
  title: "macOS",
  params: {
    ...FREEBSD.params,
    mslUs: 15 * SECOND,
    synLinear: 4,
    rtoSlopUs: 0,
    rfc1337: 0,
  },
  ephemeralPorts: [49152, 65535],
  backlog: 128,
  sources: {
    ...FREEBSD.sources,
    ephemeralPorts: { text: "macOS, sysctl net.inet.ip.portrange.first and last" },
    mslUs: { text: "macOS, sysctl net.inet.tcp.msl, 15 s" },
    synLinear: known("backoff 1, 1, 1, 1, 1, 2, 4 …, given up after 75 s"),
    rtoSlopUs: known("not visible in its SYN schedule"),
    rfc1337: known("no word of it in its documentation"),
  },
};

const WINDOWS: Profile = {
  name: "windows",
  title: "Windows",
  params: {
    ...RFC9293,
    mslUs: 60 * SECOND,
    synR2Us: 21 * SECOND,
    initialRtoUs: 3 * SECOND,
    minRtoUs: 300 * MS,
    windowScale: 8,
    sack: 1,
    optionLayout: OptionLayout.BSD,
    initialWindow: 10,
    delayedAckUs: 40 * MS,
    orphanFinWait2Us: 240 * SECOND,
    keepAliveIntervalUs: 1 * SECOND,
    keepAliveProbes: 10,
  },
  ephemeralPorts: [49152, 65535],
  backlog: 200,
  sources: {
    ephemeralPorts: { text: "Microsoft: dynamic port range, 16,384 ports from 49152 on" },
    backlog: known("SOMAXCONN's usual effect"),
    mslUs: known("sources conflict: TIME-WAIT of 240 s or of 120 s"),
    synR2Us: known("three SYNs, given up after about 21 s"),
    initialRtoUs: known("3 s: SYNs at 0, 3 and 9 s"),
    minRtoUs: known("300 ms"),
    windowScale: known("8 with window auto-tuning"),
    sack: known("on"),
    initialWindow: known("10 segments"),
    delayedAckUs: known("40 ms; 200 ms before Windows 10"),
    orphanFinWait2Us: known("240 s"),
    keepAliveIntervalUs: known("1 s"),
    keepAliveProbes: known("10, so 7210 s to the end"),
  },
};

/** Every profile, by name. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  rfc9293: RFC,
  linux: LINUX,
  "linux-pre-6.5": LINUX_OLD,
  freebsd: FREEBSD,
  macos: MACOS,
  windows: WINDOWS,
};

/** The profile of this name, if there is one. */
export function findProfile(name: string): Profile | undefined {
  const known = PROFILE_NAMES.find((candidate) => candidate === name);
  return known === undefined ? undefined : PROFILES[known];
}
