export { DIGEST_VERSION, Digest } from "./digest/digest.ts";
export { DigestObserver } from "./digest/digest-observer.ts";
export { FaultAim, kindOf, type Target } from "./fault/aim.ts";
export * from "./fault/fault.ts";
export { type FaultResult, formatFault, parseFault } from "./fault/parse-fault.ts";
export { draw, drawKey, hits, Purpose } from "./random/draw.ts";
export { findScenario, scenarios } from "./scenario/library/index.ts";
export { parseScenario, type ScenarioResult } from "./scenario/parse-scenario.ts";
export * from "./scenario/scenario.ts";
export { patternBytes, SCENARIO_FLOW } from "./scenario/script.ts";
export { parseTrace, type TraceResult } from "./trace/parse-trace.ts";
export * from "./trace/trace.ts";
export {
  DEFAULT_SEED,
  MAX_TRANSMISSIONS,
  type TraceOptions,
  traceScenario,
} from "./trace/trace-scenario.ts";
export { compareEvents, type ScheduledEvent } from "./world/event-queue.ts";
export { Host, type HostSpec } from "./world/host.ts";
export { Link } from "./world/link.ts";
export type {
  Copy,
  Moment,
  Observer,
  TimerAction,
  TimerName,
  Transmission,
} from "./world/observer.ts";
export { World, type WorldOptions } from "./world/world.ts";
