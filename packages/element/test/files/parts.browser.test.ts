import { parseFault, scenarios, type Trace, traceScenario } from "@synfin/simulator";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { VIEWS } from "../../build/sizes-document.mjs";
import {
  CONNECTION,
  CROWD,
  change,
  chromium,
  drawn,
  runCrowd,
  script,
  setUp,
  takeAway,
  visit,
} from "./library.ts";

setUp();

const FILE = (): string => script("/v1/tcp-connection.js");

/** Names of parts, without those that only their order decides. */
const partsIn = (loaded: readonly string[]): string[] =>
  loaded.filter((name) => name.startsWith("parts/")).sort();

const traceIn = (tab: Page): Promise<Trace | undefined> =>
  tab.evaluate(async () => {
    const element = document.querySelector("tcp-connection");
    await element?.ready;
    return element?.trace;
  });

describe.skipIf(chromium.missing)("what is loaded when", () => {
  test("a scenario that ships is drawn and played without the machine; a fork fetches it", () =>
    visit({ html: FILE() + CONNECTION }, async (tab, { loaded, words }) => {
      await drawn(tab);
      await tab.evaluate(async () => {
        const element = document.querySelector("tcp-connection");
        await element?.ready;
        element?.play();
      });
      await tab.waitForFunction(
        () => (document.querySelector("tcp-connection")?.currentTime ?? 0) > 0.1,
      );
      const first = [
        "parts/cards.js",
        "parts/controls.js",
        "parts/narration-en.js",
        "parts/run-lost-fin.js",
      ];
      expect(partsIn(loaded)).toEqual(first);
      await tab.evaluate(() => document.querySelector("tcp-connection")?.dropSegment("client-2"));
      expect((await traceIn(tab))?.faults[0]).toBe("drop:client:any:2");
      expect(partsIn(loaded)).toEqual([...first, "parts/machine.js"].sort());
      expect(words).toEqual([]);
    }));

  test("in Korean the words of Korean, and in a ladder alone no words at all", async () => {
    await visit({ html: FILE() + CONNECTION, lang: "ko" }, async (tab, { loaded }) => {
      await tab.locator("tcp-connection .source", { hasText: "RFC" }).waitFor();
      expect(partsIn(loaded)).toContain("parts/narration-ko.js");
      expect(partsIn(loaded)).not.toContain("parts/narration-en.js");
    });
    const alone = '<tcp-connection scenario="half-close" view="ladder"></tcp-connection>';
    await visit({ html: FILE() + alone }, async (tab, { loaded }) => {
      await drawn(tab);
      await tab.waitForLoadState("networkidle");
      expect(partsIn(loaded)).toEqual(["parts/controls.js", "parts/run-half-close.js"]);
    });
  });

  test("synfin.js asks for the first parts at once, and nothing is loaded twice", () =>
    visit({ html: script("/v1/synfin.js") + CONNECTION + CONNECTION }, async (tab, { loaded }) => {
      await drawn(tab);
      await tab.waitForLoadState("networkidle");
      expect(loaded[0]).toBe("synfin.js");
      expect([...loaded].sort()).toEqual([
        "parts/cards.js",
        "parts/controls.js",
        "parts/narration-en.js",
        "parts/run-lost-fin.js",
        "synfin.js",
        "tcp-connection.js",
      ]);
    }));

  test("what docs/element-sizes.md adds up is what a browser asks for [points 7, 8]", async () => {
    const [frame, pressed, told, fork, field, exported, crowd, other] = Object.values(VIEWS);
    const sorted = (...lists: (readonly string[] | undefined)[]): string[] =>
      lists.flatMap((list) => list ?? []).sort();
    const ladder = CONNECTION.replace(">", ' view="picker ladder controls">');
    await visit({ html: script("/v1/synfin.js") + ladder }, async (tab, { loaded }) => {
      await drawn(tab);
      await tab.waitForLoadState("networkidle");
      expect([...loaded].sort()).toEqual(sorted(frame, pressed));
    });
    await visit({ html: script("/v1/synfin.js") + CONNECTION }, async (tab, { loaded }) => {
      const now = (): string[] => [...loaded].sort();
      await drawn(tab);
      await traceIn(tab);
      expect(now()).toEqual(sorted(frame, pressed, told));
      await tab.evaluate(() => document.querySelector("tcp-connection")?.dropSegment("client-2"));
      await traceIn(tab);
      expect(now()).toEqual(sorted(frame, pressed, told, fork));
      await tab.locator("tcp-connection [data-field=seq]").hover();
      await tab.locator("tcp-connection .about", { hasText: /\w/ }).waitFor();
      expect(now()).toEqual(sorted(frame, pressed, told, fork, field));
      await tab.evaluate(() => document.querySelector("tcp-connection")?.exportAs("svg"));
      expect(now()).toEqual(sorted(frame, pressed, told, fork, field, exported));
    });
    await visit({ html: script("/v1/synfin.js") + CROWD }, async (tab, { loaded }) => {
      await runCrowd(tab);
      expect([...loaded].sort()).toEqual(sorted(crowd));
      await tab.evaluate(async () => {
        const element = document.querySelector("tcp-load");
        if (element !== null) element.scenario = "port-exhaustion";
        await element?.updateComplete;
      });
      expect([...loaded].sort()).toEqual(sorted(crowd, other));
    });
  });

  test("who comes near has the machine before the first click", () =>
    visit({ html: FILE() + CONNECTION }, async (tab, { loaded }) => {
      await drawn(tab);
      await tab.locator("tcp-connection").hover();
      await expect.poll(() => partsIn(loaded)).toContain("parts/machine.js");
    }));

  test.each([
    [
      "exported",
      "parts/export.js",
      () => document.querySelector("tcp-connection")?.exportAs("text"),
    ],
    ["linked to", "parts/links.js", () => document.querySelector("tcp-connection")?.toLink()],
  ])("a run that is %s takes %s", (_, part, act) =>
    visit({ html: FILE() + CONNECTION }, async (tab, { loaded, words }) => {
      await drawn(tab);
      expect(partsIn(loaded)).not.toContain(part);
      await tab.evaluate(act as () => Promise<unknown>);
      expect(partsIn(loaded)).toContain(part);
      expect(words).toEqual([]);
    }),
  );
});

