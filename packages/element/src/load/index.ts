export type { LoadEndDetail, LoadOpenDetail, TcpLoadEventMap } from "./events.ts";
export type { LoadPhase, LoadView } from "./load-controller.ts";
export type { LoadFormat } from "./load-format.ts";
export { TcpLoad } from "./tcp-load.ts";
