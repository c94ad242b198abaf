import type { ProfileName } from "@synfin/core/tcp";
import { checkRequest, type LoadRequest } from "@synfin/simulator/bulk";
import { expect, test } from "vitest";

const steady: LoadRequest = { scenario: "steady", choice: {}, seed: 7 };

function refusal(request: LoadRequest): string {
  const result = checkRequest(request);
  return result.ok ? "nothing" : result.message;
}

test("a sound request comes to its scenario and its settings", () => {
  const choice = { profile: "linux", values: { rate: 5 }, params: { mslUs: 1 } } as const;
  const result = checkRequest({ ...steady, choice });
  if (!result.ok) throw new Error(result.message);
  const { scenario, settings } = result.value;
  expect(scenario.name).toBe("steady");
  expect(settings.values["rate"]).toBe(5);
  expect(settings.profile).toMatchObject({ name: "linux", params: { mslUs: 1 } });
});

test.each<[string, Partial<LoadRequest>]>([
  [
    'there is no load scenario "staedy" (did you mean steady?); there are steady,',
    {
      scenario: "staedy",
    },
  ],
  [
    'there is no profile "linus" (did you mean linux?); there are rfc9293, linux,',
    {
      choice: { profile: "linus" as ProfileName },
    },
  ],
  ["seed is 0.5; it must be an integer from 0 to 2⁵³ − 1", { seed: 0.5 }],
  ["seed is -1; it must be", { seed: -1 }],
  ["seed is NaN; it must be", { seed: Number.NaN }],
  [
    "connections is 0; it must be an integer from 1 to 100000000",
    {
      choice: { values: { connections: 0 } },
    },
  ],
  ['steady has no parameter "rat" (did you mean rate?)', { choice: { values: { rat: 1 } } }],
  ["mslUs is -1, but it should be an integer", { choice: { params: { mslUs: -1 } } }],
])("refused: %s", (message, part) => {
  expect(refusal({ ...steady, ...part })).toContain(message);
});