describe.skipIf(chromium.missing)("what the files show is what the machine does", () => {
  test("the recorded runs are the machine's own, to the last field [point 31]", () =>
    visit({ html: `${FILE()}<tcp-connection></tcp-connection>` }, async (tab, { loaded }) => {
      expect(scenarios.length).toBeGreaterThan(20);
      for (const scenario of scenarios) {
        await tab.evaluate((name) => {
          Object.assign(document.querySelector("tcp-connection") ?? {}, { scenario: name });
        }, scenario.name);
        expect(JSON.stringify(await traceIn(tab))).toBe(JSON.stringify(traceScenario(scenario)));
      }
      expect(partsIn(loaded)).not.toContain("parts/machine.js");
    }));

  test("so are those that the part `machine` makes, with a seed and a fault of one's own [point 32]", () =>
    visit({ html: `${FILE()}<tcp-connection></tcp-connection>` }, async (tab, { loaded }) => {
      const text = "drop:client:any:2";
      const fault = parseFault(text);
      if (!fault.ok) throw new Error(fault.message);
      for (const scenario of scenarios) {
        await tab.evaluate(
          ([name, faults]) => {
            const element = document.querySelector("tcp-connection");
            Object.assign(element ?? {}, { scenario: name, faults, seed: 7 });
          },
          [scenario.name, text] as const,
        );
        const made = traceScenario(scenario, { seed: 7, faults: [fault.value] });
        expect(JSON.stringify(await traceIn(tab))).toBe(JSON.stringify(made));
      }
      expect(partsIn(loaded)).toContain("parts/machine.js");
    }));
});

