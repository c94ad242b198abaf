import type { TcpParams } from "../params.ts";
import type { Segment } from "../segment.ts";
import { seqAdd } from "../seq.ts";
import type { Tcb } from "../tcb.ts";

/** RFC 7323 §2.3: a larger shift count is used as 14. */
const MAX_SHIFT = 14;

/**
 * An MSS below this is not believed: 40 octets of options would leave no room
 * for text, and every octet would cost a segment of its own.
 */
export const LEAST_MSS = 64;

/**
 * What the peer's SYN tells us: where its sequence numbers begin, how much it
 * can take, how large its segments may be, and which options both ends speak.
 * RCV.NXT stays before the text of a SYN, which is held if at all: it is not
 * the user's before the connection is established (§3.5).
 */
export function takePeerSyn(tcb: Tcb, segment: Segment, nowUs: number, params: TcpParams): void {
  tcb.irs = segment.seq;
  tcb.rcvNxt = seqAdd(segment.seq, 1);
  tcb.lastAckSent = tcb.rcvNxt;
  const offered = segment.mss === 0 ? params.defaultMss : Math.max(LEAST_MSS, segment.mss);
  tcb.sndMss = Math.min(offered, params.mss);
  if (segment.windowScale >= 0 && params.windowScale >= 0) {
    tcb.scaleOk = 1;
    tcb.sndScale = Math.min(MAX_SHIFT, segment.windowScale);
    tcb.rcvScale = params.windowScale;
  }
  tcb.sackOk = segment.sackPermitted === 1 ? params.sack : 0;
  if (segment.hasTimestamps === 1 && params.timestamps === 1) {
    tcb.tsOk = 1;
    tcb.tsRecent = segment.tsVal;
    tcb.tsRecentAtUs = nowUs;
  }
  // RFC 7323 §2.2: the window of a SYN is never scaled.
  setWindow(tcb, segment, segment.window);
}

/** SND.WND, SND.WL1 and SND.WL2 from a segment (§3.10.7.4, fifth). */
export function takeWindow(tcb: Tcb, segment: Segment): void {
  setWindow(tcb, segment, segment.window * (1 << tcb.sndScale));
}

function setWindow(tcb: Tcb, segment: Segment, window: number): void {
  tcb.sndWnd = window;
  tcb.sndWl1 = segment.seq;
  tcb.sndWl2 = segment.ack;
  if (tcb.sndWnd > tcb.sndMaxWnd) tcb.sndMaxWnd = tcb.sndWnd;
}

/** Units of the user timeout option, RFC 5482 §3.2: the first bit chooses minutes. */
const UNIT_US = [1_000_000, 60_000_000] as const;

/** RFC 5482 §3.1 L_LIMIT: never below 100 s. */
const USER_TIMEOUT_LEAST_US = 100_000_000;

/**
 * USER_TIMEOUT = min(U_LIMIT, max(ADV_UTO, REMOTE_UTO, L_LIMIT)), where the
 * peer has announced its own and we take part (RFC 5482 §3.1). Zero is reserved.
 */
export function takeUserTimeout(tcb: Tcb, segment: Segment, params: TcpParams): void {
  if (params.advertisedUserTimeout === 0) return;
  const remoteUs =
    (segment.userTimeout & 0x7fff) * UNIT_US[segment.userTimeout >>> 15 === 0 ? 0 : 1];
  if (remoteUs === 0) return;
  const advertisedUs = params.advertisedUserTimeout * UNIT_US[0];
  // L_LIMIT MUST be larger than the RTO.
  const least = Math.max(advertisedUs, remoteUs, USER_TIMEOUT_LEAST_US, tcb.rtoUs + 1);
  tcb.userTimeoutUs = Math.min(params.userTimeoutLimitUs, least);
}
