export type { LoadPhase, LoadView } from "./load-controller.ts";
export { type LoadEndDetail, TcpLoad } from "./tcp-load.ts";
