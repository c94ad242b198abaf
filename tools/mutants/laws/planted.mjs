/**
 * Bugs that are planted for the laws alone: the faults of RFC 2525, "Known TCP
 * Implementation Problems", that no mutant of a requirement has, and the ways in
 * which a TCP goes wrong in its life that each law is there to see. `law` names
 * the one that has to see it by itself.
 *
 * @typedef {import("../mutant.mjs").Mutant & { law?: string }} Planted
 */
const TCP = "packages/core/src/tcp";
const ARRIVES = `${TCP}/arrives`;
const SIMULATOR = "packages/simulator/src";

/** @type {readonly Planted[]} */
export const PLANTED = [
  {
    what: "no initial slow start",
    file: `${TCP}/congestion.ts`,
    find: "tcb.cwnd = segments * smss;",
    replace: "tcb.cwnd = 20 * segments * smss;",
    breaks: ["RFC 2525 §2.1"],
  },
  {
    what: "the congestion window is not initialized",
    file: `${TCP}/congestion.ts`,
    find: "  tcb.cwnd = segments * smss;\n",
    replace: "  tcb.cwnd = 0x3fff_ffff + segments;\n",
    breaks: ["RFC 2525 §2.3"],
  },
  {
    what: "what is sent again holds other octets",
    file: "packages/sockets/src/steps.ts",
    find: "const payload = payloadOf(socket, segment.seq, segment.length);",
    replace:
      "const again = seqDiff(segment.seq, socket.tcb.sndUna) === 0 && socket.tcb.retransmits > 0;\n      const payload = payloadOf(socket, segment.seq, segment.length).map((octet) => (again ? octet ^ 1 : octet));",
    breaks: ["RFC 2525 §2.4"],
  },
  {
    what: "congestion avoidance adds a constant",
    file: `${TCP}/congestion.ts`,
    find: "Math.floor((tcb.sndMss * tcb.sndMss) / tcb.cwnd));",
    replace: "Math.floor((tcb.sndMss * tcb.sndMss) / tcb.cwnd) + Math.floor(tcb.sndMss / 8));",
    breaks: ["RFC 2525 §2.6"],
  },
  {
    what: "the initial timeout is a fifth of a second",
    file: `${TCP}/params.ts`,
    find: "  initialRtoUs: 1 * SECOND,",
    replace: "  initialRtoUs: SECOND / 5,",
    breaks: ["RFC 2525 §2.7"],
  },
  {
    what: "after a recovery the window stays inflated",
    file: `${TCP}/congestion.ts`,
    find: "    tcb.cwnd = Math.min(tcb.ssthresh, Math.max(flight, tcb.sndMss) + tcb.sndMss);\n",
    replace: "    tcb.cwnd += 0 * flight;\n",
    breaks: ["RFC 2525 §2.8"],
  },
  {
    what: "keep-alive gives up after one probe",
    file: `${TCP}/timeouts.ts`,
    find: "if (tcb.keepAliveProbes >= params.keepAliveProbes) {",
    replace: "if (tcb.keepAliveProbes >= params.keepAliveProbes - 2) {",
    breaks: ["RFC 2525 §2.9"],
  },
  {
    what: "keep-alive probes come ten times as often",
    file: `${TCP}/timeouts.ts`,
    find: "tcb.keepAliveAtUs = nowUs + params.keepAliveIntervalUs;",
    replace: "tcb.keepAliveAtUs = nowUs + Math.ceil(params.keepAliveIntervalUs / 10);",
    breaks: ["RFC 2525 §2.11"],
  },
  {
    what: "a window that is shut has no timer",
    file: `${TCP}/transmit.ts`,
    find: "if (waiting && tcb.sndUna === tcb.sndNxt) startRetransmission(tcb, nowUs);",
    replace:
      "if (waiting && tcb.sndWnd > 0 && tcb.sndUna === tcb.sndNxt) startRetransmission(tcb, nowUs);",
    breaks: ["RFC 2525 §2.12"],
  },
  {
    what: "a timeout sends two segments",
    file: `${TCP}/transmit.ts`,
    find: "  if (seqLt(tcb.rexmitNxt, end)) tcb.rexmitNxt = end;",
    replace:
      "  const more = seqLt(end, tcb.sndNxt) ? sendAgain(tcb, end, nowUs, params, out) : end;\n  if (seqLt(tcb.rexmitNxt, more)) tcb.rexmitNxt = more;",
    breaks: ["RFC 2525 §2.14"],
  },
  {
    what: "a FIN waits until all text is acknowledged",
    file: `${TCP}/transmit.ts`,
    find: "length === unsent && usable > length;",
    replace: "length === unsent && usable > length && tcb.sndUna === tcb.sndNxt;",
    breaks: ["RFC 2525 §2.15"],
  },
  {
    what: "numbers are compared as if they did not come round",
    file: `${TCP}/seq.ts`,
    find: "  return ((a - b) | 0) < 0;",
    replace: "  return a < b;",
    breaks: ["§3.4"],
    law: "shiftedNumbersChangeNothing",
  },
  {
    what: "numbers that do not come round",
    file: `${TCP}/seq.ts`,
    find: "  return ((a - b) | 0) <= 0;",
    replace: "  return a <= b;",
    breaks: ["§3.4"],
  },
  {
    what: "a FIN is not counted by its receiver",
    file: `${ARRIVES}/fin.ts`,
    find: "  tcb.rcvNxt = seqAdd(tcb.rcvNxt, 1);\n",
    replace: "",
    breaks: ["§3.4"],
    law: "everyFinAcknowledged",
  },
  {
    what: "a FIN is not counted by its sender",
    file: `${TCP}/transmit.ts`,
    find: "tcb.sndNxt = seqAdd(tcb.sndNxt, length + (fin ? 1 : 0));",
    replace: "tcb.sndNxt = seqAdd(tcb.sndNxt, length);",
    breaks: ["§3.4"],
  },
  {
    what: "a SYN takes two numbers",
    file: `${ARRIVES}/peer-syn.ts`,
    find: "  tcb.rcvNxt = seqAdd(segment.seq, 1);\n",
    replace: "  tcb.rcvNxt = seqAdd(segment.seq, 2);\n",
    breaks: ["§3.4"],
    law: "synAndFinTakeOneNumber",
  },
  {
    what: "the peer's FIN is not acknowledged in FIN-WAIT-2",
    file: `${ARRIVES}/fin.ts`,
    find: "      advance(tcb, State.TIME_WAIT, out);\n      startTimeWait(tcb, nowUs, params);\n      return AckNeed.NOW;",
    replace:
      "      advance(tcb, State.TIME_WAIT, out);\n      startTimeWait(tcb, nowUs, params);\n      return AckNeed.NONE;",
    breaks: ["§3.10.7.4"],
  },
  {
    what: "the peer's FIN is never acknowledged in FIN-WAIT-2",
    file: `${ARRIVES}/fin.ts`,
    find: "      startTimeWait(tcb, nowUs, params);\n      return AckNeed.NOW;\n    case State.TIME_WAIT:",
    replace:
      "      startTimeWait(tcb, nowUs, params);\n      return AckNeed.NONE;\n    case State.TIME_WAIT:",
    breaks: ["§3.10.7.4"],
    law: "everyFinIsAnswered",
  },
  {
    what: "a FIN that comes again does not begin 2MSL again",
    file: `${ARRIVES}/other-states.ts`,
    find: "if (oldFin && params.oldFinRestartsTimeWait === 1) startTimeWait(tcb, nowUs, params);",
    replace: "if (oldFin && params.mslUs === 0) startTimeWait(tcb, nowUs, params);",
    breaks: ["§3.10.7.4"],
  },
  {
    what: "TIME-WAIT is over at once",
    file: `${TCP}/timers.ts`,
    find: "tcb.timeWaitAtUs = nowUs + 2 * params.mslUs;",
    replace: "tcb.timeWaitAtUs = nowUs + 1;",
    breaks: ["§3.6.1"],
    law: "timeWaitAcknowledgesFin",
  },
  {
    what: "a half-closed side receives nothing",
    file: `${ARRIVES}/text.ts`,
    find: "state === State.ESTABLISHED || state === State.FIN_WAIT_1 || state === State.FIN_WAIT_2;",
    replace: "state === State.ESTABLISHED;",
    breaks: ["§3.6"],
    law: "halfClosedStillReceives",
  },
  {
    what: "a FIN sent again is one number further",
    file: `${TCP}/transmit.ts`,
    find: "  return fin ? seqAdd(end, 1) : end;",
    replace:
      "  if (fin) emitText(tcb, seqAdd(end, 1), 0, true, false, nowUs, params, out);\n  return fin ? seqAdd(end, 1) : end;",
    breaks: ["§3.4"],
    law: "noDataAfterFin",
  },
  {
    what: "a RST is believed wherever it lies",
    file: `${ARRIVES}/other-states.ts`,
    find: "    return isInWindow(tcb, segment.seq) || isAtShutWindow(tcb, segment);",
    replace: "    return true || isAtShutWindow(tcb, segment);",
    breaks: ["§3.5.3"],
    law: "onlyTheWindowIsTaken",
  },
  {
    what: "a RST from anywhere ends the connection",
    file: `${ARRIVES}/other-states.ts`,
    find: "  if (params.rfc5961 === 1 && segment.seq !== tcb.rcvNxt) {\n    emitChallengeAck",
    replace: "  if (params.rfc5961 > 1 && segment.seq !== tcb.rcvNxt) {\n    emitChallengeAck",
    breaks: ["RFC 5961"],
  },
  {
    what: "a RST from outside the window ends the connection",
    file: `${ARRIVES}/acceptability.ts`,
    find: "  const offset = seqDiff(seq, tcb.rcvNxt);\n  return offset >= 0 && offset < tcb.rcvWnd;",
    replace: "  const offset = seqDiff(seq, tcb.rcvNxt);\n  return offset < tcb.rcvWnd;",
    breaks: ["§3.5.3"],
    law: "resetOutsideChangesNothing",
  },
  {
    what: "a reset answers a reset",
    file: `${TCP}/emit.ts`,
    find: "  if ((segment.flags & Flag.RST) !== 0) return;\n",
    replace: "",
    breaks: ["§3.10.7.1"],
  },
  {
    what: "any SYN,ACK answers our SYN",
    file: `${ARRIVES}/syn-sent.ts`,
    find: "if (hasAck && (seqLe(segment.ack, tcb.iss) || seqLt(tcb.sndNxt, segment.ack))) {",
    replace: "if (hasAck && segment.ack === tcb.iss) {",
    breaks: ["§3.5"],
  },
  {
    what: "what was never sent may be acknowledged",
    file: `${ARRIVES}/ack.ts`,
    find: "  if (seqLt(tcb.sndNxt, ack)) return false;\n",
    replace: "  if (seqLt((tcb.sndNxt + 1) >>> 0, ack)) return false;\n",
    breaks: ["§3.10.7.4"],
  },
  {
    what: "text that comes again is taken again",
    file: `${ARRIVES}/text.ts`,
    find: "  const old = Math.max(0, seqDiff(tcb.rcvNxt, start));",
    replace: "  const old = 0;",
    breaks: ["§3.10.7.4"],
  },
  {
    what: "text is acknowledged that is not there",
    file: `${ARRIVES}/text.ts`,
    find: "    if (hold(tcb, from, seqAdd(from, length))) keep(out, from, length);\n    return AckNeed.NOW;",
    replace:
      "    keep(out, from, length);\n    tcb.rcvNxt = seqAdd(from, length);\n    return AckNeed.NOW;",
    breaks: ["§3.4"],
    law: "acknowledgesWhatArrived",
  },
  {
    what: "the timer of what is left is not set again",
    file: `${ARRIVES}/ack.ts`,
    find: "  else restartRetransmission(tcb, nowUs);\n",
    replace: "",
    breaks: ["RFC 6298 §5.3"],
  },
  {
    what: "what is sent has no timer",
    file: `${TCP}/timers.ts`,
    find: "  tcb.retransmitAtUs = nowUs + tcb.rtoUs;\n  tcb.userTimeoutAtUs",
    replace: "  tcb.userTimeoutAtUs",
    breaks: ["RFC 6298 §5.1"],
  },
  {
    what: "a timeout sends nothing",
    file: `${TCP}/timeouts.ts`,
    find: "  if (outstanding) retransmitFront(tcb, nowUs, params, out);",
    replace: "  if (outstanding && opening) retransmitFront(tcb, nowUs, params, out);",
    breaks: ["RFC 6298 §5.4"],
    law: "outstandingIsTimed",
  },
  {
    what: "what was sent again waits for three minutes",
    file: `${TCP}/timeouts.ts`,
    find: "tcb.retransmitAtUs = nowUs + tcb.rtoUs + params.rtoSlopUs;",
    replace: "tcb.retransmitAtUs = nowUs + 180_000_000 + params.rtoSlopUs;",
    breaks: ["RFC 6298 §5.5"],
    law: "unansweredIsSentAgain",
  },
  {
    what: "after CLOSE no FIN goes out",
    file: `${TCP}/transmit.ts`,
    find: "  const fin = tcb.finQueued === 1 && tcb.finSent === 0 && length === unsent && usable > length;",
    replace: "  const fin = tcb.finQueued === 2 && length === unsent && usable > length;",
    breaks: ["§3.10.4"],
    law: "everyWaitIsPermitted",
  },
  {
    what: "CLOSE is forgotten",
    file: `${TCP}/user-calls.ts`,
    find: "    case State.ESTABLISHED:\n      tcb.finQueued = 1;\n      enter(tcb, State.FIN_WAIT_1, Cause.CLOSE, out);\n      break;",
    replace: '    case State.ESTABLISHED:\n      return "ok";',
    breaks: ["§3.10.4"],
    law: "everyCloseSendsFin",
  },
  {
    what: "what was acknowledged never reaches the user",
    file: `${ARRIVES}/text.ts`,
    find: "  out.takenLength += taken;\n",
    replace: "  out.takenLength += taken - (taken > 1 ? 1 : 0);\n",
    breaks: ["§3.10.7.4"],
    law: "acknowledgedIsDelivered",
  },
  {
    what: "the window's right edge goes back",
    file: `${TCP}/window.ts`,
    find: "  return Math.min(WINDOW_FIELD_MAX, tcb.rcvWnd >>> tcb.rcvScale);",
    replace:
      "  return Math.min(WINDOW_FIELD_MAX, (tcb.rcvWnd >>> tcb.rcvScale) >> (tcb.rcvUnacked > 0 ? 1 : 0));",
    breaks: ["SHLD-14"],
    law: "receiveSpaceNeverGoesBack",
  },
  {
    what: "the peer's window is not looked at",
    file: `${TCP}/transmit.ts`,
    find: "return Math.min(tcb.sndWnd, flightLimit(tcb)) -",
    replace: "return flightLimit(tcb) -",
    breaks: ["§3.8.6"],
    law: "nothingPastTheWindow",
  },
  {
    what: "the ISN's clock stands still",
    file: `${TCP}/isn.ts`,
    find: "const clock = Math.floor(nowUs / TICK_US) >>> 0;",
    replace: "const clock = Math.floor(nowUs / TICK_US) * 0;",
    breaks: ["MUST-8"],
  },
  {
    what: "the link is slower one way",
    file: `${SIMULATOR}/world/fate.ts`,
    find: "if (jitterUs === undefined || jitterUs === 0) return delayUs;",
    replace: "if (jitterUs === undefined || jitterUs === 0) return delayUs + passage.host;",
    breaks: ["docs/architecture.md"],
    law: "swappedEndsMirrorTheRun",
  },
  {
    what: "the second copy of a duplicate is lost without a trace",
    file: `${SIMULATOR}/world/world.ts`,
    find: 'if (to === undefined || copy.verdict === "drop") return;',
    replace: 'if (to === undefined || copy.verdict === "drop" || index > 0) return;',
    breaks: ["docs/architecture.md"],
    law: "copiesAddUp",
  },
  {
    what: "the digest does not count what the link does",
    file: `${SIMULATOR}/digest/digest-observer.ts`,
    find: "      .text(copy.verdict)\n",
    replace: "",
    breaks: ["docs/digest.md"],
  },
  {
    what: "the digest does not know the seed",
    file: `${SIMULATOR}/digest/digest-observer.ts`,
    find: "this.digest.begin(Kind.RUN, seed).text(scenario).end();",
    replace: "this.digest.begin(Kind.RUN, 0 * seed).text(scenario).end();",
    breaks: ["docs/digest.md"],
    law: "sameSeedSameDigest",
  },
];

