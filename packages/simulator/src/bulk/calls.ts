import {
  abort,
  close,
  closeBoth,
  type Outbox,
  send,
  setKeepAlive,
  type Tcb,
  type TcpParams,
} from "@synfin/core/tcp";

/** The user calls of §3.10 that a cell's applications make. */
export const Call = { SHUTDOWN: 0, CLOSE: 1, ABORT: 2, SEND: 3, KEEP_ALIVE: 4 } as const;
export type Call = (typeof Call)[keyof typeof Call];

/** How a trace names them. */
export const CALL_NAMES = ["shutdown", "close", "abort", "send", "keep-alive"] as const;

/** Makes the call. */
export function act(
  tcb: Tcb,
  call: Call,
  argument: number,
  nowUs: number,
  params: TcpParams,
  out: Outbox,
): void {
  switch (call) {
    case Call.SHUTDOWN:
      close(tcb, nowUs, params, out);
      return;
    case Call.CLOSE:
      // What was received and not read is lost, and a reset says so (SHLD-3).
      if (tcb.rcvFree < tcb.rcvBuf) abort(tcb, nowUs, params, out);
      else closeBoth(tcb, nowUs, params, out);
      return;
    case Call.ABORT:
      abort(tcb, nowUs, params, out);
      return;
    case Call.SEND:
      send(tcb, argument, nowUs, params, out);
      return;
    case Call.KEEP_ALIVE:
      setKeepAlive(tcb, argument === 1, nowUs, params);
  }
}
