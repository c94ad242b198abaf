import type { Parameter } from "../../scenario.ts";

/** How calls come: the choices of `arrivalsParameter`, by their index. */
export const CONSTANT = 0;
export const POISSON = 1;

export function arrivalsParameter(
  defaultChoice: typeof CONSTANT | typeof POISSON,
  doc: Parameter["doc"] = { en: "how they come", ko: "도착하는 방식" },
): Parameter {
  return {
    key: "arrivals",
    unit: "choice",
    default: defaultChoice,
    min: 0,
    max: 1,
    choices: ["constant", "poisson"],
    doc,
  };
}
