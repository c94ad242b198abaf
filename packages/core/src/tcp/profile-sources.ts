import type { ProfileName } from "./profiles.ts";

/** Where a value comes from. `unverified` marks general knowledge that no one has looked up. */
export interface Source {
  readonly text: string;
  readonly unverified?: true;
}

/** The source of each value of a profile that is not RFC 9293's own, by parameter. */
export type Sources = Readonly<Record<string, Source>>;

const KERNEL_DOC = "Linux kernel, Documentation/networking/ip-sysctl.rst";
const FREEBSD_TCP4 = "FreeBSD, tcp(4)";
const known = (text: string): Source => ({ text, unverified: true });

const RFC: Sources = {
  ephemeralPorts: { text: "RFC 6335 §6" },
  backlog: known("RFC 9293 names no number; 128 was the usual one for long"),
};

const LINUX: Sources = {
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
  synAckR2Us: { text: `${KERNEL_DOC}: tcp_synack_retries, 5: the last timeout ends after 63 s` },
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
  orphanR2Us: { text: `${KERNEL_DOC}: tcp_orphan_retries, 8: 102.2 s at an RTO of 200 ms` },
  icmpHardAborts: known("tcp_v4_err: a hard error is soft in synchronized states"),
  keepAliveProbes: { text: `${KERNEL_DOC}: tcp_keepalive_probes, 9, and 75 s between them` },
  listenKeepsText: { text: `${KERNEL_DOC}: tcp_fastopen; without a cookie the text is ignored` },
};

const LINUX_OLD: Sources = {
  ...LINUX,
  synLinear: { text: "no tcp_syn_linear_timeouts before 6.5" },
  synR2Us: { text: `${KERNEL_DOC}: tcp_syn_retries, 6: 127 s` },
};

const FREEBSD: Sources = {
  ephemeralPorts: { text: "FreeBSD, ip(4): net.inet.ip.portrange.first and last" },
  backlog: known("listen(2): kern.ipc.soacceptqueue, 128"),
  mslUs: { text: `${FREEBSD_TCP4}: msl, 30 s` },
  minRtoUs: { text: `${FREEBSD_TCP4}: rexmit_min, 30 ms` },
  rtoSlopUs: { text: `${FREEBSD_TCP4}: rexmit_slop, 200 ms` },
  maxRtoUs: known("netinet/tcp_timer.h: TCPTV_REXMTMAX, 64 s"),
  synR2Us: { text: `${FREEBSD_TCP4}: keepinit, 75 s` },
  synR2Exact: known("netinet/tcp_timer.c: keepinit runs apart from the retransmission timer"),
  synAckR2Us: known("netinet/tcp_syncache.c: SYNCACHE_MAXREXMTS, 3 retransmissions"),
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
};

const MACOS: Sources = {
  ...FREEBSD,
  ephemeralPorts: { text: "macOS, sysctl net.inet.ip.portrange.first and last" },
  mslUs: { text: "macOS, sysctl net.inet.tcp.msl, 15 s" },
  synLinear: known("backoff 1, 1, 1, 1, 1, 2, 4 …, given up after 75 s"),
  rtoSlopUs: known("not visible in its SYN schedule"),
  rfc1337: known("no word of it in its documentation"),
};

const WINDOWS: Sources = {
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
};

/**
 * Who says so, value by value. A file of its own, so that a page that runs a
 * profile does not carry its bibliography.
 */
export const PROFILE_SOURCES: Readonly<Record<ProfileName, Sources>> = {
  rfc9293: RFC,
  linux: LINUX,
  "linux-pre-6.5": LINUX_OLD,
  freebsd: FREEBSD,
  macos: MACOS,
  windows: WINDOWS,
};
