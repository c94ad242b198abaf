export type {
  TcpChangeDetail,
  TcpConnectionEventMap,
  TcpErrorDetail,
  TcpStepDetail,
} from "./connection/events.ts";
export type { ExportFormat } from "./connection/export-format.ts";
export type { ConnectionState } from "./connection/state.ts";
export { TcpConnection } from "./connection/tcp-connection.ts";
export type { Tool } from "./connection/tool.ts";
export {
  type LoadEndDetail,
  type LoadFormat,
  type LoadOpenDetail,
  type LoadPhase,
  type LoadView,
  TcpLoad,
  type TcpLoadEventMap,
} from "./load/index.ts";
export { LANGUAGES, type Language } from "./locale/language.ts";
export type { TcpConnectionAttributes, TcpLoadAttributes } from "./typing/attributes.ts";
