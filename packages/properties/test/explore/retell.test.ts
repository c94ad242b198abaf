import { formatBreach, runLaws, runOf } from "@synfin/properties";
import { textLadder } from "@synfin/simulator/view";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ExploreOptions, type Settings, settle } from "../../src/explore/options.ts";
import { retell } from "../../src/explore/retell.ts";
import { readAction } from "../../src/explore/space/action.ts";
import { Space } from "../../src/explore/space/space.ts";

const BOUNDS: readonly ExploreOptions[] = [
  { data: 2, loss: 3, duplicate: 2, reorder: 2 },
  { data: 1, loss: 2, duplicate: 1, reorder: 1, abort: 1 },
  { data: 1, loss: 2, duplicate: 2, open: "both" },
];

/**
 * What a ladder of the model cannot be held to. A timer runs out when the model says so, and
 * the ladder may draw that a little late (the explorer has `timeWaitLasts2Msl` itself, and
 * exactly); its users are told nothing; and their CLOSE shuts one way alone.
 */
const OTHERS = [
  ...["timeWaitLasts2Msl", "retransmissionFollowsSchedule"],
  ...["userIsTold", "whoClosesFirstWaits", "lostTextIsReset"],
];
const LAWS = runLaws.filter(({ name }) => !OTHERS.includes(name));

/** Goes from the first state to one in which nothing can happen, as the choices say. */
function walk(settings: Settings, choose: (most: number) => number): number[] {
  const space = new Space(settings, () => {});
  const path: number[] = [];
  let state = space.first();
  for (let codes = space.actions(state); codes.length > 0; codes = space.actions(state)) {
    const code = codes[choose(codes.length)] ?? 0;
    path.push(code);
    state = space.take(state, readAction(code)).next;
  }
  return path;
}

test("a run that is told again keeps the laws of any trace, timers and all", () => {
  const met = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.constantFrom(...BOUNDS),
      fc.infiniteStream(fc.nat(1_000_000)),
      (bounds, draws) => {
        const settings = settle(bounds);
        const path = walk(settings, (most) => (draws.next().value ?? 0) % most);
        const trace = retell(settings, path);
        const { params } = settings;
        const run = runOf(trace, { params: { client: params, server: params } });
        for (const law of LAWS) {
          const { breaches, premises } = law.check(run);
          const found = breaches.map(formatBreach).join("\n");
          expect(found === "" ? "" : `${found}\n${textLadder(trace)}`).toBe("");
          for (const [name, times] of premises) met.set(name, (met.get(name) ?? 0) + times);
        }
      },
    ),
    { numRuns: 300, seed: 1 },
  );
  for (const premise of ["FIN sent again", "FIN lost", "timer ran out", "FIN after text"]) {
    expect({ premise, times: met.get(premise) ?? 0 }).not.toEqual({ premise, times: 0 });
  }
});
