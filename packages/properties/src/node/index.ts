/** TCPs under test that are programs of their own, in whatever language. */
export { type ProgramOptions, ProgramPort } from "./program-port.ts";
