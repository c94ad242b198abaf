import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

const GOLDENS = new URL("./pictures/", import.meta.url);
/** Not in the repository; see .gitignore. */
const FAILED = new URL("./failed/", import.meta.url);

/**
 * How different a pixel may be, from 0 to 1: what two versions of a browser make of the
 * edge of a letter is not seen.
 */
const THRESHOLD = 0.06;
/** How many pixels may be more different than that; one digit for another takes more. */
export const MOST_PIXELS = 10;

/** What came of a comparison: empty where the pictures are the same to an eye. */
export type Difference = string;

/**
 * Compares a screenshot with the golden of this name. With `SYNFIN_GOLDENS=write` it
 * becomes the golden instead. Where they differ, both it and the difference are kept as
 * files, and the answer says where.
 */
export function compareGolden(name: string, screenshot: Uint8Array): Difference {
  const golden = new URL(`${name}.png`, GOLDENS);
  const actual = PNG.sync.read(Buffer.from(screenshot));
  if (process.env["SYNFIN_GOLDENS"] === "write") {
    write(golden, actual);
    return "";
  }
  if (!existsSync(golden)) return `there is no golden ${name}; write it: npm run goldens`;
  const { pixels, picture } = differ(PNG.sync.read(readFileSync(golden)), actual);
  if (pixels <= MOST_PIXELS) return "";
  const kept = { actual, ...(picture === undefined ? {} : { diff: picture }) };
  const paths = Object.entries(kept).map(([kind, png]) => {
    const path = new URL(`${name}.${kind}.png`, FAILED);
    write(path, png);
    return fileURLToPath(path);
  });
  return [
    `${name} differs from its golden in ${pixels} pixels; at most ${MOST_PIXELS} may.`,
    ...paths.map((path) => `  ${path}`),
    "If it should look like that: npm run goldens, and look at each picture before you commit it.",
  ].join("\n");
}

/** How many pixels differ, and a picture of them; all of them where the sizes differ. */
export function differ(golden: PNG, actual: PNG): { pixels: number; picture?: PNG } {
  const { width, height } = golden;
  if (actual.width !== width || actual.height !== height) {
    return { pixels: Math.max(width * height, actual.width * actual.height) };
  }
  const picture = new PNG({ width, height });
  const pixels = pixelmatch(golden.data, actual.data, picture.data, width, height, {
    threshold: THRESHOLD,
  });
  return { pixels, picture };
}

/** Forgets the pictures of an earlier failure. */
export function forgetFailures(): void {
  rmSync(FAILED, { recursive: true, force: true });
}

function write(path: URL, png: PNG): void {
  mkdirSync(new URL(".", path), { recursive: true });
  // Without transparency, and as small as it gets.
  writeFileSync(
    path,
    PNG.sync.write(png, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 }),
  );
}
