import {
  type Outbox,
  type Segment,
  segmentArrives,
  type Tcb,
  type TcpParams,
} from "@synfin/core/tcp";

const SECOND_US = 1_000_000;

/**
 * The challenge ACKs of a host (RFC 5961 §7), counted for all its connections
 * together and anew in each second of its clock, as Linux did up to 4.6
 * (`tcp_challenge_ack_limit`, 100). What one connection draws, another lacks:
 * that is CVE-2016-5696.
 *
 * The machine counts in the TCB. The host's count is lent to it for each step.
 */
export class ChallengeLimit {
  #second = -1;
  #sent = 0;

  /** Parameters whose own limit is the host's. */
  static paramsFor(params: TcpParams, perSecond: number): TcpParams {
    return { ...params, challengeAcks: perSecond, challengeWindowUs: SECOND_US };
  }

  /** `segmentArrives`, with the host's count in the place of the connection's. */
  arrives(tcb: Tcb, segment: Segment, nowUs: number, params: TcpParams, out: Outbox): void {
    const second = Math.floor(nowUs / SECOND_US);
    if (second !== this.#second) this.#sent = 0;
    this.#second = second;
    tcb.challenges = this.#sent;
    tcb.challengeSinceUs = second * SECOND_US;
    segmentArrives(tcb, segment, nowUs, params, out);
    this.#sent = tcb.challenges;
    tcb.challenges = 0;
    tcb.challengeSinceUs = 0;
  }
}
