export type { LoadPhase, LoadView } from "./load-controller.ts";
export { type LoadEndDetail, TcpLoad, type TcpLoadEventMap } from "./tcp-load.ts";
