import { afterAll, beforeAll, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
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

// The long tier asks for 95 %: an empty page needs no processor that others want, too.
test.skipIf(chromium.missing)(
  "a hundred thousand connections do not hold up their page [point 39]",
  { retry: 2 },
  async () => {
    if (site !== undefined) await expectSmooth(site, "/crowd", 100_000, 0.8);
  },
);
