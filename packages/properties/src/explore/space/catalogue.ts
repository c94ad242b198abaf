/**
 * Gives each thing a number, the same one to things with the same key. States
 * then hold numbers only, and whatever depends on one thing is worked out once.
 */
export class Catalogue<Thing> {
  readonly #numbers = new Map<string, number>();
  readonly #things: Thing[] = [];
  readonly #keyOf: (thing: Thing) => string;

  constructor(keyOf: (thing: Thing) => string) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#things.length;
  }

  numberOf(thing: Thing): number {
    const key = this.#keyOf(thing);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#things.length;
    this.#numbers.set(key, number);
    this.#things.push(thing);
    return number;
  }

  thing(number: number): Thing {
    const thing = this.#things[number];
    if (thing === undefined) throw new Error(`synfin: nothing has the number ${number}`);
    return thing;
  }
}
