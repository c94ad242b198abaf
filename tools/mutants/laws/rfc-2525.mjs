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
