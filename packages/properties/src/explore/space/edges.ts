const CHUNK = 1 << 20;
/** No more are kept: a quarter of a gigabyte. */
const MOST_EDGES = 1 << 26;

/**
 * Which state leads to which, to find out whether every run comes to rest. States
 * are left in the order of their numbers, so the targets in a row and how many
 * each state has say it all.
 */
export class Edges {
  readonly #chunks: Int32Array[] = [];
  #targets = 0;
  #degrees = new Uint8Array(CHUNK);
  #sources = 0;

  /** Whether there were so many that some are missing. */
  get isIncomplete(): boolean {
    return this.#targets >= MOST_EDGES;
  }

  /** The next state is left; what `add` adds from now on is where it leads to. */
  leave(): void {
    if (this.#sources === this.#degrees.length) {
      const longer = new Uint8Array(this.#degrees.length * 2);
      longer.set(this.#degrees);
      this.#degrees = longer;
    }
    this.#sources += 1;
  }

  add(target: number): void {
    if (this.isIncomplete) return;
    const place = this.#targets % CHUNK;
    if (place === 0) this.#chunks.push(new Int32Array(CHUNK));
    const chunk = this.#chunks.at(-1);
    if (chunk !== undefined) chunk[place] = target;
    this.#targets += 1;
    const source = this.#sources - 1;
    this.#degrees[source] = (this.#degrees[source] ?? 0) + 1;
  }

  /**
   * The first state from which it may go on for ever, by a way that comes round
   * to where it has been; −1 where every way ends in a state that leads nowhere.
   */
  firstOfEndless(): number {
    const goesOn = new Uint8Array(this.#sources).fill(1);
    // A state mostly leads to later ones: one pass backwards finds nearly all that end.
    while (this.#dropWhatEnds(goesOn) > 0);
    if (goesOn[0] === 0) return -1;
    while (this.#dropWhatIsBefore(goesOn) > 0);
    return goesOn.indexOf(1);
  }

  /** Drops each state all of whose targets are dropped. @returns how many */
  #dropWhatEnds(goesOn: Uint8Array): number {
    let dropped = 0;
    let edge = this.#targets;
    for (let source = this.#sources - 1; source >= 0; source -= 1) {
      const first = edge - (this.#degrees[source] ?? 0);
      let ends = true;
      while (edge > first) {
        edge -= 1;
        if (goesOn[this.#target(edge)] === 1) ends = false;
      }
      if (!ends || goesOn[source] === 0) continue;
      goesOn[source] = 0;
      dropped += 1;
    }
    return dropped;
  }

  /** Drops each state that no other which is left leads to. @returns how many */
  #dropWhatIsBefore(goesOn: Uint8Array): number {
    const isLedTo = new Uint8Array(this.#sources);
    let edge = 0;
    for (let source = 0; source < this.#sources; source += 1) {
      for (const end = edge + (this.#degrees[source] ?? 0); edge < end; edge += 1) {
        if (goesOn[source] === 1) isLedTo[this.#target(edge)] = 1;
      }
    }
    let dropped = 0;
    for (let state = 0; state < this.#sources; state += 1) {
      if (goesOn[state] === 0 || isLedTo[state] === 1) continue;
      goesOn[state] = 0;
      dropped += 1;
    }
    return dropped;
  }

  #target(edge: number): number {
    return this.#chunks[Math.floor(edge / CHUNK)]?.[edge % CHUNK] ?? 0;
  }
}
