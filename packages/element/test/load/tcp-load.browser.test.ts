import { State } from "@synfin/core/tcp";
import { BulkRun, type BulkSummary, checkRequest, summaryOf } from "@synfin/simulator/bulk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBrowser } from "../../../../tools/testing/browser.ts";
import { burn, watchTasks } from "../../../../tools/testing/page-tasks.ts";
import type { TcpLoad } from "../../src/index.ts";
import {
  type LoadSite,
  type Notes,
  openLoadSite,
  run,
  untilEnd,
  untilMoving,
  workers,
} from "./support.ts";

const chromium = requireBrowser();

/** What Node makes of a run of the steady scenario with its defaults. */
function steadyHere(): BulkSummary {
  const checked = checkRequest({ scenario: "steady", choice: {}, seed: 7 });
  if (!checked.ok) throw new Error(checked.message);
  const { scenario, settings } = checked.value;
  const run = new BulkRun(scenario.plan(settings), { scenario: "steady", seed: 7 });
  while (!run.advance(100_000));
  return summaryOf(run.result(), scenario.oracles(settings));
}

declare const notes: Notes;
let site: LoadSite | undefined;
let strict: LoadSite | undefined;

beforeAll(async () => {
  if (chromium.missing) return;
  site = await openLoadSite();
  strict = await openLoadSite("default-src 'self'");
});

afterAll(async () => {
  await site?.close();
  await strict?.close();
});

test.skipIf(chromium.missing)("ten thousand connections run in a worker [point 39]", async () => {
  await site?.onPage("/", async (tab) => {
    await run(tab);
    const { reason, result } = await untilEnd(tab);

    expect(reason).toBe("done");
    expect(result).toEqual(steadyHere());
    expect(result?.connections).toMatchObject({ opened: 10_000, closed: 10_000, failed: 0 });

    const shown = await tab.evaluate(() => {
      const element = document.querySelector("tcp-load");
      const root = element?.shadowRoot;
      const areas = [...(root?.querySelectorAll(".chart path.band") ?? [])];
      return {
        backend: element?.view.backend,
        text: root?.querySelector("[part=figures]")?.textContent ?? "",
        areas: areas.filter((area) => (area.getAttribute("d") ?? "").length > 500).length,
        styled: root?.querySelectorAll("[style]").length,
      };
    });
    expect(shown).toMatchObject({ backend: "inline-worker", areas: 5, styled: 0 });
    expect(shown.text).toContain(result?.digest);
    expect(shown.text).toContain("10,000");
    await workers(tab, 0);
  });
});

test.skipIf(chromium.missing)(
  "while the worker runs, no task of the page takes 50 ms [point 39]",
  async () => {
    await site?.onPage("/", async (tab) => {
      const longest = await watchTasks(tab);
      const from = performance.now();
      await run(tab);
      await untilEnd(tab);
      const tookMs = Math.round(performance.now() - from);
      const longestMs = await longest();
      console.info(`10,000 connections: ${tookMs} ms, longest task ${longestMs.toFixed(1)} ms`);
      expect(longestMs).toBeLessThan(50);

      const control = await watchTasks(tab);
      await burn(tab);
      expect(await control(), "long tasks are seen").toBeGreaterThan(50);
    });
  },
);

test.skipIf(chromium.missing)(
  "under default-src 'self' a hosted worker runs, unhindered [point 11]",
  async () => {
    await strict?.onPage("/worker-url", async (tab) => {
      await run(tab);
      expect((await untilEnd(tab)).reason).toBe("done");
      expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.backend)).toBe(
        "worker-url",
      );
      expect(await tab.evaluate(() => notes.violations)).toEqual([]);
    });
  },
);

test.skipIf(chromium.missing)(
  "pausing holds the run, cancelling ends it at once [point 12]",
  { retry: 2 },
  async () => {
    await site?.onPage("/large", async (tab) => {
      await run(tab);
      await untilMoving(tab);
      await tab.getByRole("button", { name: "Pause" }).click();
      await tab.waitForTimeout(200);
      const at = () => tab.evaluate(() => document.querySelector("tcp-load")?.view.now?.atUs);
      const held = await at();
      await tab.waitForTimeout(200);
      expect(await at()).toBe(held);

      await tab.getByRole("button", { name: "Resume" }).click();
      await expect.poll(at).toBeGreaterThan(held ?? 0);
      const tookMs = await tab.evaluate(() => {
        const from = performance.now();
        const ended = new Promise((resolve) => {
          document.querySelector("tcp-load")?.addEventListener("tcp-end", resolve);
        });
        const button = document
          .querySelector("tcp-load")
          ?.shadowRoot?.querySelector("[part=cancel]");
        (button as HTMLButtonElement).click();
        return ended.then(() => performance.now() - from);
      });
      expect(tookMs).toBeLessThan(100);
      expect(await tab.evaluate(() => notes.ends)).toEqual([{ reason: "cancelled" }]);
      await workers(tab, 0);
    });
  },
);

