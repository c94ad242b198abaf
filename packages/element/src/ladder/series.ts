/** What is made one by one, as it is asked for, and only once. */
export class Series<From, To> implements Iterable<To> {
  readonly #known: To[] = [];
  readonly #from: Iterator<From>;
  readonly #make: (one: From) => To;

  constructor(from: Iterable<From>, make: (one: From) => To) {
    this.#from = from[Symbol.iterator]();
    this.#make = make;
  }

  get isEmpty(): boolean {
    return this.#at(0) === undefined;
  }

  *[Symbol.iterator](): Generator<To> {
    for (let index = 0; ; index++) {
      const one = this.#at(index);
      if (one === undefined) return;
      yield one;
    }
  }

  #at(index: number): To | undefined {
    if (index === this.#known.length) {
      const { done, value } = this.#from.next();
      if (done !== true) this.#known.push(this.#make(value));
    }
    return this.#known[index];
  }
}
