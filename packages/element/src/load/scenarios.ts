import type { Text } from "@synfin/simulator";
import { BULK_SCENARIOS } from "@synfin/simulator/bulk";
import type { Piece } from "../pieces/piece.ts";

/** The load scenarios that there are, for a list. */
export const listedScenarios: readonly { readonly name: string; readonly title: Text }[] =
  BULK_SCENARIOS;

/** What has to be here before the scenario can be found by its name. Here they all can. */
export function scenarioPiece(_name: string): Piece<unknown> | undefined {
  return undefined;
}