describe.skipIf(chromium.missing)("a part that does not come", () => {
  const notice = (tab: Page) => tab.locator("tcp-connection .missing");
  /** The browser's own words on a file that it was not given. */
  const unasked = (words: readonly string[]): string[] =>
    words.filter((text) => !text.startsWith("Failed to load resource"));

  test("is told, the rest goes on, and the reader can try again", async () => {
    const putBack = takeAway("/v1/parts/machine.js");
    try {
      await visit({ html: FILE() + CONNECTION }, async (tab, { words }) => {
        await drawn(tab);
        await tab.evaluate(() => document.querySelector("tcp-connection")?.dropSegment("client-2"));
        await notice(tab).waitFor();
        expect(await notice(tab).innerText()).toContain("could not be loaded");
        await tab.evaluate(() => document.querySelector("tcp-connection")?.step(3));
        expect(await tab.evaluate(() => document.querySelector("tcp-connection")?.state.step)).toBe(
          3,
        );
        putBack();
        await notice(tab).getByRole("button", { name: "Try again" }).click();
        await notice(tab).waitFor({ state: "detached" });
        await tab.evaluate(() => document.querySelector("tcp-connection")?.dropSegment("client-2"));
        expect((await traceIn(tab))?.faults[0]).toBe("drop:client:any:2");
        expect(unasked(words)).toEqual([]);
      });
    } finally {
      putBack();
    }
  });

  test("is told where it is the bars: the ladder is there and plays, and they come with a second try", async () => {
    const putBack = takeAway("/v1/parts/controls.js");
    try {
      await visit({ html: FILE() + CONNECTION }, async (tab, { words }) => {
        await notice(tab).waitFor();
        expect(await notice(tab).innerText()).toContain("could not be loaded");
        expect(await tab.locator("tcp-connection .ladder .arrow").count()).toBe(10);
        expect(await tab.locator("tcp-connection .bar").count()).toBe(0);
        await tab.locator("tcp-connection .source", { hasText: "RFC" }).waitFor();
        const went = await tab.evaluate(async () => {
          const element = document.querySelector("tcp-connection");
          await element?.ready;
          element?.step(3);
          await element?.updateComplete;
          return [element?.state.step, element?.state.phase];
        });
        expect(went).toEqual([3, "paused"]);
        putBack();
        await notice(tab).getByRole("button", { name: "Try again" }).click();
        await drawn(tab);
        await tab.locator("tcp-connection").getByRole("button", { name: "Step forward" }).click();
        expect(await tab.evaluate(() => document.querySelector("tcp-connection")?.state.step)).toBe(
          4,
        );
        expect(unasked(words)).toEqual([]);
      });
    } finally {
      putBack();
    }
  });

  test("that an older build left behind is not used, and the right one is asked for past it", async () => {
    const putBack = change("/v1/parts/machine.js", (text) =>
      text.replace(/made="\w+"/, 'made="older"'),
    );
    try {
      await visit({ html: FILE() + CONNECTION }, async (tab, { words }) => {
        await drawn(tab);
        await tab.evaluate(() => document.querySelector("tcp-connection")?.dropSegment("client-2"));
        await notice(tab).waitFor();
        expect((await traceIn(tab))?.faults).toEqual(["drop:client:FIN"]);
        putBack();
        await notice(tab).getByRole("button", { name: "Try again" }).click();
        await notice(tab).waitFor({ state: "detached" });
        await tab.evaluate(() => document.querySelector("tcp-connection")?.dropSegment("client-2"));
        expect((await traceIn(tab))?.faults[0]).toBe("drop:client:any:2");
        expect(words).toEqual([]);
      });
    } finally {
      putBack();
    }
  });

  test("says so in Korean, and the words come with a second try", async () => {
    const putBack = takeAway("/v1/parts/narration-ko.js");
    try {
      await visit({ html: FILE() + CONNECTION, lang: "ko" }, async (tab, { words }) => {
        await drawn(tab);
        await notice(tab).waitFor();
        expect(await tab.locator("tcp-connection .source").innerText()).toBe("");
        putBack();
        await notice(tab).getByRole("button", { name: "다시 시도" }).click();
        await tab.locator("tcp-connection .source", { hasText: "RFC" }).waitFor();
        expect(await notice(tab).count()).toBe(0);
        expect(unasked(words)).toEqual([]);
      });
    } finally {
      putBack();
    }
  });
});
