export type { Application } from "./application.ts";
export { CONNTRACK_TIMEOUTS_US, Conntrack, Track } from "./boxes/conntrack.ts";
export { IdleTimer } from "./boxes/idle-timer.ts";
export { LongWay, type LongWaySpec } from "./boxes/long-way.ts";
export { SilentHost } from "./boxes/silent-host.ts";
export { SnatPool, type SnatPoolSpec } from "./boxes/snat-pool.ts";
export type { BulkListener, BulkListenOptions } from "./bulk-listener.ts";
export { type BindOptions, Cell } from "./cell.ts";
export { Census, type CensusRow, mergeCensus, mostOf, STATE_COUNT } from "./census.ts";
export { checkSettings, type SettingsResult } from "./check-settings.ts";
export { addressOf, type End } from "./connections.ts";
export type { CounterName, Counters } from "./counters.ts";
export {
  type BulkFrame,
  FRAME,
  type FrameField,
  FrameWriter,
  frameCensus,
  frameField,
  frameRows,
} from "./frame.ts";
export { BulkHost, type HostSpec } from "./host.ts";
export { BULK_SCENARIOS, findBulkScenario } from "./library/index.ts";
export { Measures } from "./measures.ts";
export type { ConnectOptions } from "./opening.ts";
export type { BulkPlan } from "./plan.ts";
export { PORT_HABITS, type PortHabit, portHabit } from "./port-habits.ts";
export { PORT_ORDERS, type PortOrder, PortPool } from "./port-pool.ts";
export {
  type CheckedRequest,
  checkRequest,
  type LoadRequest,
  type RequestResult,
} from "./request.ts";
export { type BulkResult, mergeResults } from "./result.ts";
export { BulkRun, type RunOptions } from "./run.ts";
export * from "./scenario.ts";
export { type Choice, defaultOf, settled } from "./settle.ts";
export type { CellOptions, CellSpec } from "./spec.ts";
export type { Start } from "./start.ts";
export { type BulkSummary, type Finding, type Span, summaryOf } from "./summary.ts";
export { type BulkTransfer, buffersOf, fromTransfer, toTransfer } from "./transfer.ts";
export { ROLL, type RollCall } from "./watch/roll.ts";
export { type SampleOptions, SampleRun } from "./watch/sample-run.ts";
export type { Box, BulkLink } from "./wire.ts";
