import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "../testing/browser.ts";
import { serveStatic } from "../testing/static-server.ts";

/** One picture of the README: an element on a page of its own. */
interface Picture {
  readonly name: string;
  readonly width: number;
  readonly html: string;
  /** Runs in the page before the picture is taken; may be awaited. */
  readonly prepare: string;
}

/** The lost FIN, sent again, has almost arrived; the dot hides no label. */
const SEEK = `
  const connection = document.querySelector("tcp-connection");
  await connection.ready;
  connection.seek(1.358)`;
const RUN = `
  const load = document.querySelector("tcp-load");
  const ended = new Promise((resolve) => load.addEventListener("tcp-end", resolve));
  load.run();
  await ended;
  // Where most are held: in the end, all are over.
  load.shadowRoot.querySelector("[part=moments] button").click();
  load.shadowRoot.activeElement?.blur()`;

const PICTURES: readonly Picture[] = [
  {
    name: "tcp-connection",
    width: 1080,
    html: '<tcp-connection scenario="lost-fin"></tcp-connection>',
    prepare: SEEK,
  },
  { name: "tcp-load", width: 1080, html: "<tcp-load></tcp-load>", prepare: RUN },
];

/** Takes every picture, light and dark, into `folder`. Returns their paths. */
export async function takePictures(root: string, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const paths: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    for (const picture of PICTURES) {
      const path = join(folder, `${picture.name}-${colorScheme}.png`);
      await takePicture(root, picture, colorScheme, path);
      paths.push(path);
    }
  }
  return paths;
}

async function takePicture(
  root: string,
  picture: Picture,
  colorScheme: "light" | "dark",
  path: string,
): Promise<void> {
  const pages = { "/": pageOf(picture) };
  const server = await serveStatic(join(root, "packages/element/dist"), { pages });
  const viewport = { width: picture.width + 40, height: 900 };
  const browser = await launchBrowser({ viewport, colorScheme, reducedMotion: "reduce" });
  try {
    const page = await browser.context.newPage();
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

function pageOf({ html, width }: Picture): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<style>:root { color-scheme: light dark } body { margin: 20px } main { width: ${width}px }</style>
<main>${html}</main><script type="module" src="/synfin.js"></script></html>`;
}
