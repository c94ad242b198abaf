import type { Ratio } from "../scenario/scenario.ts";
import {
  type Comparison,
  type Expectation,
  type ExpectResult,
  type MetricName,
  OPERATORS,
  type Operator,
  type Quantity,
} from "./expectation.ts";
import { MOST_DIGITS, quantity, UNIT_NAMES } from "./units.ts";

/** Where reading has got to; throws nothing, since each step returns what it found or an error. */
interface Reader {
  readonly text: string;
  at: number;
}

type Failure = Extract<ExpectResult<never>, { ok: false }>;
type Read<T> = T | Failure;

const EXAMPLE = 'for example "failed < 0.1%" or "established = 10k and p99(connect) < 250ms"';

/** Reads an expectation. Never throws: what is wrong is named with its place. */
export function parseExpectation(text: string): ExpectResult<Expectation> {
  const reader: Reader = { text, at: 0 };
  const comparisons: Comparison[] = [];
  for (;;) {
    const comparison = readComparison(reader);
    if (isFailure(comparison)) return comparison;
    comparisons.push(comparison);
    if (take(reader, /\s*$/y) !== undefined) return { ok: true, value: comparisons };
    if (take(reader, /\s+and\b/iy) === undefined)
      return wrong(reader, 'should be "and" or the end');
  }
}

function readComparison(reader: Reader): Read<Comparison> {
  const left = readName(reader);
  if (isFailure(left)) return left;
  const operator = readOperator(reader);
  if (isFailure(operator)) return operator;
  const right = readQuantity(reader);
  if (isFailure(right)) return right;
  return { left, operator: operator.operator, right };
}

const PERCENTILE = /p(\d{1,3}(?:\.\d{1,4})?)\(\s*([A-Za-z][\w-]*)\s*\)/y;
const PATH = /[A-Za-z][\w-]*(?:\.[A-Za-z0-9][\w-]*)*/y;

function readName(reader: Reader): Read<MetricName> {
  take(reader, /\s*/y);
  const at = reader.at + 1;
  const start = reader.at;
  const percentile = take(reader, PERCENTILE);
  if (percentile !== undefined) {
    const [, digits = "", of = ""] = percentile;
    const part = partOf(digits);
    if (part !== undefined) return { type: "percentile", text: `p${digits}(${of})`, at, part, of };
    reader.at = start;
    return wrong(reader, "should be a percentile up to p100, such as p99(connect)");
  }
  const path = take(reader, PATH);
  if (path === undefined) return wrong(reader, `should be a name, ${EXAMPLE}`);
  return { type: "path", text: path[0], at };
}

/** `99.9` as `[999, 1000]`; undefined beyond a hundred. */
function partOf(digits: string): Ratio | undefined {
  const [whole = "", part = ""] = digits.split(".");
  const ratio: Ratio = [Number(whole + part), Number(`100${"0".repeat(part.length)}`)];
  return ratio[0] <= ratio[1] ? ratio : undefined;
}

function readOperator(reader: Reader): Read<{ readonly operator: Operator }> {
  take(reader, /\s*/y);
  const found = take(reader, /<=|>=|!=|==|[<>=≤≥≠]/y)?.[0];
  if (found === undefined) return wrong(reader, `should be one of ${OPERATORS.join(", ")}`);
  const plain = { "≤": "<=", "≥": ">=", "≠": "!=", "==": "=" }[found] ?? found;
  const operator = OPERATORS.find((known) => known === plain);
  return operator === undefined ? wrong(reader, "should be an operator") : { operator };
}

function readQuantity(reader: Reader): Read<Quantity> {
  take(reader, /\s*/y);
  const start = reader.at;
  const digits = take(reader, /(?:\d+\.)?\d+/y)?.[0];
  if (digits === undefined) {
    return wrong(reader, "should be a number, such as 100, 0.1%, 250ms or 470/s");
  }
  if (digits.replace(".", "").length > MOST_DIGITS) {
    reader.at = start;
    return wrong(reader, `should be a number of at most ${MOST_DIGITS} digits`);
  }
  const afterDigits = reader.at;
  const unit = take(reader, /[A-Za-zµ%/]+/y)?.[0] ?? "";
  const found = quantity(digits, unit, start + 1);
  if (found !== undefined) return found;
  reader.at = afterDigits;
  return wrong(reader, `should be a unit: ${UNIT_NAMES.join(", ")}, or none`);
}

/** Takes what matches here, if it does. */
function take(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (match === null) return undefined;
  reader.at += match[0].length;
  return match;
}

/** What stands here, up to the next space, is not what it should be. */
function wrong({ text, at }: Reader, why: string): Failure {
  const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  const word = /^\S*/.exec(text.slice(start))?.[0] ?? "";
  const what = word === "" ? "the end" : `"${word}"`;
  const message = `bad expectation "${text}": at ${start + 1}, ${what} ${why}`;
  return { ok: false, message, at: start + 1 };
}

function isFailure<T extends object>(read: Read<T>): read is Failure {
  return "ok" in read;
}
