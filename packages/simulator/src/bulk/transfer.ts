import { Digest } from "../digest/digest.ts";
import { Histogram } from "../stats/histogram.ts";
import { Census, STATE_COUNT } from "./census.ts";
import type { Counters } from "./counters.ts";
import { Measures } from "./measures.ts";
import type { BulkResult } from "./result.ts";

/** A result as plain data that can go to another thread, without any class of ours. */
export interface BulkTransfer
  extends Omit<BulkResult, "digest" | "census" | "measures" | "failures" | "causes"> {
  /** 16 hexadecimal digits. */
  readonly digest: string;
  readonly failures: readonly Named<number>[];
  readonly causes: readonly Named<number>[];
  readonly counters: readonly Counters[];
  readonly censusIntervalUs: number;
  /** Each row in turn: its time, how many are alive, and its counts. */
  readonly censusRows: Float64Array<ArrayBuffer>;
  readonly counts: readonly Named<number>[];
  readonly firsts: readonly Named<number>[];
  /** See `Histogram.toTransfer`. */
  readonly histograms: readonly Named<Float64Array<ArrayBuffer>>[];
}

type Named<T> = readonly [name: string, value: T];

/** A result in the form in which it travels. */
export function toTransfer(result: BulkResult): BulkTransfer {
  const { census, measures, ...plain } = result;
  return {
    ...plain,
    digest: result.digest.toString(),
    failures: [...result.failures],
    causes: [...result.causes],
    censusIntervalUs: census.intervalUs,
    censusRows: Float64Array.from(
      census.rows.flatMap(({ atUs, alive, states }) => [atUs, alive, ...states]),
    ),
    counts: [...measures.counts],
    firsts: [...measures.firsts],
    histograms: [...measures.histograms].map(([name, one]) => [name, one.toTransfer()]),
  };
}

/** What of it changes hands instead of being copied. */
export function buffersOf({ censusRows, histograms }: BulkTransfer): ArrayBuffer[] {
  return [censusRows.buffer, ...histograms.map(([, row]) => row.buffer)];
}

/** Takes back what `toTransfer` gave. */
export function fromTransfer(transfer: BulkTransfer): BulkResult {
  const { censusIntervalUs, censusRows, counts, firsts, histograms, ...plain } = transfer;
  const width = 2 + plain.hosts.length * STATE_COUNT;
  return {
    ...plain,
    digest: Digest.fromString(transfer.digest),
    failures: new Map(transfer.failures),
    causes: new Map(transfer.causes),
    census: censusOf(censusIntervalUs, censusRows, width),
    measures: measuresOf(counts, firsts, histograms),
  };
}

function censusOf(intervalUs: number, numbers: Float64Array, width: number): Census {
  const census = new Census(intervalUs);
  for (let at = 0; at < numbers.length; at += width) {
    const [atUs = 0, alive = 0, ...states] = numbers.subarray(at, at + width);
    census.rows.push({ atUs, alive, states });
  }
  return census;
}

function measuresOf(
  counts: BulkTransfer["counts"],
  firsts: BulkTransfer["firsts"],
  histograms: BulkTransfer["histograms"],
): Measures {
  const measures = new Measures();
  for (const [name, count] of counts) measures.counts.set(name, count);
  for (const [name, atUs] of firsts) measures.firsts.set(name, atUs);
  for (const [name, row] of histograms) {
    measures.histograms.set(name, Histogram.fromTransfer(row));
  }
  return measures;
}
