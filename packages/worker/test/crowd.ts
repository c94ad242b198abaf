import {
  DEFAULT_LOAD,
  FRAME,
  FRAME_HEAD,
  type LoadFrame,
  type LoadRun,
  type LoadSpec,
} from "@synfin/simulator/load";

/** A crowd that only counts its events: what the boundary does shows without any TCP. */
export function countingRun(spec: LoadSpec = DEFAULT_LOAD): LoadRun {
  let events = 0;
  return {
    advance(maxEvents) {
      events = Math.min(spec.connections, events + maxEvents);
      return events === spec.connections;
    },
    frame: () => countFrame(events),
    result: () => ({
      spec,
      digest: "0123456789abcdef",
      events,
      endedAtUs: events,
      opened: events,
      established: events,
      closed: events,
      failed: 0,
      clientPeaks: [],
      census: [],
    }),
  };
}

function countFrame(events: number): LoadFrame {
  const frame = new Float64Array(FRAME_HEAD);
  frame[FRAME.events] = events;
  return frame;
}
