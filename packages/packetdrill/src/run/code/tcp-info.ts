import { STATE_NAMES, State, type Tcb } from "@synfin/core/tcp";

/** What the system would tell in `struct tcp_info`, as far as the machine has it. */
const FIELDS: Readonly<Record<string, (tcb: Tcb) => number>> = {
  tcpi_state: (tcb) => tcb.state,
  tcpi_backoff: (tcb) => tcb.retransmits,
  tcpi_retransmits: (tcb) => tcb.retransmits,
  // Zero-window probes that have not been answered.
  tcpi_probes: (tcb) => (tcb.sndWnd === 0 ? tcb.retransmits : 0),
  tcpi_rto: (tcb) => tcb.rtoUs,
  tcpi_rtt: (tcb) => tcb.srttUs,
  tcpi_rttvar: (tcb) => tcb.rttvarUs,
  tcpi_snd_mss: (tcb) => tcb.sndMss,
  tcpi_snd_wnd: (tcb) => tcb.sndWnd,
  tcpi_rcv_space: (tcb) => tcb.rcvWnd,
};

/** The names that there are, for an error to list. */
export const TCP_INFO_FIELDS: readonly string[] = Object.keys(FIELDS);

/** FreeBSD's names and Linux's for the states. */
const STATES: ReadonlyMap<string, State> = new Map(
  STATE_NAMES.flatMap((name, state) => {
    const plain = name.replaceAll("-", "_");
    return [
      `TCPI_${plain}`,
      `TCPS_${plain}`,
      `TCP_${plain}`,
      `TCP_${plain.replace("_WAIT_", "_WAIT")}`,
    ].map((each) => [each, state as State] as const);
  }),
);

const LINUX_NAMES: ReadonlyMap<string, State> = new Map([
  ["TCP_SYN_RECV", State.SYN_RECEIVED],
  ["TCP_CLOSE", State.CLOSED],
]);

/** The value of a name in a script's code; undefined where it has none here. */
export function tcpInfo(name: string, tcb: Tcb): number | undefined {
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  return field?.(tcb) ?? STATES.get(name) ?? LINUX_NAMES.get(name);
}
