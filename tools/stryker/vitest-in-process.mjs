import {
  ASYMMETRIC_MATCHERS_OBJECT,
  addCustomEqualityTesters,
  ChaiStyleAssertions,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
} from "@vitest/expect";
import * as runner from "@vitest/runner";
import * as chai from "chai";

for (const plugin of [JestExtend, JestChaiExpect, ChaiStyleAssertions, JestAsymmetricMatchers]) {
  chai.use(plugin);
}

/**
 * What test files import from "vitest", for tests that run in this very
 * process: Vitest's own parts, without its workers and its server.
 */
export const vitest = {
  ...runner,
  expect: Object.assign(
    (/** @type {unknown} */ value, /** @type {string | undefined} */ message) =>
      chai.expect(value, message),
    chai.expect,
    /** @type {any} */ (globalThis)[ASYMMETRIC_MATCHERS_OBJECT],
    { addEqualityTesters: addCustomEqualityTesters },
  ),
};
