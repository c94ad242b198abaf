import type { TcpParams } from "@synfin/core/tcp";

/** When something that no one answers is sent, counted from the first time, and given up. */
export interface Retries {
  /** The first is 0. */
  readonly sentUs: readonly number[];
  readonly givenUpUs: number;
}

/**
 * RFC 6298 §5 and RFC 9293 §3.8.3 on paper: the timeout doubles up to its
 * bound, after `linear` times that keep the first; at the first one to end when
 * `r2Us` are over, no more is sent.
 */
export function retries(
  params: TcpParams,
  firstUs: number,
  r2Us: number,
  options: { readonly linear?: number; readonly deadlineUs?: number } = {},
): Retries {
  const { linear = 0, deadlineUs = Number.POSITIVE_INFINITY } = options;
  const sentUs = [0];
  let timeoutUs = firstUs;
  let atUs = firstUs;
  while (atUs < r2Us && atUs < deadlineUs) {
    sentUs.push(atUs);
    if (sentUs.length - 1 > linear) timeoutUs = Math.min(params.maxRtoUs, 2 * timeoutUs);
    atUs += timeoutUs + params.rtoSlopUs;
  }
  return { sentUs, givenUpUs: Math.min(atUs, deadlineUs) };
}

/** The same of a SYN that no one answers. */
export function synRetries(params: TcpParams): Retries {
  const { initialRtoUs, synR2Us, synR2Exact, synLinear: linear } = params;
  const deadlineUs = synR2Exact === 1 ? synR2Us : Number.POSITIVE_INFINITY;
  return retries(params, initialRtoUs, synR2Us, { linear, deadlineUs });
}

/** The timeout after the handshake's one sample of the round trip (RFC 6298 §2.2). */
export function firstRtoUs(params: TcpParams, roundTripUs: number): number {
  const variance = Math.max(params.clockGranularityUs, 4 * Math.floor(roundTripUs / 2));
  return Math.min(params.maxRtoUs, Math.max(params.minRtoUs, roundTripUs + variance));
}

/** How long data waits for an answer before its sender hears ETIMEDOUT. */
export function dataGivenUpUs(params: TcpParams, rtoUs: number): number {
  const { givenUpUs } = retries(params, rtoUs, params.r2Us);
  return params.userTimeoutUs === 0 ? givenUpUs : Math.min(givenUpUs, params.userTimeoutUs);
}
