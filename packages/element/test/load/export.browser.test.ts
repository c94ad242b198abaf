import { readFileSync } from "node:fs";
import { readCapture } from "@synfin/capture";
import { censusCsv } from "@synfin/simulator/report";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { connectionHere, PORTS, reportHere, runsOf } from "./in-node.ts";
import { type LoadSite, openLoadSite, run, untilEnd } from "./support.ts";

const chromium = requireBrowser();
const POLICY = "default-src 'self'; worker-src 'self' blob:";
let site: LoadSite | undefined;

beforeAll(async () => {
  if (!chromium.missing) site = await openLoadSite(POLICY);
});

afterAll(async () => {
  await site?.close();
});

/** Chooses a format from the menu, and gives the file that is saved then. */
async function save(tab: Page, label: string): Promise<{ name: string; octets: Buffer }> {
  const download = tab.waitForEvent("download");
  await tab.locator("tcp-load .menu summary").click();
  await tab.getByRole("button", { name: label, exact: true }).click();
  const file = await download;
  return { name: file.suggestedFilename(), octets: readFileSync(await file.path()) };
}

/** A finished run of too few ports. */
async function onRun(act: (tab: Page) => Promise<void>): Promise<void> {
  await site?.onPage("/ports", async (tab) => {
    await run(tab);
    await untilEnd(tab);
    await act(tab);
  });
}

test.skipIf(chromium.missing)("a format that there is not is named [point 34]", () =>
  onRun(async (tab) => {
    const message = await tab.evaluate(() =>
      document
        .querySelector("tcp-load")
        ?.exportAs("xml" as "csv")
        .catch((error: Error) => error.message),
    );
    expect(message).toBe('there is no format "xml"; it should be svg, png, json, csv, pcapng');
  }),
);

test.skipIf(chromium.missing)(
  "the result is the command line's JSON, the counts its CSV [point 34]",
  () =>
    onRun(async (tab) => {
      const json = await save(tab, "Result as JSON");
      expect(json.name).toBe("port-exhaustion.json");
      const there = JSON.parse(json.octets.toString());
      const here = JSON.parse(JSON.stringify(reportHere(PORTS)));
      expect(there.wallSeconds).toBeGreaterThan(0);
      expect({ ...there, wallSeconds: 0 }).toEqual(here);
      expect(here.firstFailure.errno).toBe("EADDRNOTAVAIL");

      const csv = await save(tab, "Counts as CSV");
      expect(csv.name).toBe("port-exhaustion.csv");
      const [only] = runsOf(PORTS);
      if (only === undefined) throw new Error("there is no run");
      expect(csv.octets.toString()).toBe(censusCsv(only.result()));
      expect(csv.octets.toString().split("\r\n").length).toBeGreaterThan(100);
    }),
);

test.skipIf(chromium.missing)(
  "the chart stands alone as SVG, in the language of the page [point 34]",
  () =>
    onRun(async (tab) => {
      const { name, octets } = await save(tab, "Chart as SVG");
      expect(name).toBe("port-exhaustion.svg");
      const svg = octets.toString();
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      expect(svg).toContain("first EADDRNOTAVAIL, 20 s");
      expect(svg).not.toMatch(/href|foreignObject|<image/);
      const korean = await tab.evaluate(async () => {
        document.documentElement.lang = "ko";
        const element = document.querySelector("tcp-load");
        await element?.updateComplete;
        return (await element?.exportAs("svg"))?.text();
      });
      expect(korean).toContain("상태별 연결 수, 클라이언트");
      expect(korean).toContain("첫 EADDRNOTAVAIL, 20초");
      expect(korean).not.toMatch(/connections at|virtual time/);
    }),
);

/** The width of the chart as PNG, and its most frequent colours. */
function painted(tab: Page): Promise<{ width: number; ground: string; colours: string[] }> {
  return tab.evaluate(async () => {
    const blob = await document.querySelector("tcp-load")?.exportAs("png");
    if (blob?.type !== "image/png") throw new Error(`the file is ${blob?.type}`);
    const image = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const data = context?.getImageData(0, 0, image.width, image.height).data ?? [];
    const counts = new Map<string, number>();
    for (let at = 0; at < data.length; at += 4) {
      const hex = [...data.slice(at, at + 3)].map((value) => value.toString(16).padStart(2, "0"));
      const colour = `#${hex.join("")}`;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    const colours = [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour);
    const [ground = ""] = colours;
    return { width: image.width, ground, colours: colours.slice(0, 12) };
  });
}

test.skipIf(chromium.missing)(
  "as PNG it has the colours of the page, light or dark [point 34]",
  () =>
    onRun(async (tab) => {
      const light = await painted(tab);
      expect([light.width, light.ground]).toEqual([1600, "#ffffff"]);
      expect(light.colours).toContain("#d5d9e0");
      await tab.emulateMedia({ colorScheme: "dark" });
      const dark = await painted(tab);
      expect(dark.colours).toEqual(expect.arrayContaining(["#14161a", "#414957"]));
      expect(dark.colours).not.toContain("#d5d9e0");
    }),
);

test.skipIf(chromium.missing)(
  "the chosen connection is a capture; one without a packet is refused in words [point 34]",
  () =>
    onRun(async (tab) => {
      await tab.getByLabel("Connection", { exact: true }).fill("7");
      const { name, octets } = await save(tab, "Connection as pcapng");
      expect(name).toBe("port-exhaustion.pcapng");
      const { error, records } = readCapture(octets);
      expect(error).toBeUndefined();
      const there = records.map(({ data }) => Buffer.from(data).toString("hex"));
      const here = connectionHere(PORTS, 7).segments.map(({ packet }) => packet);
      expect([...there].sort()).toEqual([...here].sort());
      expect(here.length).toBeGreaterThan(5);

      await tab.getByLabel("Connection", { exact: true }).fill("1001");
      await tab.locator("tcp-load .menu summary").click();
      await tab.getByRole("button", { name: "Connection as pcapng" }).click();
      await tab
        .getByRole("alert")
        .filter({ hasText: "Not saved: this connection sent no packet" })
        .waitFor();
    }),
);

test.skipIf(chromium.missing)(
  "before there is a result there is nothing to save, and a script is told so",
  () =>
    site?.onPage("/ports", async (tab) => {
      expect(await tab.locator("tcp-load .menu").count()).toBe(0);
      const said = await tab.evaluate(() =>
        document
          .querySelector("tcp-load")
          ?.exportAs("json")
          .catch((error: Error) => error.message),
      );
      expect(said).toBe("there is no finished run to save; call run() and wait for tcp-end");
    }),
);
