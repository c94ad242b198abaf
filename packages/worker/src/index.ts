export type { Backend, FailedWay } from "./backends.ts";
export { type OpenOptions, openSimulation } from "./open.ts";
export type {
  FrameReply,
  LoadOutcome,
  Reply,
  RunId,
  SampleProgress,
  SampleReply,
  SampleRequest,
  SimulationService,
} from "./protocol.ts";
export type { Running, Thread } from "./run-loop.ts";
export { createService, type Engine, type Service } from "./service.ts";
export type { LoadSession, Simulation } from "./simulation.ts";
export { WORKER_VERSION } from "./version.ts";
