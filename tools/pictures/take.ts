import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "../testing/browser.ts";
import { serveStatic } from "../testing/static-server.ts";

/** One picture of the documents: an element on a page of its own. */
interface Picture {
  readonly name: string;
  readonly width: number;
  readonly html: string;
  /** Runs in the page before the picture is taken; may be awaited. */
  readonly prepare: string;
  /** English if left out. */
  readonly lang?: "en" | "ko";
  /** Only so; light and dark if left out. */
  readonly only?: ColorScheme;
  /** As a finger uses it, or as a printer puts it on paper. */
  readonly on?: "phone" | "paper";
}

type ColorScheme = "light" | "dark";

/** The lost FIN, sent again, has almost arrived; the dot hides no label. */
const SEEK = `
  const connection = document.querySelector("tcp-connection");
  await connection.ready;
  connection.seek(1.358)`;
/** The same with the bit that says FIN looked at. */
const INSPECT = `${SEEK};
  const root = document.querySelector("tcp-connection").shadowRoot;
  await new Promise(requestAnimationFrame);
  root.querySelector('[data-field="FIN"]').dispatchEvent(new PointerEvent("pointerover", { bubbles: true }))`;
const LOST_FIN = '<tcp-connection scenario="lost-fin"></tcp-connection>';
const RUN = `
  const load = document.querySelector("tcp-load");
  const ended = new Promise((resolve) => load.addEventListener("tcp-end", resolve));
  load.run();
  await ended;
  // Where most are held: in the end, all are over.
  load.shadowRoot.querySelector("[part=moments] button").click();
  load.shadowRoot.activeElement?.blur()`;

const PICTURES: readonly Picture[] = [
  { name: "tcp-connection", width: 1080, html: LOST_FIN, prepare: SEEK },
  { name: "korean", width: 1080, html: LOST_FIN, prepare: SEEK, lang: "ko", only: "light" },
  { name: "inspector", width: 1080, html: LOST_FIN, prepare: INSPECT, only: "dark" },
  { name: "phone", width: 390, html: LOST_FIN, prepare: INSPECT, only: "light", on: "phone" },
  { name: "paper", width: 720, html: LOST_FIN, prepare: SEEK, only: "light", on: "paper" },
  { name: "tcp-load", width: 1080, html: "<tcp-load></tcp-load>", prepare: RUN },
];

/** Takes every picture, light and dark, into `folder`. Returns their paths. */
export async function takePictures(root: string, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const paths: string[] = [];
  for (const picture of PICTURES) {
    for (const colorScheme of ["light", "dark"] as const) {
      if ((picture.only ?? colorScheme) !== colorScheme) continue;
      const ending = picture.only === undefined ? `-${colorScheme}` : "";
      const path = join(folder, `${picture.name}${ending}.png`);
      await takePicture(root, picture, colorScheme, path);
      paths.push(path);
    }
  }
  return paths;
}

async function takePicture(
  root: string,
  picture: Picture,
  colorScheme: ColorScheme,
  path: string,
): Promise<void> {
  const pages = { "/": pageOf(picture) };
  const server = await serveStatic(join(root, "packages/element/dist"), { pages });
  const viewport = { width: picture.width + 40, height: 2400 };
  const hasTouch = picture.on === "phone";
  const browser = await launchBrowser({ viewport, colorScheme, reducedMotion: "reduce", hasTouch });
  try {
    const page = await browser.context.newPage();
    if (picture.on === "paper") await page.emulateMedia({ media: "print" });
    await page.goto(server.origin);
    await page.waitForFunction("document.querySelector('main > :defined') !== null");
    await page.evaluate(`(async () => { ${picture.prepare} })()`);
    await page.waitForTimeout(300);
    await page.locator("main > *").screenshot({ path });
  } finally {
    await browser.close();
    await server.close();
  }
}

function pageOf({ html, width, lang = "en" }: Picture): string {
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8">
<style>:root { color-scheme: light dark; --synfin-ladder-height: none } body { margin: 20px } main { width: ${width}px }</style>
<main>${html}</main><script type="module" src="/synfin.js"></script></html>`;
}
