import { findBulkScenario, type checkRequest as Real, settled } from "@synfin/simulator/bulk";

/** Only looks whether the scenario has come: the form has checked the rest, see `formOf`. */
export const checkRequest: typeof Real = ({ scenario: name, choice }) => {
  const scenario = findBulkScenario(name);
  if (scenario === undefined) return { ok: false, message: `there is no scenario "${name}"` };
  return { ok: true, value: { scenario, settings: settled(scenario, choice) } };
};
