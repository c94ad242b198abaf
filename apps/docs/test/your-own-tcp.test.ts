import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { plant } from "../../../tools/testing/plant.ts";
import { requireTool } from "../../../tools/testing/requirements.ts";

const cc = requireTool("cc");
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SYNFIN = join(ROOT, "apps/cli/bin/synfin.js");
const EXAMPLE = "packages/properties/examples/small-tcp";

/** A fenced block of a page. */
interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = "", text = ""]) => {
    return { language, text };
  });
}

/** A reader in a clone of the repository, who types what the page says. */
class Reader {
  private folder: string;
  status: number | null = 0;
  stdout = "";

  constructor() {
    this.folder = plant({});
    cpSync(join(ROOT, EXAMPLE), join(this.folder, EXAMPLE), { recursive: true });
  }

  type(command: string): void {
    const [first = "", target = ""] = command.split(" ");
    if (first === "cd") {
      this.folder = join(this.folder, target);
      return;
    }
    // Outside of the repository npx would look for the command in the registry.
    const own = command.replace(/^npx synfin /, `"${process.execPath}" "${SYNFIN}" `);
    // Whatever the compiler is called here, the page calls it cc.
    const line = own.replace(/^cc /, `"${cc.path}" `);
    const { status, stdout, stderr } = spawnSync("sh", ["-c", line], {
      cwd: this.folder,
      encoding: "utf8",
    });
    expect(stderr, command).toBe("");
    this.status = status;
    this.stdout = stdout;
  }

  /** Hands lines to a program in the folder. */
  ask(program: string, lines: readonly string[]): string[] {
    const input = `${lines.join("\n")}\n`;
    const { stdout } = spawnSync(program, { cwd: this.folder, encoding: "utf8", input });
    return stdout.trimEnd().split("\n");
  }

  /** Takes the lines out of the file that a diff takes out. */
  mend(file: string, diff: string): void {
    const path = join(this.folder, file);
    const text = readFileSync(path, "utf8");
    const gone = diff.replaceAll(/^-/gm, "");
    expect(text.split(gone)).toHaveLength(2);
    writeFileSync(path, text.replace(gone, ""));
  }
}

const PAGES = ["guide/your-own-tcp.md", "ko/guide/your-own-tcp.md"];

test.skipIf(cc.missing)(
  "the page finds the planted bug, step by step",
  { timeout: 120_000 },
  () => {
    const [page = ""] = PAGES;
    const blocks = blocksOf(readFileSync(new URL(`../${page}`, import.meta.url), "utf8"));
    const reader = new Reader();
    const exits: (number | null)[] = [];
    for (const { language, text } of blocks) {
      const lines = text.trimEnd().split("\n");
      if (language === "sh") {
        for (const line of lines) {
          reader.type(line);
          if (line.startsWith("npx ")) exits.push(reader.status);
          else expect(reader.status, line).toBe(0);
        }
      } else if (language === "diff") {
        reader.mend("tcp.c", text);
      } else if (text.startsWith("> ")) {
        const [read, written] = ["> ", "< "].map((mark) => {
          return lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(2));
        });
        expect(reader.ask("./small-tcp", read ?? [])).toEqual(written);
      } else {
        // What the page shows is what the command before it printed, to its end.
        expect(reader.stdout.endsWith(text), reader.stdout).toBe(true);
      }
    }
    // Whole, then with the bug, the one case again, and both once more when it is mended.
    expect(exits).toEqual([0, 1, 1, 0, 0]);
  },
);

test("the page in Korean has the same commands and shows the same", () => {
  const [english, korean] = PAGES.map((page) => {
    return blocksOf(readFileSync(new URL(`../${page}`, import.meta.url), "utf8"));
  });
  expect(korean).toEqual(english);
  expect(english?.filter(({ language }) => language === "sh").length).toBeGreaterThanOrEqual(5);
});

test("what the page names is there", () => {
  const text = readFileSync(new URL(`../${PAGES[0]}`, import.meta.url), "utf8");
  const named = [...text.matchAll(/`((?:packages|apps)\/[\w./-]+)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(0);
  for (const path of named) expect(readFileSync(join(ROOT, path), "utf8")).not.toBe("");
});
