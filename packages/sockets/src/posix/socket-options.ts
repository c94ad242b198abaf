import { PARAM_BOUNDS, setKeepAlive, type TcpParams } from "@synfin/core/tcp";
import { done, failed, type Outcome } from "../errno.ts";
import type { Description, Linger, SocketOptions } from "./description.ts";

/** The options that are a number, or 0 and 1; with `SO_LINGER` all that there are. */
export const NUMBER_OPTIONS = [
  "SO_ACCEPTCONN",
  "SO_KEEPALIVE",
  "SO_RCVBUF",
  "SO_RCVTIMEO",
  "SO_REUSEADDR",
  "SO_SNDBUF",
  "SO_SNDTIMEO",
  "SO_TYPE",
  "TCP_MAXSEG",
  "TCP_NODELAY",
  "TCP_USER_TIMEOUT",
] as const;

/** See `NUMBER_OPTIONS`. The two timeouts are microseconds, TCP_USER_TIMEOUT is milliseconds. */
export type NumberOption = (typeof NUMBER_OPTIONS)[number];

const SOCK_STREAM = 1;

/** The value of an option; what only the machine knows it says itself. */
export function readOption(
  description: Description,
  name: NumberOption,
  params: TcpParams,
): Outcome<number> {
  const { options, socket } = description;
  switch (name) {
    case "SO_ACCEPTCONN":
      return done(Number(description.kind === "listening"));
    case "SO_KEEPALIVE":
      return done(Number(options.keepAlive));
    case "SO_RCVBUF":
      return done(receiveBuffer(description, params));
    case "SO_RCVTIMEO":
      return done(options.receiveTimeoutUs);
    case "SO_REUSEADDR":
      return done(Number(options.reuseAddress));
    case "SO_SNDBUF":
      return done(options.sendBuffer);
    case "SO_SNDTIMEO":
      return done(options.sendTimeoutUs);
    case "SO_TYPE":
      return done(SOCK_STREAM);
    case "TCP_MAXSEG":
      return done(socket?.connected ? socket.tcb.sndMss : options.maxSegment || params.mss);
    case "TCP_NODELAY":
      return done(Number(options.noDelay));
    case "TCP_USER_TIMEOUT":
      return done(options.userTimeoutMs);
  }
}

/** The receive buffer of the connection, or of the one that is yet to be made. */
function receiveBuffer({ socket, options }: Description, params: TcpParams): number {
  const live = socket !== undefined && socket.tcb.rcvBuf > 0 ? socket.tcb.rcvBuf : undefined;
  return live ?? options.receiveBuffer ?? params.receiveBuffer;
}

/** Sets an option. EINVAL for a value that it cannot have, and for those that can only be read. */
export function writeOption(
  description: Description,
  name: NumberOption,
  value: number,
  nowUs: number,
): Outcome<void> {
  if (!Number.isInteger(value) || value < 0) return failed("EINVAL");
  const { options } = description;
  switch (name) {
    case "SO_ACCEPTCONN":
    case "SO_TYPE":
      return failed("EINVAL");
    case "SO_KEEPALIVE":
      options.keepAlive = value !== 0;
      break;
    case "SO_RCVBUF":
      return writeReceiveBuffer(description, value);
    case "SO_RCVTIMEO":
      options.receiveTimeoutUs = value;
      break;
    case "SO_REUSEADDR":
      options.reuseAddress = value !== 0;
      break;
    case "SO_SNDBUF":
      if (value === 0) return failed("EINVAL");
      options.sendBuffer = value;
      break;
    case "SO_SNDTIMEO":
      options.sendTimeoutUs = value;
      break;
    case "TCP_MAXSEG":
      if (outside("mss", value)) return failed("EINVAL");
      options.maxSegment = value;
      break;
    case "TCP_NODELAY":
      options.noDelay = value !== 0;
      break;
    case "TCP_USER_TIMEOUT":
      options.userTimeoutMs = value;
      break;
  }
  takeEffect(description, nowUs);
  return done(undefined);
}

/** The room of a connection that has begun is fixed: its peer has been told of it. */
function writeReceiveBuffer(description: Description, value: number): Outcome<void> {
  if (value === 0 || description.socket !== undefined) return failed("EINVAL");
  description.options.receiveBuffer = value;
  return done(undefined);
}

function outside(param: keyof TcpParams, value: number): boolean {
  const { min, max } = PARAM_BOUNDS[param];
  return value < min || value > max;
}

/** An option that is set during a connection holds from then on. */
function takeEffect(description: Description, nowUs: number): void {
  const { socket, options } = description;
  if (socket === undefined) return;
  socket.params = paramsWith(socket.params, options);
  socket.tcb.userTimeoutUs = socket.params.userTimeoutUs;
  socket.tcb.noDelay = 1 - socket.params.nagle;
  takeKeepAlive(description, nowUs);
}

/** SO_KEEPALIVE begins, or ends, to hold for the connection (MUST-24). */
export function takeKeepAlive({ socket, options }: Description, nowUs: number): void {
  if (socket === undefined || options.keepAlive === (socket.tcb.keepAlive === 1)) return;
  setKeepAlive(socket.tcb, options.keepAlive, nowUs, socket.params);
}

/** The host's parameters as this socket's options change them. */
export function paramsWith(params: TcpParams, options: SocketOptions): TcpParams {
  const { receiveBuffer, userTimeoutMs, maxSegment } = options;
  return {
    ...params,
    ...(receiveBuffer === undefined
      ? {}
      : { receiveBuffer: clamp("receiveBuffer", receiveBuffer) }),
    ...(userTimeoutMs === 0 ? {} : { userTimeoutUs: clamp("userTimeoutUs", 1000 * userTimeoutMs) }),
    ...(options.noDelay ? { nagle: 0 } : {}),
    ...(maxSegment === 0 ? {} : { mss: Math.min(params.mss, maxSegment) }),
  };
}

function clamp(param: keyof TcpParams, value: number): number {
  const { min, max } = PARAM_BOUNDS[param];
  return Math.min(max, Math.max(min, value));
}

/** `SO_LINGER` is a pair. */
export function writeLinger(description: Description, linger: Linger): Outcome<void> {
  if (!Number.isInteger(linger.seconds) || linger.seconds < 0) return failed("EINVAL");
  description.options.linger = linger;
  return done(undefined);
}
