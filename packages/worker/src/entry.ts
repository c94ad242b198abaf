import type { Endpoint } from "comlink";
import { engine } from "./engine.ts";
import { serve } from "./serve.ts";
import { createService } from "./service.ts";
import { thisThread, WORKER_SLICE_MS } from "./thread.ts";

// The worker: bundled into one classic script by `build.mjs`.
serve(createService(engine, thisThread(WORKER_SLICE_MS)), globalThis as unknown as Endpoint);
