import {
  type Change,
  conntrack,
  host,
  hostBy,
  map,
  param,
  paramSwitch,
  paramsBy,
  type Rule,
  raw,
  synAckRetries,
} from "./sysctl-change.ts";
import { integer, portRange, type Value } from "./sysctl-values.ts";

const SECOND = 1_000_000;
const MS = 1000;
const FILTER = "net.netfilter.nf_conntrack";

/** Linux: ip-sysctl.rst and nf_conntrack-sysctl.rst of its documentation say what each means. */
export const LINUX_RULES: readonly Rule[] = [
  ["net.ipv4.ip_local_port_range", ports],
  ["net.ipv4.tcp_fin_timeout", param("orphanFinWait2Us", SECOND)],
  ["net.ipv4.tcp_keepalive_time", param("keepAliveIdleUs", SECOND)],
  ["net.ipv4.tcp_keepalive_intvl", param("keepAliveIntervalUs", SECOND)],
  ["net.ipv4.tcp_keepalive_probes", param("keepAliveProbes")],
  ["net.ipv4.tcp_syn_retries", raw("synRetries", 1, 127)],
  ["net.ipv4.tcp_syn_linear_timeouts", param("synLinear")],
  ["net.ipv4.tcp_retries2", raw("retries2", 0, 255)],
  ["net.ipv4.tcp_rto_min_us", rtoMin],
  ["net.ipv4.tcp_rto_max_ms", param("maxRtoUs", MS)],
  ["net.ipv4.tcp_sack", paramSwitch("sack")],
  ["net.ipv4.tcp_rfc1337", paramSwitch("rfc1337")],
  [
    "net.ipv4.tcp_timestamps",
    paramsBy({ "0": { timestamps: 0 }, "1": { timestamps: 1 }, "2": { timestamps: 1 } }),
  ],
  ["net.ipv4.tcp_window_scaling", paramsBy({ "0": { windowScale: -1 }, "1": {} })],
  [
    "net.ipv4.tcp_tw_reuse",
    hostBy({
      "0": { timeWaitReuse: "off" },
      "1": { timeWaitReuse: "on" },
      "2": { timeWaitReuse: "loopback" },
    }),
  ],
  ["net.ipv4.tcp_tw_reuse_delay", host("timeWaitReuseDelayUs", MS)],
  ["net.ipv4.tcp_max_tw_buckets", host("maxTimeWait")],
  ["net.core.somaxconn", host("backlog")],
  ["net.ipv4.tcp_max_syn_backlog", host("synBacklog")],
  [
    "net.ipv4.tcp_syncookies",
    hostBy({
      "0": { synCookies: "off" },
      "1": { synCookies: "when-full" },
      "2": { synCookies: "always" },
    }),
  ],
  ["net.ipv4.tcp_synack_retries", synAckRetries],
  [
    "net.ipv4.tcp_abort_on_overflow",
    hostBy({ "0": { resetOnOverflow: false }, "1": { resetOnOverflow: true } }),
  ],
  ["net.ipv4.tcp_max_orphans", host("maxOrphans")],
  ["net.ipv4.tcp_orphan_retries", orphanRetries],
  ["fs.file-max", host("maxFiles")],
  // The most that `ulimit -n` can be raised to; what a program has may be less.
  ["fs.nr_open", host("maxFilesPerProcess")],
  ["net.nf_conntrack_max", conntrack("max")],
  [`${FILTER}_max`, conntrack("max")],
  [`${FILTER}_tcp_timeout_syn_sent`, conntrack("synSentUs", SECOND)],
  [`${FILTER}_tcp_timeout_syn_recv`, conntrack("synReceivedUs", SECOND)],
  [`${FILTER}_tcp_timeout_established`, conntrack("establishedUs", SECOND)],
  [`${FILTER}_tcp_timeout_fin_wait`, conntrack("finWaitUs", SECOND)],
  [`${FILTER}_tcp_timeout_close_wait`, conntrack("closeWaitUs", SECOND)],
  [`${FILTER}_tcp_timeout_last_ack`, conntrack("lastAckUs", SECOND)],
  [`${FILTER}_tcp_timeout_time_wait`, conntrack("timeWaitUs", SECOND)],
  [`${FILTER}_tcp_timeout_close`, conntrack("closeUs", SECOND)],
  [`${FILTER}_tcp_timeout_unacknowledged`, conntrack("unacknowledgedUs", SECOND)],
  [`${FILTER}_tcp_timeout_max_retrans`, conntrack("maxRetransmissionsUs", SECOND)],
];

function ports(text: string): Value<Change> {
  return map(portRange(text), (ephemeralPorts) => ({ host: { ephemeralPorts } }));
}

/** Zero stands for eight (tcp_orphan_retries in net/ipv4/tcp_timer.c). */
function orphanRetries(text: string): Value<Change> {
  return map(integer(text, 0, 255), (value) => ({ host: { orphanRetries: value || 8 } }));
}

/** Linux holds RTTVAR over this, too, as the machine does over its clock's granularity. */
function rtoMin(text: string): Value<Change> {
  return map(integer(text, MS, SECOND), (value) => ({
    params: { minRtoUs: value, clockGranularityUs: value },
  }));
}

/**
 * When a SYN is given up: so many timeouts of the first length, then one more
 * doubling than there are retries, none longer than the greatest RTO. 131 s for
 * 6 retries after 4 linear ones, 127 s without these.
 */
export function synR2Us(
  retries: number,
  linear: number,
  initialRtoUs: number,
  maxRtoUs: number,
): number {
  let total = linear * initialRtoUs;
  for (let n = 0; n <= retries; n += 1) total += Math.min(initialRtoUs * 2 ** n, maxRtoUs);
  return total;
}

/** `tcp_retries2` as a time (tcp_model_timeout): 924.6 s for 15. */
export function r2Us(retries: number, minRtoUs: number, maxRtoUs: number): number {
  let total = 0;
  for (let n = 0; n <= retries; n += 1) total += Math.min(minRtoUs * 2 ** n, maxRtoUs);
  return total;
}