test.skipIf(chromium.missing)(
  "a run survives a move in the page, and ends with a removal [point 14]",
  async () => {
    await site?.onPage("/large", async (tab) => {
      await run(tab);
      await untilMoving(tab);
      await tab.evaluate(() => {
        const element = document.querySelector("tcp-load");
        const elsewhere = document.body.appendChild(document.createElement("section"));
        if (element !== null) elsewhere.append(element);
      });
      await tab.waitForTimeout(100);
      expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.phase)).toBe(
        "running",
      );
      await workers(tab, 1);
      await tab.evaluate(() => document.querySelector("tcp-load")?.remove());
      await workers(tab, 0);
    });
  },
);

test.skipIf(chromium.missing)(
  "fifty mounts and unmounts leave no worker behind [point 14]",
  async () => {
    await site?.onPage("/small", async (tab) => {
      await tab.evaluate(async () => {
        for (let count = 0; count < 50; count += 1) {
          const element = document.createElement("tcp-load") as TcpLoad;
          document.body.append(element);
          await element.updateComplete;
          element.run();
          if (count % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
          element.remove();
        }
      });
      await workers(tab, 0);
    });
  },
);

test.skipIf(chromium.missing)(
  "a newer run takes the place of an older one [point 39]",
  async () => {
    await site?.onPage("/large", async (tab) => {
      await run(tab);
      await untilMoving(tab);
      await tab.evaluate(() => {
        const element = document.querySelector("tcp-load");
        if (element === null) return;
        element.connections = 100;
        element.run();
      });
      const { result } = await untilEnd(tab);
      expect(result?.connections.opened).toBe(100);
      expect(await tab.evaluate(() => notes.ends.length)).toBe(1);
      await workers(tab, 0);
    });
  },
);

test.skipIf(chromium.missing)(
  "settings that cannot be run are named, and nothing runs",
  async () => {
    await site?.onPage("/wrong", async (tab) => {
      const errors = await tab.locator("tcp-load [part=error]").allInnerTexts();
      expect(errors).toEqual([
        "There is no “hodl” here; there are connections, rate, hold, delay, loss.",
        "“connections” must be a whole number from 1 to 100,000,000; it is ?.",
        "“hold” must be from 0 s to 3,600 s; it is 7,200 s.",
        "“seed” must be a whole number from 0 to 4,294,967,295; it is -1.",
      ]);
      expect(await tab.getByRole("button", { name: "Run" }).isDisabled()).toBe(true);
      await tab.evaluate(() => document.querySelector("tcp-load")?.run());
      expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.phase)).toBe("idle");
      await tab.getByLabel("connections", { exact: true }).fill("100");
      await expect.poll(() => tab.locator("tcp-load [part=error]").count()).toBe(3);
    });
  },
);

test.skipIf(chromium.missing)(
  "attributes and properties agree, none are added unasked [point 29]",
  async () => {
    await site?.onPage("/", async (tab) => {
      const names = () => {
        const element = document.querySelector("tcp-load");
        return element?.getAttributeNames().map((name) => `${name}=${element.getAttribute(name)}`);
      };
      expect(await tab.evaluate(names)).toEqual([]);
      await tab.evaluate(async () => {
        const element = document.querySelector("tcp-load");
        if (element === null) return;
        Object.assign(element, { connections: 20, rate: 30, seed: 40, workerUrl: "/worker.js" });
        Object.assign(element, { scenario: "port-exhaustion", profile: "macos", set: "ports=9" });
        await element.updateComplete;
      });
      expect((await tab.evaluate(names))?.sort()).toEqual(
        [
          "connections=20",
          "rate=30",
          "seed=40",
          "worker-url=/worker.js",
          "scenario=port-exhaustion",
          "profile=macos",
          "set=ports=9",
        ].sort(),
      );
      const seed = await tab.evaluate(() => {
        const element = document.querySelector("tcp-load");
        element?.setAttribute("seed", "41");
        return element?.seed;
      });
      expect(seed).toBe(41);
    });
  },
);

