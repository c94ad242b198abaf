import type { TcpParams } from "@synfin/core/tcp";

/** When a SYN that no one answers is sent, counted from the first time, until R2 (RFC 6298 §5). */
export function synTimesUs(params: TcpParams): readonly number[] {
  const times = [0];
  let waitUs = params.initialRtoUs;
  let atUs = waitUs;
  while (atUs < params.synR2Us) {
    times.push(atUs);
    if (times.length - 1 > params.synLinear) waitUs = Math.min(2 * waitUs, params.maxRtoUs);
    atUs += waitUs + params.rtoSlopUs;
  }
  return times;
}
