import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { findOnPath, isExecutable, type Requirement, requireTool } from "./requirements.ts";

/**
 * A Chromium that a test may drive. Call it at the top of a
 * `*.browser.test.ts` and put `test.skipIf(browser.missing)` before its tests.
 */
export function requireBrowser(): Requirement {
  return requireTool("chromium", findChromium());
}

/**
 * The path of a Chromium or Chrome, or an empty string: what `CHROMIUM_PATH`
 * or `CHROME_PATH` names, then the PATH, then the usual places of Linux, macOS
 * and Windows, then what Playwright has downloaded for other projects.
 *
 * @throws where the environment names a browser that is not there: falling
 * back on another would test something else than was asked for.
 */
export function findChromium(): string {
  for (const name of ["CHROMIUM_PATH", "CHROME_PATH"]) {
    const path = process.env[name] ?? "";
    if (path === "") continue;
    if (isExecutable(path)) return path;
    throw new Error(
      `${name} is ${path}, which cannot be run; name a Chromium's binary or unset it`,
    );
  }
  return findOnPath("chromium") || (usualPlaces().find(isExecutable) ?? "");
}

function usualPlaces(): string[] {
  const windows = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"]
    .map((name) => process.env[name] ?? "")
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, "Google", "Chrome", "Application", "chrome.exe"));
  return [
    "/usr/bin/google-chrome-stable",
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ...windows,
    ...fromPlaywright(),
  ];
}

/** Where Playwright's downloads keep the binary, below `chromium-<revision>`. */
const IN_DOWNLOAD = [
  "chrome-linux64/chrome",
  "chrome-linux/chrome",
  "chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
  "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
  "chrome-win64/chrome.exe",
  "chrome-win/chrome.exe",
];

/** Browsers in Playwright's caches, the newest download first. */
function fromPlaywright(): string[] {
  const caches = [
    process.env["PLAYWRIGHT_BROWSERS_PATH"] ?? "",
    join(homedir(), ".cache", "ms-playwright"),
    join(homedir(), "Library", "Caches", "ms-playwright"),
    join(process.env["LOCALAPPDATA"] ?? homedir(), "ms-playwright"),
  ];
  return caches.flatMap((cache) =>
    downloads(cache).flatMap((folder) => IN_DOWNLOAD.map((place) => join(cache, folder, place))),
  );
}

function downloads(cache: string): string[] {
  if (cache === "" || !existsSync(cache)) return [];
  const revision = (folder: string): number => Number(folder.slice("chromium-".length));
  return readdirSync(cache)
    .filter((folder) => folder.startsWith("chromium-"))
    .sort((a, b) => revision(b) - revision(a));
}

/** What a headless Chromium needs to be quiet: no calls home, no first-run pages, no GPU. */
const QUIET = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A running browser, with a profile of its own that goes when it closes. */
export interface Browser {
  readonly context: BrowserContext;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** CSS pixels; 1280 by 800 if left out. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: "light" | "dark";
  readonly reducedMotion?: "reduce" | "no-preference";
  readonly javaScriptEnabled?: boolean;
  /** Whether it is used with a finger. */
  readonly hasTouch?: boolean;
  readonly locale?: string;
  /** More command-line flags. */
  readonly args?: readonly string[];
}

/** Starts the Chromium that `findChromium` finds, headless, with a fresh profile. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const { args = [], ...contextOptions } = options;
  const profile = mkdtempSync(join(tmpdir(), "synfin-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: true,
    // Chromium refuses to sandbox itself as root, as containers run it.
    chromiumSandbox: process.getuid?.() !== 0,
    args: [...QUIET, ...args],
    viewport: { width: 1280, height: 800 },
    ...contextOptions,
  });
  const close = async (): Promise<void> => {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, close };
}