test.skipIf(chromium.missing)(
  "Enter in a setting runs; start and end are said, frames are not [point 22]",
  async () => {
    await site?.onPage("/small", async (tab) => {
      await tab.getByLabel("connections", { exact: true }).press("Enter");
      const { result } = await untilEnd(tab);
      expect(result?.connections.opened).toBe(500);
      await tab.waitForTimeout(100);
      const said = await tab.evaluate(() => notes.said);
      expect(said[0]).toBe("running");
      expect(said.at(-1)).toMatch(/^finished at .* 500 closed, 0 failed$/);
      expect(said.length).toBeLessThanOrEqual(2);
    });
  },
);

test.skipIf(chromium.missing)(
  "the counts are there as a table, and at any time one looks at",
  async () => {
    await site?.onPage("/small", async (tab) => {
      await run(tab);
      const { result } = await untilEnd(tab);
      await tab.getByText("The counts as a table").click();
      await expect
        .poll(() => tab.locator("tcp-load [part=table] tbody tr").count())
        .toBe(result?.census.length);
      const row = result?.census[20];
      await tab.getByLabel("Look at a time").fill(String(row?.atUs));
      const label = `${((row?.atUs ?? 0) / 1e6).toLocaleString("en", { maximumFractionDigits: 1 })} s`;
      expect(await tab.locator("tcp-load output").innerText()).toBe(label);
      const legend = await tab.locator("tcp-load .legend").innerText();
      expect(legend.replace(/\s+/g, " ")).toContain(
        `ESTABLISHED ${row?.states[State.ESTABLISHED]}`,
      );
    });
  },
);

test.skipIf(chromium.missing)(
  "the page's language is followed at once, and the run stays [point 28]",
  async () => {
    await site?.onPage("/small", async (tab) => {
      await run(tab);
      await untilEnd(tab);
      await tab.evaluate(() => {
        document.documentElement.lang = "ko-KR";
      });
      await tab.getByRole("button", { name: "다시 실행" }).waitFor();
      expect(await tab.locator("tcp-load .title").innerText()).toBe("꾸준한 군중");
      expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.phase)).toBe("done");
    });
  },
);

test.skipIf(chromium.missing)("theory stands beside the run, in the reader's units", async () => {
  await site?.onPage("/ports", async (tab) => {
    const theory = async () =>
      (await tab.locator("tcp-load [part=theory]").innerText()).replace(/\s+/g, " ");
    expect(await theory()).toContain(
      "the first call is refused after ports / rate theory says 20 s this run –",
    );
    await run(tab);
    await untilEnd(tab);
    expect(await theory()).toContain("theory says 20 s this run 20 s");
    expect(await theory()).toMatch(
      /of all calls are refused theory says 66\.66\d % ± 0\.0\d+ % this run 66\.6/,
    );
    const figures = await tab.locator("tcp-load [part=figures]").innerText();
    expect(figures).toMatch(/EADDRNOTAVAIL\s+[\d,]{5}/);
  });
});

test.skipIf(chromium.missing)("each host of the scenario has a chart of its own", async () => {
  await site?.onPage("/lossy", async (tab) => {
    await run(tab);
    await untilEnd(tab);
    const legend = () => tab.locator("tcp-load [part=legend]").innerText();
    expect(await legend()).toContain("TIME-WAIT");
    await tab.getByRole("button", { name: "server", exact: true }).click();
    expect(await legend()).not.toContain("TIME-WAIT");
    expect(await legend()).toContain("LAST-ACK");
    const label = await tab.locator("tcp-load [part=chart]").getAttribute("aria-label");
    expect(label).toContain("server at");
    await tab.getByText("How long it took").click();
    const rows = await tab.locator("tcp-load [part=spans] tbody tr").allInnerTexts();
    expect(rows.find((row) => row.startsWith("lifetime"))).toContain("3,000");
  });
});

test.skipIf(chromium.missing)(
  "autorun waits for its reader, and for one who likes motion",
  async () => {
    await site?.onPage("/autorun", async (tab) => {
      expect((await untilEnd(tab)).reason).toBe("done");
      await tab.emulateMedia({ reducedMotion: "reduce" });
      await tab.reload();
      await tab.locator("tcp-load .frame").waitFor();
      await tab.waitForTimeout(300);
      expect(await tab.evaluate(() => document.querySelector("tcp-load")?.view.phase)).toBe("idle");
    });
  },
);
