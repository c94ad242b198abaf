import { expect, test } from "vitest";
import { requireBrowser } from "../testing/browser.ts";
import { chromium } from "./chromium.mjs";
import { crowd } from "./crowd.mjs";

const browser = requireBrowser();

test.skipIf(browser.missing)("in Chromium's worker the same run has the same digest", async () => {
  const { digest, events } = await crowd(5000);
  const figure = await chromium(5000);
  const answer = { connections: 5000, arrivals: 7 * 5000, events, digest };
  expect(figure).toMatchObject({ name: "synfin in Chromium's worker", ...answer });
  const rate = "seconds" in figure ? figure.lifecyclesPerSecond * figure.seconds : 0;
  expect(rate).toBeCloseTo(5000, 6);
  expect("cpuSeconds" in figure ? figure.cpuSeconds : 0).toBeGreaterThan(0);
});
