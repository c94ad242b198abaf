import { checkLaws, defineLaw, playUnlessStorm, type Run, trial } from "@synfin/properties";
import { expect, test } from "vitest";
import { settings } from "./support/settings.ts";
import { showTrial } from "./support/show.ts";

/** A law that every closed connection breaks. */
const noFin = defineLaw<Run>({
  name: "noFin",
  source: "this test",
  says: "No one ever sends a FIN.",
  premises: [],
  examine({ trace }, notes) {
    const fin = trace.segments.find(({ flags }) => flags.includes("FIN"));
    if (fin === undefined) return;
    const { id: segment, sentAtUs: atUs, from: host } = fin;
    notes.broken("a FIN was sent", { segment, atUs, host });
  },
});

test("a counterexample is a small script, its ladder, and one command", () => {
  const own = settings("packages/properties/test/runs.property.test.ts", 1, 200);
  const { failure = "" } = checkLaws({
    laws: [noFin],
    cases: trial,
    subject: ({ scenario, seed }) => playUnlessStorm(scenario, seed),
    describe: showTrial,
    replay: own.replay,
    seed: 1,
    runs: 200,
  });
  const [first = "", ...rest] = failure.split("\n");
  expect(first).toMatch(
    /^noFin: segment (client|server)-\d+, at (client|server), at \d+ µs: a FIN was sent$/,
  );
  const text = rest.join("\n");
  const script = text.slice(0, text.indexOf("random · seed"));
  expect(script.split("\n").filter((line) => /^(at|on) /.test(line)).length).toBeLessThanOrEqual(4);
  expect(text).toMatch(/random · seed \d+ · rfc9293 · digest [0-9a-f]{16}/);
  expect(text).toMatch(/FIN,ACK seq \d+ ack \d+/);
  expect(text).toMatch(
    /^again: SYNFIN_SEED=1 SYNFIN_PATH=[\d:]+ npx vitest run packages\/properties\/test\/runs.property.test.ts$/m,
  );
});
