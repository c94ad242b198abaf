import { buffersOf } from "@synfin/simulator/bulk";
import { type Endpoint, expose, transfer } from "comlink";
import type { FrameReply, ReadyMessage, SimulationService } from "./protocol.ts";
import { WORKER_VERSION } from "./version.ts";

/**
 * Answers for a service at an endpoint, and says so: the other side believes
 * in it only once this message has arrived.
 */
export function serve(service: SimulationService, endpoint: Endpoint): void {
  expose({ ...service, nextFrame: withTransfer(service) }, endpoint);
  const ready: ReadyMessage = { synfin: "ready", version: WORKER_VERSION };
  endpoint.postMessage(ready);
}

/** Frames change hands instead of being copied. */
function withTransfer(service: SimulationService): SimulationService["nextFrame"] {
  return async (run) => {
    const reply: FrameReply = await service.nextFrame(run);
    return "frame" in reply ? transfer(reply, buffersIn(reply)) : reply;
  };
}

function buffersIn(reply: Extract<FrameReply, { readonly frame: unknown }>): ArrayBuffer[] {
  const whole = reply.kind === "done" ? buffersOf(reply.result.whole) : [];
  return [reply.frame.buffer, ...whole];
}
