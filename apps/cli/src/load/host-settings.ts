/**
 * What a host's system has room for and how it uses it: what a simulation of a
 * crowd has to know besides the machine's own parameters. Times are integers in
 * microseconds. A setting that was not given is left out.
 */
export interface HostSettings {
  /** First and last ephemeral port. */
  readonly ephemeralPorts?: readonly [first: number, last: number];
  /** Ports in TIME-WAIT that an outgoing connection may take again: none, loopback's, all. */
  readonly timeWaitReuse?: "off" | "loopback" | "on";
  /** How long a port has to be in TIME-WAIT before that. */
  readonly timeWaitReuseDelayUs?: number;
  /** More connections than this in TIME-WAIT are dropped at once. */
  readonly maxTimeWait?: number;
  /** The largest accept queue. */
  readonly backlog?: number;
  /** Connections in SYN-RECEIVED for one listener. */
  readonly synBacklog?: number;
  /** SYN cookies: never, when the queue is full, for every SYN. */
  readonly synCookies?: "off" | "when-full" | "always";
  /** Retransmissions of a SYN,ACK. */
  readonly synAckRetries?: number;
  /** A full accept queue answers with RST instead of silence. */
  readonly resetOnOverflow?: boolean;
  /** Connections that no program holds any more. */
  readonly maxOrphans?: number;
  /** Retransmissions of what an orphan still has to say. */
  readonly orphanRetries?: number;
  /** Open files of the whole system. */
  readonly maxFiles?: number;
  /** Open files of one process. */
  readonly maxFilesPerProcess?: number;
  readonly conntrack?: ConntrackSettings;
}

/** The table of a stateful filter or NAT: its size, and how long each state is kept. */
export interface ConntrackSettings {
  readonly max?: number;
  readonly synSentUs?: number;
  readonly synReceivedUs?: number;
  readonly establishedUs?: number;
  readonly finWaitUs?: number;
  readonly closeWaitUs?: number;
  readonly lastAckUs?: number;
  readonly timeWaitUs?: number;
  readonly closeUs?: number;
  readonly unacknowledgedUs?: number;
  readonly maxRetransmissionsUs?: number;
}
