import { readFileSync } from "node:fs";
import { readCapture } from "@synfin/capture";
import { findScenario } from "@synfin/simulator";
import { textLadder } from "@synfin/simulator/view";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { ExportFormat } from "../../src/connection/export-format.ts";
import { ladderSvg } from "../../src/svg/index.ts";
import { traceOf } from "../traces.ts";
import { chromium, onPage, setUp, use } from "./page.ts";

setUp();

const trace = traceOf("lost-fin");

/** Chooses a format from the menu, and gives the file that is saved then. */
async function save(tab: Page, label: string): Promise<{ name: string; octets: Buffer }> {
  const download = tab.waitForEvent("download");
  await tab.locator("tcp-connection .menu summary").click();
  await tab.getByRole("button", { name: label, exact: true }).click();
  const file = await download;
  return { name: file.suggestedFilename(), octets: readFileSync(await file.path()) };
}

/** How many pixels of a PNG have exactly this colour, and how many it has. */
function pixels(tab: Page, colour: string): Promise<{ width: number; same: number }> {
  return tab.evaluate(async (wanted) => {
    const blob = await document.querySelector("tcp-connection")?.exportAs("png");
    if (blob?.type !== "image/png") throw new Error(`the file is ${blob?.type}`);
    const image = await createImageBitmap(blob);
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0);
    const data = context?.getImageData(0, 0, image.width, image.height).data ?? [];
    let same = 0;
    for (let at = 0; at < data.length; at += 4) {
      const hex = [...data.slice(at, at + 3)].map((value) => value.toString(16).padStart(2, "0"));
      if (`#${hex.join("")}` === wanted) same += 1;
    }
    return { width: image.width, same };
  }, colour);
}

describe.skipIf(chromium.missing)("a run is saved", () => {
  test("as SVG, JSON, text and pcapng, under a strict policy [point 34]", () =>
    onPage("/export", async (tab) => {
      const svg = await save(tab, "SVG");
      expect([svg.name, svg.octets.toString()]).toEqual([
        "lost-fin.svg",
        ladderSvg(trace, { title: "Lost FIN" }),
      ]);
      const json = await save(tab, "JSON");
      expect(JSON.parse(json.octets.toString())).toEqual(trace);
      const text = await save(tab, "Text");
      expect([text.name, text.octets.toString()]).toEqual(["lost-fin.txt", textLadder(trace)]);
      const { name, octets } = await save(tab, "pcapng");
      expect(name).toBe("lost-fin.pcapng");
      const { error, records } = readCapture(octets);
      expect(error).toBeUndefined();
      const packets = records.map(({ data }) => Buffer.from(data).toString("hex"));
      expect(packets).toEqual(trace.segments.map(({ packet }) => packet));
    }));

  test.each([
    ["/inline", "my-close.svg"],
    ["/recorded", "lost-fin.svg"],
    ["/capture", "lost-fin.svg"],
  ])("what %s brings itself is saved as %s [point 34]", (path, name) =>
    onPage(path, async (tab) => {
      await tab.evaluate(() => document.querySelector("tcp-connection")?.ready);
      expect((await save(tab, "SVG")).name).toBe(name);
    }),
  );

  test("a format that there is not is named [point 34]", () =>
    onPage("/export", async (tab) => {
      const message = await tab.evaluate(() =>
        document
          .querySelector("tcp-connection")
          ?.exportAs("gif" as "svg")
          .catch((error: Error) => error.message),
      );
      expect(message).toBe('there is no format "gif"; it should be svg, png, json, text, pcapng');
    }));

  test("as PNG: both hosts' arrows on a light ground or a dark one [point 34]", () =>
    onPage("/export", async (tab) => {
      const client = await pixels(tab, "#1c5bcb");
      expect(client.width).toBe(1280);
      expect(client.same).toBeGreaterThan(1_000);
      expect((await pixels(tab, "#a94a0c")).same).toBeGreaterThan(500);
      expect((await pixels(tab, "#bd2033")).same).toBeGreaterThan(50);
      expect((await pixels(tab, "#14161a")).same).toBe(0);
      await tab.emulateMedia({ colorScheme: "dark" });
      expect((await pixels(tab, "#14161a")).same).toBeGreaterThan(100_000);
      expect((await pixels(tab, "#7fb0ff")).same).toBeGreaterThan(1_000);
    }));

  test("with what the reader changed: the drop, the numbers, the language [point 34]", () =>
    onPage("/export", async (tab) => {
      await use(tab, (element) => {
        element.scenario = "four-way-close";
        element.seq = "absolute";
        element.lang = "ko";
        element.dropSegment("client-4");
      });
      const read = (format: ExportFormat): Promise<string | undefined> =>
        tab.evaluate(async (as) => {
          const blob = await document.querySelector("tcp-connection")?.exportAs(as);
          return blob?.text();
        }, format);
      const title = findScenario("four-way-close")?.title.ko ?? "";
      const dropped = traceOf("four-way-close", "drop:client:any:4");
      expect(await read("text")).toBe(textLadder(dropped, { seq: "absolute" }));
      const svg = ladderSvg(dropped, { lang: "ko", seq: "absolute", title });
      expect(await read("svg")).toBe(svg);
    }));

  test("by keyboard; Escape closes the menu; what cannot be run cannot be saved", () =>
    onPage("/export", async (tab) => {
      const menu = tab.locator("tcp-connection .menu");
      await menu.locator("summary").focus();
      await tab.keyboard.press("Enter");
      await tab.keyboard.press("Tab");
      await tab.keyboard.press("Escape");
      expect(await menu.getAttribute("open")).toBeNull();
      await tab.keyboard.press("Enter");
      await tab.keyboard.press("Tab");
      const download = tab.waitForEvent("download");
      await tab.keyboard.press("Enter");
      expect((await download).suggestedFilename()).toBe("lost-fin.svg");
      const why = await tab.evaluate(async () => {
        const element = document.querySelector("tcp-connection");
        if (element === null) return "";
        element.scenario = "lost-fni";
        return element.exportAs("json").then(String, (error: Error) => error.message);
      });
      expect(why).toContain("There is no scenario “lost-fni”");
    }));
});
