/** What the part `machine` has: see `Machine`. */
export { findScenario, parseFault, traceScenario } from "@synfin/simulator";
