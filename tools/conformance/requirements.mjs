/**
 * One numbered requirement of RFC 9293, in our words. `out` says why it is no
 * business of ours; `open` says what is still to be built before a test can
 * show it.
 *
 * @typedef {{ id: string, section: string, asks: string, out?: string, open?: string }} Requirement
 */

const IP = "belongs to the layer below: the host hands finished segments to IP";
const DIFFSERV = "Diffserv is IP's: no field of a TCP segment shows it";
const ROUTES = "source routes are an IP option, which no one routes any more";
const ROOM = "synfin has no path MTU: the MSS is a parameter of the host";

/** @type {readonly Requirement[]} */
export const REQUIREMENTS = [
  must(1, "3.1", "The window field is an unsigned number."),
  must(2, "3.1", "Every segment that is sent has a right checksum."),
  must(3, "3.1", "Every segment that arrives has its checksum verified."),
  must(4, "3.1", "EOL, NOP and MSS are understood."),
  must(5, "3.1", "Options may come on any segment."),
  must(6, "3.1", "An unknown option is skipped by its length."),
  must(7, "3.1", "An option of illegal length does no harm."),
  must(8, "3.4.1", "The ISN has a part that follows a clock of 4 µs."),
  must(9, "3.4.1", "The other part of the ISN cannot be computed from outside."),
  must(10, "3.5", "Simultaneous open works."),
  must(11, "3.5", "SYN-RECEIVED remembers whether it was reached by a passive or an active OPEN."),
  must(12, "3.6", "The application learns whether the peer closed or aborted."),
  must(13, "3.6.1", "The end that closes first stays in TIME-WAIT for 2MSL."),
  must(14, "3.7.1", "The MSS option is sent and understood."),
  must(15, "3.7.1", "Without an MSS option the peer's MSS is 536, or 1220 over IPv6."),
  must(16, "3.7.1", "A segment with its options is no larger than the peer's MSS and ours allow."),
  must(17, "3.7.4", "An application can turn Nagle's algorithm off."),
  must(18, "3.8.1", "The retransmission timeout follows RFC 6298, Karn's rule included."),
  must(19, "3.8.2", "Slow start, congestion avoidance, exponential backoff (RFC 5681, RFC 6582)."),
  must(20, "3.8.3", "Two thresholds: at R1 advice is given, at R2 the connection is closed."),
  must(21, "3.8.3", "An application can set R2 for a connection."),
  must(22, "3.8.3", "A SYN that no one answers is given up in the same way."),
  must(23, "3.8.3", "R2 of a SYN is at least three minutes."),
  must(24, "3.8.4", "Keep-alive can be turned on and off for a connection."),
  must(25, "3.8.4", "Keep-alive is off unless asked for."),
  must(26, "3.8.4", "A probe goes out only when nothing is outstanding and nothing has come."),
  must(27, "3.8.4", "The keep-alive interval can be set."),
  must(28, "3.8.4", "By default it is at least two hours."),
  must(29, "3.8.4", "One unanswered probe does not end the connection."),
  must(30, "3.8.5", "The urgent mechanism works."),
  must(31, "3.8.5", "Urgent text may be of any length."),
  must(32, "3.8.5", "The application hears at once of urgent text, and of more of it."),
  must(33, "3.8.5", "The application can learn how much urgent text is left to read."),
  must(34, "3.8.6", "A sender survives a window that shrinks below what is out."),
  must(35, "3.8.6", "A window that shrinks to nothing is probed."),
  must(36, "3.8.6.1", "A shut window is probed."),
  must(37, "3.8.6.1", "While probes are acknowledged the connection stays."),
  must(38, "3.8.6.2.1", "A sender avoids silly windows."),
  must(39, "3.8.6.2.2", "A receiver avoids silly windows."),
  must(40, "3.8.6.3", "An acknowledgment waits less than half a second."),
  must(41, "3.9.1.1", "A passive OPEN touches no connection that is there."),
  must(42, "3.9.1.1", "A port can be listened on while a connection from it is opening."),
  must(43, "3.9.1.1", "OPEN takes a local address."),
  must(44, "3.9.1.1", "An active OPEN of a host with several addresses asks IP for one."),
  must(45, "3.9.1.1", "Later segments keep the local address first used."),
  must(46, "3.9.1.1", "OPEN to a broadcast or multicast address is refused."),
  must(47, "3.9.1.8", "Soft errors can be reported to the application."),
  must(48, "3.9.1.9", "An application can set the Diffserv field.", { out: DIFFSERV }),
  must(49, "3.9.2", "The TTL can be set.", { out: IP }),
  must(50, "3.9.2", "Unknown IP options are ignored.", { out: IP }),
  must(51, "3.9.2.1", "An application can give a source route.", { out: ROUTES }),
  must(52, "3.9.2.1", "It takes the place of one that was received.", { out: ROUTES }),
  must(53, "3.9.2.1", "A passive OPEN keeps the route back.", { out: ROUTES }),
  must(54, "3.9.2.2", "An ICMP error reaches the connection that caused it."),
  must(55, "3.9.2.2", "Source quench is dropped in silence."),
  must(56, "3.9.2.2", "A soft ICMP error never aborts."),
  must(57, "3.9.2.3", "A SYN to a broadcast or multicast address is dropped in silence."),
  must(58, "3.10.7.4", "Acknowledgments are gathered where possible."),
  must(59, "3.10.7.4", "All that is queued is processed before an ACK is sent."),
  must(60, "3.9.1.2", "Without a PUSH call, nothing is buffered for ever."),
  must(61, "3.9.1.2", "Without a PUSH call, the last segment that is queued has PSH."),
  must(62, "3.8.5", "The urgent pointer points past the urgent text."),
  must(63, "3.9.2.3", "A SYN from an address that cannot be a source is ignored."),
  must(64, "3.2", "Options may begin at any octet."),
  must(65, "3.2", "The MSS option is on a SYN only."),
  must(66, "3.4", "RST and URG count even where the window is shut."),
  must(67, "3.7.1", "The MSS that is sent leaves room for the headers."),
  must(68, "3.1", "Every option but EOL and NOP has a length."),
  must(69, "3.1", "What follows EOL is zeros."),

  shld(1, "3.4.1", "ISN = M + F(4-tuple, secret) (RFC 6528)."),
  shld(2, "3.5.3", "A RST may carry text."),
  shld(3, "3.6.1", "Closed both ways, a RST says that text was lost."),
  shld(4, "3.6.1", "Timestamps shorten TIME-WAIT (RFC 6191)."),
  shld(5, "3.7.1", "Every SYN has the MSS option, unless the MSS is the default."),
  shld(6, "3.7.3", "With several MTUs the smallest one counts.", { out: ROOM }),
  shld(7, "3.7.4", "Nagle's algorithm."),
  shld(8, "3.8.2", "ECN.", {
    out: "congestion is seen by loss alone; the bits are kept on the wire",
  }),
  shld(9, "3.8.3", "Between R1 and R2 the application hears of it."),
  shld(10, "3.8.3", "R1 is at least three retransmissions."),
  shld(11, "3.8.3", "R2 is at least 100 s."),
  shld(12, "3.8.4", "A keep-alive probe carries nothing."),
  shld(13, "3.8.5", "Applications should not use urgent text.", {
    out: "is advice to applications",
  }),
  shld(14, "3.8.6", "The right edge of the window that we offer never moves left."),
  shld(15, "3.8.6", "After the peer's window shrank, nothing new is sent."),
  shld(16, "3.8.6", "What lies in it still is sent again."),
  shld(17, "3.8.6", "What lies beyond it does not end the connection."),
  shld(18, "3.8.6.3", "Acknowledgments are delayed."),
  shld(19, "3.8.6.3", "Every second full segment is acknowledged at once."),
  shld(20, "3.9.1.8", "An application can turn off reports of errors.", {
    out: "an observer that wants none passes none",
  }),
  shld(21, "3.9.1.9", "Diffserv may change during a connection.", { out: DIFFSERV }),
  shld(22, "3.9.1.9", "Diffserv is passed to IP unchanged.", { out: DIFFSERV }),
  shld(23, "3.9.2", "Applications do not change Diffserv needlessly.", { out: DIFFSERV }),
  shld(24, "3.9.2.1", "A later source route takes the place of an earlier one.", { out: ROUTES }),
  shld(25, "3.9.2.2", "The application can see soft ICMP errors."),
  shld(26, "3.9.2.2", "A hard ICMP error aborts."),
  shld(27, "3.9.1.2", "Successive PSH bits become one."),
  shld(28, "3.9.1.2", "Text is sent in segments of full size where possible."),
  shld(29, "3.8.6.1", "The first probe of a shut window goes out after one RTO."),
  shld(30, "3.8.6.1", "The time between probes grows exponentially."),
  shld(31, "3.10.7.4", "Text out of order is held."),

  may(1, "3.6.1", "CLOSE may close both directions."),
  may(2, "3.6.1", "TIME-WAIT may take a new SYN."),
  may(3, "3.7.1", "The MSS option may be sent always."),
  may(4, "3.8.1", "A retransmission may keep its IP identification.", { out: IP }),
  may(5, "3.8.4", "Keep-alive."),
  may(6, "3.8.4", "A keep-alive probe may carry an octet of garbage."),
  may(7, "3.8.6", "Text beyond a window that shrank may be sent again."),
  may(8, "3.8.6.1", "A receiver may keep its window shut for ever."),
  may(9, "3.9.1.9", "Diffserv may be passed up.", { out: DIFFSERV }),
  may(10, "3.9.2", "The IP timestamp option.", { out: IP }),
  may(11, "3.9.2", "The IP record route option.", { out: IP }),
  may(12, "3.10.7.4", "An ACK that is too old to be true is discarded (RFC 5961 §5)."),
  may(13, "3.10.7.4", "A segment out of order is acknowledged at once."),
  may(14, "3.9.1.7", "A FLUSH call.", { out: "no call of POSIX asks for it; ABORT flushes" }),
  may(15, "3.9.1.2", "SEND may have a PUSH flag.", {
    out: "every SEND is pushed (MUST-60, MUST-61)",
  }),
  may(16, "3.9.1.2", "Text that is not pushed may be gathered."),
  may(17, "3.9.1.3", "PSH may be passed up.", { out: "no call of POSIX has a place for it" }),
  may(18, "3.8.2", "Another congestion control.", { out: "NewReno is the one there is" }),

  { id: "REC-1", section: "3.1", asks: "Windows are kept and computed in 32 bits." },
];

