import type { Text } from "@synfin/simulator";
import { BULK_SCENARIOS } from "@synfin/simulator/bulk";
import type { Piece } from "../pieces/piece.ts";

/** The load scenarios that there are, for a list. */
export const listedScenarios: readonly { readonly name: string; readonly title: Text }[] =
  BULK_SCENARIOS;

/** What has to be here before a scenario can be run with a profile. Here they all can. */
export function scenarioPiece(_name: string, _profile?: string): Piece<unknown> | undefined {
  return undefined;
}
