import {
  type BulkFrame,
  type BulkSummary,
  type BulkTransfer,
  FRAME,
  type LoadRequest,
} from "@synfin/simulator/bulk";
import type { LoadRun } from "../src/load-run.ts";

export const STEADY: LoadRequest = { scenario: "steady", choice: {}, seed: 7 };

/** The steady scenario with some values of its own. */
export function steady(values: Readonly<Record<string, number>>): LoadRequest {
  return { ...STEADY, choice: { values } };
}

/** A crowd that only counts its events: what the boundary does shows without any TCP. */
export function countingRun({ choice }: LoadRequest = steady({ connections: 4000 })): LoadRun {
  const total = choice.values?.["connections"] ?? 0;
  let events = 0;
  return {
    advance(maxEvents) {
      events = Math.min(total, events + maxEvents);
      return events === total;
    },
    frame: () => countFrame(events),
    result: () => ({ summary: SUMMARY, whole: WHOLE }),
  };
}

const TOTALS = {
  ...{ scenario: "steady", seed: 7, digest: "0123456789abcdef", hosts: [] },
  connections: { opened: 0, established: 0, closed: 0, failed: 0, peakAlive: 0 },
  ...{ segments: 0, dropped: 0, events: 0, virtualUs: 0, peakBytes: 0, counters: [] },
};
const SUMMARY: BulkSummary = {
  ...TOTALS,
  ...{ failures: {}, census: [], counts: {}, firsts: {}, spans: {}, findings: [] },
};
const WHOLE: BulkTransfer = {
  ...TOTALS,
  ...{ replication: 0, bytesPerConnection: 0, partial: false },
  ...{ failures: [], causes: [], counts: [], firsts: [], histograms: [] },
  ...{ censusIntervalUs: 1, censusRows: new Float64Array() },
};

function countFrame(events: number): BulkFrame {
  const frame = new Float64Array(Object.keys(FRAME).length);
  frame[FRAME.events] = events;
  return frame;
}
