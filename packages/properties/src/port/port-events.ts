/** Something that is to happen in a run of two ports. */
export interface PortHappening {
  readonly atUs: number;
  /** Within one microsecond arrivals come before calls. */
  readonly rank: number;
  readonly happen: () => Promise<void>;
}

/** What is to happen, in its order: by time, by rank, and as it was put in. */
export class PortEvents {
  private readonly list: PortHappening[] = [];

  add(happening: PortHappening): void {
    const at = this.list.findIndex(({ atUs, rank }) => {
      return atUs > happening.atUs || (atUs === happening.atUs && rank > happening.rank);
    });
    this.list.splice(at === -1 ? this.list.length : at, 0, happening);
  }

  get nextAtUs(): number {
    return this.list[0]?.atUs ?? Number.POSITIVE_INFINITY;
  }

  take(): PortHappening | undefined {
    return this.list.shift();
  }
}