/**
 * The eighteen problems of RFC 2525, by section, and the mutant that has each.
 *
 * @type {readonly (readonly [section: string, problem: string, mutant: string])[]}
 */
export const RFC_2525 = [
  ["2.1", "No initial slow start", "no initial slow start"],
  [
    "2.2",
    "No slow start after retransmission timeout",
    "a timeout leaves the congestion window as it is",
  ],
  ["2.3", "Uninitialized CWND", "the congestion window is not initialized"],
  ["2.4", "Inconsistent retransmission", "what is sent again holds other octets"],
  ["2.5", "Failure to retain above-sequence data", "text out of order is dropped"],
  [
    "2.6",
    "Extra additive constant in congestion avoidance",
    "congestion avoidance adds a constant",
  ],
  ["2.7", "Initial RTO too low", "the initial timeout is a fifth of a second"],
  [
    "2.8",
    "Failure of window deflation after loss recovery",
    "after a recovery the window stays inflated",
  ],
  ["2.9", "Excessively short keepalive connection timeout", "keep-alive gives up after one probe"],
  ["2.10", "Failure to back off retransmission timeout", "the timeout does not back off"],
  ["2.11", "Insufficient interval between keepalives", "keep-alive probes come ten times as often"],
  ["2.12", "Window probe deadlock", "a window that is shut has no timer"],
  ["2.13", "Stretch ACK violation", "every third full segment is acknowledged at once"],
  ["2.14", "Retransmission sends multiple packets", "a timeout sends two segments"],
  [
    "2.15",
    "Failure to send FIN notification promptly",
    "a FIN waits until all text is acknowledged",
  ],
  [
    "2.16",
    "Failure to send a RST after Half Duplex Close",
    "text after a CLOSE of both ways is lost in silence",
  ],
  [
    "2.17",
    "Failure to RST on close with data pending",
    "what was received and never read is lost in silence",
  ],
  [
    "2.18",
    "Options missing from TCP MSS calculation",
    "options do not count for the size of a segment",
  ],
];
