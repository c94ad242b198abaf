/** Ways to break how connections begin and end: §3.5, §3.6, §3.7.1. */
const TCP = "packages/core/src/tcp";
const STACK = "packages/sockets/src/stack.ts";

/** @type {readonly import("./mutant.mjs").Mutant[]} */
export const OPENING_MUTANTS = [
  {
    what: "a SYN that crosses ours is dropped",
    file: `${TCP}/arrives/syn-sent.ts`,
    find: "if ((segment.flags & Flag.SYN) === 0) return;",
    replace: "if ((segment.flags & Flag.SYN) === 0 || !hasAck) return;",
    breaks: ["MUST-10"],
  },
  {
    what: "a passive OPEN is not remembered",
    file: `${TCP}/arrives/listen.ts`,
    find: "tcb.passive = 1;",
    replace: "tcb.passive = 0;",
    breaks: ["MUST-11"],
  },
  {
    what: "a reset looks to the user like a FIN",
    file: `${TCP}/arrives/other-states.ts`,
    find: "signal(out, Signal.RESET);",
    replace: "signal(out, Signal.PEER_CLOSED);",
    breaks: ["MUST-12"],
  },
  {
    what: "TIME-WAIT lasts one MSL",
    file: `${TCP}/timers.ts`,
    find: "nowUs + 2 * params.mslUs",
    replace: "nowUs + params.mslUs",
    breaks: ["MUST-13"],
  },
  {
    what: "our SYN has no MSS option",
    file: `${TCP}/emit.ts`,
    find: "segment.mss = params.mss;",
    replace: "segment.mss = first ? 0 : params.mss;",
    breaks: ["MUST-14", "SHLD-5"],
  },
  {
    what: "our SYN,ACK has no MSS option",
    file: `${TCP}/emit.ts`,
    find: "segment.mss = params.mss;",
    replace: "segment.mss = first ? params.mss : 0;",
    breaks: ["MUST-14", "SHLD-5"],
  },
  {
    what: "the peer's MSS option is not looked at",
    file: `${TCP}/arrives/peer-syn.ts`,
    find: "segment.mss === 0 ? params.defaultMss : Math.max(LEAST_MSS, segment.mss)",
    replace: "params.defaultMss",
    breaks: ["MUST-16"],
  },
  {
    what: "every segment has the MSS option",
    file: `${TCP}/emit.ts`,
    find: "segment.window = windowField(tcb);",
    replace: "segment.window = windowField(tcb);\n  segment.mss = params.mss;",
    breaks: ["MUST-65"],
  },
  {
    what: "without an MSS option the peer takes what we take",
    file: `${TCP}/arrives/peer-syn.ts`,
    find: "segment.mss === 0 ? params.defaultMss :",
    replace: "segment.mss === 0 ? params.mss :",
    breaks: ["MUST-15"],
  },
  {
    what: "options do not count for the size of a segment",
    file: `${TCP}/transmit.ts`,
    find: "tcb.tsOk === 1 ? tcb.sndMss - TIMESTAMPS_SIZE : tcb.sndMss;",
    replace: "tcb.sndMss;",
    breaks: ["MUST-16"],
  },
  {
    what: "SACK blocks do not count for the size of a segment",
    file: `${TCP}/transmit.ts`,
    find: "return tcb.heldCount === 0 ? stamped : stamped - sackSize(tcb);",
    replace: "return stamped;",
    breaks: ["MUST-16"],
  },
  {
    what: "a segment is as large as the peer can take, however little we can send",
    file: `${TCP}/arrives/peer-syn.ts`,
    find: "tcb.sndMss = Math.min(offered, params.mss);",
    replace: "tcb.sndMss = offered;",
    breaks: ["MUST-16"],
  },
  {
    what: "an MSS may leave no room for the headers",
    file: `${TCP}/params.ts`,
    find: "  mss: { min: 64, max: 65495 },",
    replace: "  mss: { min: 64, max: 65535 },",
    breaks: ["MUST-67"],
  },
  {
    what: "a RST with text is taken for one that has moved on",
    file: `${TCP}/arrives/other-states.ts`,
    find: "if (params.rfc5961 === 1 && segment.seq !== tcb.rcvNxt) {",
    replace:
      "if (segment.length > 0) return;\n  if (params.rfc5961 === 1 && segment.seq !== tcb.rcvNxt) {",
    breaks: ["SHLD-2"],
  },
  {
    what: "text after a CLOSE of both ways is lost in silence",
    file: `${TCP}/arrives/other-states.ts`,
    find: "if (seqDiff(end, tcb.rcvNxt) <= 0) return false;\n  emitResetFor(segment, out);",
    replace: "if (seqDiff(end, tcb.rcvNxt) <= 0) return false;",
    breaks: ["SHLD-3"],
  },
  {
    what: "what was received and never read is lost in silence",
    file: STACK,
    find: "if (socket.receiveBuffer.length > 0) return this.abort(socket, nowUs);",
    replace: "",
    breaks: ["SHLD-3"],
  },
  {
    what: "timestamps do not shorten TIME-WAIT",
    file: `${TCP}/arrives/time-wait.ts`,
    find: "if (seqLt(tcb.tsRecent, segment.tsVal)) return true;",
    replace: "",
    breaks: ["SHLD-4"],
  },
  {
    what: "a second passive OPEN takes the listener's place",
    file: STACK,
    find: 'if (this.listening.has(port)) return failed("EADDRINUSE");',
    replace: "",
    breaks: ["MUST-41"],
  },
  {
    what: "a port from which a connection is opening cannot be listened on",
    file: STACK,
    find: 'if (this.listening.has(port)) return failed("EADDRINUSE");',
    replace:
      'if (this.listening.has(port)) return failed("EADDRINUSE");\n    if (this.sockets().some((one) => one.localPort === port && one.tcb.state < 4)) return failed("EADDRINUSE");',
    breaks: ["MUST-42"],
  },
  {
    what: "a segment has the address of the one that it was sent to as its source",
    file: STACK,
    find: "const datagram = { src: this.address, dst,",
    replace: "const datagram = { src: segment.length > 0 ? dst : this.address, dst,",
    breaks: ["MUST-45"],
  },
];
