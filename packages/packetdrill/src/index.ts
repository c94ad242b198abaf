export * from "./ast.ts";
export type { ParseError } from "./parse/cursor.ts";
export { type ParseResult, parseScript } from "./parse/parse-script.ts";
export { printScript } from "./print-script.ts";
