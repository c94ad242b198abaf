import { findProfile, PROFILE_NAMES, type ProfileName } from "@synfin/core/tcp";
import { nearestNames } from "@synfin/simulator/view";
import { UsageError } from "./io.ts";

/** The profile of this name. Throws a `UsageError` that names the nearest ones and all. */
export function profileName(command: string, text: string): ProfileName {
  const found = findProfile(text);
  if (found !== undefined) return found.name;
  const near = nearestNames(text, PROFILE_NAMES);
  const hint = near.length === 0 ? "" : ` (did you mean ${near.join(" or ")}?)`;
  const known = PROFILE_NAMES.join(", ");
  throw new UsageError(`${command}: unknown --profile "${text}"${hint}; there are ${known}`);
}
