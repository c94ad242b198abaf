import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseScript, printScript, type Script } from "../../src/index.ts";
import { mangled, stories } from "../support/stories.ts";
import { anyScript } from "./arbitrary-script.ts";

/** A script without its places. */
function bare(script: Script): unknown {
  return JSON.parse(JSON.stringify(script, (key, value) => (key === "at" ? undefined : value)));
}

function parsed(text: string): Script {
  const result = parseScript(text);
  if (!result.ok) throw new Error(`${result.error.message}\n${text}`);
  return result.script;
}

describe("print, then parse", () => {
  test("gives every script back", () => {
    let events = 0;
    fc.assert(
      fc.property(anyScript, (script) => {
        events += script.items.length;
        expect(bare(parsed(printScript(script)))).toEqual(bare(script));
      }),
      { numRuns: 2000 },
    );
    expect(events).toBeGreaterThan(4000);
  });

  test("gives our own stories back", () => {
    for (const text of stories) {
      const script = parsed(text);
      expect(bare(parsed(printScript(script)))).toEqual(bare(script));
    }
  });
});

describe("no text makes the parser throw", () => {
  const parse = (text: string): "script" | "refused" => {
    const result = parseScript(text);
    if (result.ok) return "script";
    const { line, column, message } = result.error;
    const lines = text.split("\n");
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
    expect(message).not.toContain("\n");
    return "refused";
  };

  test("neither any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => void parse(text)),
      { numRuns: 5000 },
    );
  });

  test("nor a mangled script", () => {
    const seen = { script: 0, refused: 0 };
    fc.assert(
      fc.property(mangled, (text) => {
        seen[parse(text)] += 1;
      }),
      { numRuns: 3000 },
    );
    expect(seen.script).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(1000);
  });

  test("nor a very long one", () => {
    expect(parse("[".repeat(200_000))).toBe("refused");
    expect(parse("#\n".repeat(200_000))).toBe("script");
    expect(parse(`0 f(${"1,".repeat(100_000)}1) = 0`)).toBe("script");
  });
});
