import type { Intent } from "./intent.ts";
import { writeValue } from "./values.ts";

/** What was asked for, as `set` writes it: `port-exhaustion rate=550 … seed=7`. */
export function settingsInWords({ scenario, request, values }: Intent): string {
  const chosen = scenario.parameters
    .filter(({ key }) => request.choice.values?.[key] !== undefined)
    .map((parameter) => `${parameter.key}=${writeValue(parameter, values[parameter.key] ?? 0)}`);
  const profile = request.choice.profile ?? scenario.profile;
  return [scenario.name, profile, ...chosen, `seed=${request.seed}`].join(" ");
}
