import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../../tools/testing/browser.ts";
import { censusSvg } from "../../src/plot/census-svg.ts";
import { sweepSvg } from "../../src/plot/sweep-svg.ts";
import { crowd, HOSTS, SECOND } from "./crowd.ts";

const chromium = requireBrowser();
let browser: Browser | undefined;

beforeAll(async () => {
  if (!chromium.missing) browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
});

const marks = [
  { atUs: 20 * SECOND, text: "first close" },
  { atUs: 60 * SECOND, text: "first EADDRNOTAVAIL" },
  { atUs: 61 * SECOND, text: "first reset" },
  { atUs: 280 * SECOND, text: "last TIME-WAIT" },
];

const points = [0, 1, 2, 3].map((n) => ({
  x: 10 + n,
  mean: n / 4,
  low: n / 4 - 0.1,
  high: n / 4 + 0.1,
}));

/** Every picture in the widths at which it may stand. */
const pictures: readonly (readonly [string, string])[] = [320, 480, 800, 1200].flatMap((width) => [
  [
    `a census ${width} wide`,
    censusSvg(crowd, { title: "port-exhaustion", hosts: HOSTS, marks, width }),
  ] as const,
  [
    `a sweep ${width} wide`,
    sweepSvg(points, {
      title: "Ports against offered load",
      x: { label: "offered load (erlangs)" },
      y: { label: "refused", kind: "share" },
      points: "simulated, 99 % interval",
      theory: {
        name: "Erlang B",
        line: [
          [10, 0],
          [13, 0.75],
        ],
      },
      width,
    }),
  ] as const,
]);

/** Shows a picture as a document of its own, and what a function finds in it. */
async function inBrowser<T>(svg: string, dark: boolean, look: () => T): Promise<T> {
  const tab = await browser?.context.newPage();
  if (tab === undefined) throw new Error("there is no browser");
  await tab.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  await tab.goto(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
  const found = await tab.evaluate(look);
  await tab.close();
  return found;
}

test.skipIf(chromium.missing).each(pictures)(
  "in %s no text covers another, and none is cut off",
  async (_name, svg) => {
    const { texts, faults } = await inBrowser(svg, false, () => {
      const edge = document.documentElement.getBoundingClientRect();
      const boxes = [...document.querySelectorAll("text")].map((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        // A line's box is higher than its letters.
        return { content: text.textContent, left, right, top: top + 2, bottom: bottom - 2 };
      });
      const outside = boxes.filter(
        ({ left, right, top, bottom }) =>
          left < 0 || top < 0 || right > edge.width || bottom > edge.height,
      );
      const covered = boxes.flatMap((a, index) =>
        boxes
          .slice(index + 1)
          .filter(
            (b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
          )
          .map((b) => `${a.content} × ${b.content}`),
      );
      const cut = outside.map(({ content }) => `${content} is cut off`);
      return { texts: boxes.length, faults: [...cut, ...covered] };
    });
    expect(faults).toEqual([]);
    expect(texts).toBeGreaterThan(10);
  },
);

test.skipIf(chromium.missing).each([
  ["light", "rgb(255, 255, 255)", "rgb(28, 35, 48)"],
  ["dark", "rgb(20, 22, 26)", "rgb(228, 232, 239)"],
])("one file is light and dark: %s", async (scheme, sheet, title) => {
  const svg = censusSvg(crowd, { title: "steady", hosts: HOSTS });
  const found = await inBrowser(svg, scheme === "dark", () =>
    [".sheet", ".title"].map((name) => {
      const shape = document.querySelector(name);
      return shape === null ? "" : getComputedStyle(shape).fill;
    }),
  );
  expect(found).toEqual([sheet, title]);
});
