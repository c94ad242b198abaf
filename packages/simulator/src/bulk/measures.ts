import { Histogram } from "../stats/histogram.ts";

/**
 * What a scenario counts for itself, by name: how often, when first, how long.
 * All of it merges exactly in any order, so it may come from several shards.
 */
export class Measures {
  readonly counts: Map<string, number> = new Map();
  readonly firsts: Map<string, number> = new Map();
  readonly histograms: Map<string, Histogram> = new Map();

  count(name: string, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }

  /** Notes when something happened for the first time. */
  first(name: string, atUs: number): void {
    const before = this.firsts.get(name);
    if (before === undefined || atUs < before) this.firsts.set(name, atUs);
  }

  /** The histogram of this name, to record in. */
  histogram(name: string): Histogram {
    let histogram = this.histograms.get(name);
    if (histogram === undefined) {
      histogram = new Histogram();
      this.histograms.set(name, histogram);
    }
    return histogram;
  }

  merge(other: Measures): void {
    for (const [name, count] of other.counts) this.count(name, count);
    for (const [name, atUs] of other.firsts) this.first(name, atUs);
    for (const [name, histogram] of other.histograms) this.histogram(name).merge(histogram);
  }
}
