/** What has come of a stream: offsets that join up are one stretch. */
export class Stretches {
  private list: (readonly [from: number, to: number])[] = [];

  /** @param to one past the last offset */
  add(from: number, to: number): void {
    if (to <= from) return;
    const touching = this.list.filter(([left, right]) => left <= to && right >= from);
    const rest = this.list.filter((stretch) => !touching.includes(stretch));
    const left = Math.min(from, ...touching.map(([start]) => start));
    const right = Math.max(to, ...touching.map(([, end]) => end));
    this.list = [...rest, [left, right]];
  }

  /** One past the last offset up to which everything from 0 on has come. */
  get whole(): number {
    return this.list.find(([from, to]) => from <= 0 && to > 0)?.[1] ?? 0;
  }
}