/**
 * A part of an RFC beside 9293, known by how test titles write it: `RFC 5961 §3`.
 *
 * @typedef {{ rfc: string, asks: string }} Companion
 */

/** @type {readonly Companion[]} */
export const COMPANIONS = [
  { rfc: "RFC 1337", asks: "F1: TIME-WAIT ignores a RST." },
  { rfc: "RFC 2018 §2", asks: "SACK-permitted on both SYNs." },
  { rfc: "RFC 2018 §3", asks: "SACK blocks: how many, and when." },
  { rfc: "RFC 2018 §4", asks: "SACK blocks: which, and in which order." },
  { rfc: "RFC 5482 §3", asks: "The user timeout option, and what it does to the user timeout." },
  { rfc: "RFC 5482 §4.2", asks: "Keep-alive waits longer than the user timeout." },
  { rfc: "RFC 5681 §2", asks: "What a duplicate ACK is." },
  { rfc: "RFC 5681 §3.1", asks: "Initial window, slow start, congestion avoidance, timeouts." },
  { rfc: "RFC 5681 §3.2", asks: "Fast retransmit and fast recovery." },
  { rfc: "RFC 5927 §4", asks: "ICMP errors count only for what is outstanding." },
  { rfc: "RFC 5961 §3", asks: "A RST in the window is challenged." },
  { rfc: "RFC 5961 §4", asks: "A SYN is challenged." },
  { rfc: "RFC 5961 §5", asks: "An ACK out of range is challenged." },
  { rfc: "RFC 5961 §7", asks: "Challenges are throttled." },
  { rfc: "RFC 6191 §2", asks: "Seven cases of a SYN in TIME-WAIT." },
  { rfc: "RFC 6298 §2", asks: "How the retransmission timeout is computed." },
  { rfc: "RFC 6298 §5", asks: "How its timer is run." },
  { rfc: "RFC 6528", asks: "Initial sequence numbers." },
  { rfc: "RFC 6582 §3.2", asks: "Partial acknowledgments." },
  { rfc: "RFC 7323 §2", asks: "Window scale." },
  { rfc: "RFC 7323 §3", asks: "Timestamps: the option." },
  { rfc: "RFC 7323 §4", asks: "Timestamps: round trips, and what is echoed." },
  { rfc: "RFC 7323 §5", asks: "PAWS, and its end after 24 days." },
];

/**
 * @param {number} number
 * @param {string} section
 * @param {string} asks
 * @param {{ out?: string, open?: string }} [standing]
 * @returns {Requirement}
 */
function must(number, section, asks, standing) {
  return { id: `MUST-${number}`, section, asks, ...standing };
}

/** @type {typeof must} */
function shld(number, section, asks, standing) {
  return { id: `SHLD-${number}`, section, asks, ...standing };
}

/** @type {typeof must} */
function may(number, section, asks, standing) {
  return { id: `MAY-${number}`, section, asks, ...standing };
}
