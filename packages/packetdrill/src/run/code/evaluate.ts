import type { Token } from "./tokens.ts";

/** The value of a name; undefined where there is none. */
export type Lookup = (name: string) => number | undefined;

/** Why an expression has no value. */
export class EvaluationFailure extends Error {}

const DEEPEST = 32;

/**
 * The value of an expression of Python with integers: `or`, `and`, `not`,
 * comparisons, `in`, sums and products. True and false are 1 and 0.
 */
export function evaluate(tokens: readonly Token[], lookup: Lookup): number {
  const parser = new Evaluation(tokens, lookup);
  const value = parser.either();
  if (!parser.atEnd()) throw new EvaluationFailure(`"${parser.next()}" was not expected`);
  return value;
}

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

class Evaluation {
  private readonly tokens: readonly Token[];
  private readonly lookup: Lookup;
  private at = 0;
  private depth = 0;

  constructor(tokens: readonly Token[], lookup: Lookup) {
    this.tokens = tokens;
    this.lookup = lookup;
  }

  atEnd(): boolean {
    return this.at === this.tokens.length;
  }

  next(): Token {
    const token = this.tokens[this.at];
    if (token === undefined) throw new EvaluationFailure("the expression ends too soon");
    this.at += 1;
    return token;
  }

  private take(token: Token): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at += 1;
    return true;
  }

  either(): number {
    let value = this.both();
    while (this.take("or")) {
      const other = this.both();
      value = value === 0 ? other : value;
    }
    return value;
  }

  private both(): number {
    let value = this.negation();
    while (this.take("and")) {
      const other = this.negation();
      value = value === 0 ? value : other;
    }
    return value;
  }

  private negation(): number {
    let negations = 0;
    while (this.take("not")) negations += 1;
    const value = this.comparison();
    if (negations === 0) return value;
    return Number((value === 0) === (negations % 2 === 1));
  }

  /** `a < b < c` is `a < b and b < c`. */
  private comparison(): number {
    let left = this.bits();
    let result: number | undefined;
    for (;;) {
      if (this.take("in")) {
        const among = this.list();
        return Number(among.includes(left) && result !== 0);
      }
      const compare = COMPARISONS[this.tokens[this.at] ?? ""];
      if (compare === undefined) return result ?? left;
      this.at += 1;
      const right = this.bits();
      result = Number(compare(left, right) && result !== 0);
      left = right;
    }
  }

  private list(): number[] {
    const close = this.take("[") ? "]" : ")";
    if (close === ")" && !this.take("(")) throw new EvaluationFailure('"in" needs a list');
    const values = [this.either()];
    while (this.take(",") && this.tokens[this.at] !== close) values.push(this.either());
    if (!this.take(close)) throw new EvaluationFailure(`"${close}" is missing`);
    return values;
  }

  private bits(): number {
    let value = this.sum();
    for (;;) {
      if (this.take("&")) value &= this.sum();
      else if (this.take("|")) value |= this.sum();
      else return value;
    }
  }

  private sum(): number {
    let value = this.product();
    for (;;) {
      if (this.take("+")) value += this.product();
      else if (this.take("-")) value -= this.product();
      else return value;
    }
  }

  private product(): number {
    let value = this.operand();
    for (;;) {
      if (this.take("*")) value *= this.operand();
      else if (this.take("//")) value = Math.floor(value / this.operand());
      else return value;
    }
  }

  private operand(): number {
    const token = this.next();
    if (token === "-") return -this.bits();
    if (/^\d/.test(token)) return Number(token);
    if (token === "True") return 1;
    if (token === "False") return 0;
    if (token === "(") return this.nested();
    const value = /^[A-Za-z_]/.test(token) ? this.lookup(token) : undefined;
    if (value === undefined) throw new EvaluationFailure(`"${token}" is not known`);
    return value;
  }

  private nested(): number {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new EvaluationFailure("the expression is too deep");
    const value = this.either();
    this.depth -= 1;
    if (!this.take(")")) throw new EvaluationFailure('")" is missing');
    return value;
  }
}
