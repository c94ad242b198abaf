import type { Far } from "./backends.ts";
import { engine } from "./engine.ts";
import { serve } from "./serve.ts";
import { createService } from "./service.ts";
import { PAGE_SLICE_MS, thisThread } from "./thread.ts";

/** The same service behind the same messages, on the calling thread. */
export function serveHere(): Far {
  const { port1, port2 } = new MessageChannel();
  const thread = thisThread(PAGE_SLICE_MS);
  const service = createService(engine, thread);
  serve(service, port2);
  return {
    endpoint: port1,
    onFailure: () => {},
    close() {
      service.stop();
      port1.close();
      port2.close();
      thread.close();
    },
  };
}
