export type { Clock } from "./clock.ts";
export type { Connection } from "./connection.ts";
export { ConnectionError } from "./connection-error.ts";
export { ConnectionStream } from "./connection-stream.ts";
export { openTun } from "./open-tun.ts";
export type { PacketDevice } from "./packet-device.ts";
export {
  CLEAR_LINK,
  type DepartingPacket,
  Direction,
  type PacketCopy,
  type PacketLink,
} from "./packet-link.ts";
export { PcapngFile } from "./pcapng-file.ts";
export {
  type HostObserver,
  REAL_TIME_PARAMS,
  RealTimeHost,
  type RealTimeHostOptions,
} from "./real-time-host.ts";
export { TunError, type TunProblem } from "./tun-error.ts";
export type { TunOptions } from "./tun-options.ts";
