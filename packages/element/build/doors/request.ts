import { PROFILE } from "synfin:load-catalogue";
import { PROFILES } from "@synfin/core/tcp";
import { findBulkScenario, type checkRequest as Real, settled } from "@synfin/simulator/bulk";

/** Only looks whether what it takes has come: the form has checked the rest, see `formOf`. */
export const checkRequest: typeof Real = ({ scenario: name, choice }) => {
  const scenario = findBulkScenario(name);
  if (scenario === undefined) return { ok: false, message: `there is no scenario "${name}"` };
  // Lent: until that part has come, it is not there.
  const profiles: typeof PROFILES | undefined = PROFILES;
  const profile = choice.profile ?? scenario.profile;
  if (profile !== PROFILE && profiles === undefined) {
    return { ok: false, message: `there is no profile "${profile}"` };
  }
  return { ok: true, value: { scenario, settings: settled(scenario, choice) } };
};
