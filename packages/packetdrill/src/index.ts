export * from "./ast.ts";
export type { ParseError } from "./parse/cursor.ts";
export { type ParseResult, parseScript } from "./parse/parse-script.ts";
export { printScript } from "./print-script.ts";
export { PROFILE_NAMES, type Profile, profileParams } from "./profiles.ts";
export type { Failure } from "./run/failure.ts";
export { type RunOptions, runScript, type ScriptResult } from "./run/run-script.ts";
