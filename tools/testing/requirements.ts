import { accessSync, appendFileSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that some tests need and that npm cannot install. */
interface Tool {
  /** Names under which it may stand on the PATH, best first. */
  readonly commands: readonly string[];
  /** The Debian package that has it. */
  readonly debian: string;
}

const TOOLS = {
  chromium: { commands: ["chromium", "chromium-browser", "google-chrome"], debian: "chromium" },
  firefox: { commands: ["firefox-esr", "firefox"], debian: "firefox-esr" },
  webkit: { commands: ["WebKitWebDriver"], debian: "webkit2gtk-driver" },
  xvfb: { commands: ["Xvfb"], debian: "xvfb" },
  tshark: { commands: ["tshark"], debian: "tshark" },
  socat: { commands: ["socat"], debian: "socat" },
  ip: { commands: ["ip"], debian: "iproute2" },
  nft: { commands: ["nft"], debian: "nftables" },
  curl: { commands: ["curl"], debian: "curl" },
  python3: { commands: ["python3"], debian: "python3" },
  setpriv: { commands: ["setpriv"], debian: "util-linux" },
  mkdocs: { commands: ["mkdocs"], debian: "mkdocs" },
  sphinx: { commands: ["sphinx-build"], debian: "python3-sphinx" },
  cc: { commands: ["cc", "gcc", "clang"], debian: "gcc libc6-dev" },
} as const satisfies Record<string, Tool>;

export type ToolName = keyof typeof TOOLS;

/** What `requireTool` found. */
export interface Requirement {
  /** True where the tool is not installed: `test.skipIf(tshark.missing)(…)`. */
  readonly missing: boolean;
  /** Where the program is; empty where it is missing. */
  readonly path: string;
}

/**
 * Looks for a program that a test needs. A test that cannot run here says so
 * loudly and how to mend it, and `npm test` lists it again at its end; with
 * `CI=true` there is no excuse: this throws, and the file counts as failed.
 *
 * `found` is for a tool that can stand elsewhere than on the PATH, such as a
 * browser: its path, or an empty string.
 */
export function requireTool(name: ToolName, found: string = findOnPath(name)): Requirement {
  return { ...requireThat(found !== "", howToGet(name)), path: found };
}

/** What to say where a tool is missing. */
export function howToGet(name: ToolName): string {
  return `${name} is not installed; get it with: apt-get install ${TOOLS[name].debian}`;
}

/** The same for what no package brings, such as the right to make network namespaces. */
export function requireThat(met: boolean, hint: string): Requirement {
  if (met) return { missing: false, path: "" };
  if (process.env["CI"] === "true") throw new Error(`${hint} (CI=true, so nothing may be skipped)`);
  announce(hint);
  return { missing: true, path: "" };
}

/** The path of the first of the tool's commands that can be run, or an empty string. */
export function findOnPath(name: ToolName): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const command of TOOLS[name].commands) {
    for (const folder of folders) {
      const path = join(folder, command);
      if (isExecutable(path)) return path;
    }
  }
  return "";
}

/** Whether there is a file that this process may run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** To the terminal now, and to the runner's list for its end. */
function announce(hint: string): void {
  console.warn(`SKIPPED TESTS: ${hint}`);
  const list = process.env["SYNFIN_SKIPS_FILE"];
  if (list !== undefined) appendFileSync(list, `${hint}\n`);
}
