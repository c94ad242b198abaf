import { afterAll, beforeAll, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { covered } from "../../../../tools/testing/long.ts";
import { expectSmooth } from "./smoothness.ts";
import { type LoadSite, openLoadSite } from "./support.ts";

const chromium = requireBrowser();
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(async () => {
  await site?.close();
});

test.skipIf(chromium.missing)(
  "a million connections do not hold up their page [point 39]",
  async () => {
    if (site !== undefined) covered(await expectSmooth(site, "/large", 1_000_000, 0.95));
  },
);
