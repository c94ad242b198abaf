import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { type LoadSite, openLoadSite, run, untilEnd, untilMoving } from "./support.ts";

const chromium = requireBrowser();
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite();
});

afterAll(async () => {
  await site?.close();
});

test.skipIf(chromium.missing)("another scenario brings its own fields and theory", async () => {
  await site?.onPage("/small", async (tab) => {
    await tab.getByLabel("Scenario").selectOption({ label: "Out of ephemeral ports" });
    await tab.getByLabel("ports", { exact: true }).fill("1000");
    await tab.getByLabel("rate", { exact: true }).fill("50");
    await tab.getByLabel("periods", { exact: true }).fill("2");
    await tab.getByLabel("arrivals", { exact: true }).selectOption("poisson");
    const written = await tab.evaluate(() => document.querySelector("tcp-load")?.outerHTML);
    expect(written).toContain('scenario="port-exhaustion"');
    expect(written).toContain('set="ports=1000 periods=2 arrivals=poisson"');
    expect(written).not.toContain("connections");
    expect(await tab.locator("tcp-load [part=theory]").innerText()).toContain("Erlang's B");
    await run(tab);
    expect((await untilEnd(tab)).result?.failures["EADDRNOTAVAIL"]).toBeGreaterThan(1000);
  });
});

test.skipIf(chromium.missing)("a run is shown under its own scenario's name alone", async () => {
  await site?.onPage("/small", async (tab) => {
    const bar = () => tab.locator("tcp-load [part=header]").innerText();
    const figures = () => tab.locator("tcp-load [part=figures]").innerText();
    const choose = (label: string) => tab.getByLabel("Scenario").selectOption({ label });
    await run(tab);
    await untilEnd(tab);
    const whole = [await bar(), await figures()];
    expect(whole[0]).toMatch(/A steady crowd\s+finished at .+: 500 closed/);
    await choose("Out of ephemeral ports");
    await expect.poll(bar).toBe("Out of ephemeral ports");
    expect(await figures()).not.toMatch(/\d/);
    await choose("A steady crowd");
    await expect.poll(async () => [await bar(), await figures()]).toEqual(whole);
  });
});

test.skipIf(chromium.missing)("a run under way keeps its name", async () => {
  await site?.onPage("/large", async (tab) => {
    await run(tab);
    await untilMoving(tab);
    await tab.evaluate(() => {
      const element = document.querySelector("tcp-load");
      if (element !== null) element.scenario = "port-exhaustion";
      return element?.updateComplete;
    });
    expect(await tab.locator("tcp-load .title").innerText()).toBe("A steady crowd");
    await tab.evaluate(() => document.querySelector("tcp-load")?.cancel());
  });
});
