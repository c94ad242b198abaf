import {
  host,
  hostBy,
  param,
  paramSwitch,
  paramsBy,
  type Rule,
  raw,
  synAckRetries,
} from "./sysctl-change.ts";

const MS = 1000;

/** FreeBSD and macOS: tcp(4), ip(4) and listen(2) say what each means. Times are milliseconds. */
export const BSD_RULES: readonly Rule[] = [
  ["net.inet.ip.portrange.first", raw("firstPort", 1, 65_535)],
  ["net.inet.ip.portrange.last", raw("lastPort", 1, 65_535)],
  ["net.inet.tcp.msl", param("mslUs", MS)],
  ["net.inet.tcp.finwait2_timeout", param("orphanFinWait2Us", MS)],
  ["net.inet.tcp.keepidle", param("keepAliveIdleUs", MS)],
  ["net.inet.tcp.keepintvl", param("keepAliveIntervalUs", MS)],
  ["net.inet.tcp.keepcnt", param("keepAliveProbes")],
  // How long a handshake may take: the SYN's R2.
  ["net.inet.tcp.keepinit", param("synR2Us", MS)],
  ["net.inet.tcp.rexmit_initial", param("initialRtoUs", MS)],
  ["net.inet.tcp.rexmit_min", param("minRtoUs", MS)],
  ["net.inet.tcp.rexmit_slop", param("rtoSlopUs", MS)],
  ["net.inet.tcp.delacktime", param("delayedAckUs", MS)],
  ["net.inet.tcp.initcwnd_segments", param("initialWindow")],
  ["net.inet.tcp.mssdflt", param("defaultMss")],
  ["net.inet.tcp.sack.enable", paramSwitch("sack")],
  ["net.inet.tcp.sack", paramSwitch("sack")],
  ["net.inet.tcp.drop_synfin", paramSwitch("dropSynFin")],
  [
    "net.inet.tcp.rfc1323",
    paramsBy({
      "0": { timestamps: 0, windowScale: -1 },
      "1": { timestamps: 1 },
      "2": { timestamps: 0 },
      "3": { timestamps: 1, windowScale: -1 },
    }),
  ],
  [
    "net.inet.tcp.syncookies",
    hostBy({ "0": { synCookies: "off" }, "1": { synCookies: "when-full" } }),
  ],
  ["net.inet.tcp.syncookies_only", hostBy({ "0": {}, "1": { synCookies: "always" } })],
  ["net.inet.tcp.syncache.rexmtlimit", synAckRetries],
  ["net.inet.tcp.maxtcptw", host("maxTimeWait")],
  // somaxconn is the older name of soacceptqueue, and macOS's.
  ["kern.ipc.somaxconn", host("backlog")],
  ["kern.ipc.soacceptqueue", host("backlog")],
  ["kern.maxfiles", host("maxFiles")],
  ["kern.maxfilesperproc", host("maxFilesPerProcess")],
];
