import { describe, expect, test } from "vitest";
import { traceOf } from "../traces.ts";
import { button, chromium, look, type Notes, onPage, setUp, use } from "./page.ts";

declare const notes: Notes;

setUp();

describe.skipIf(chromium.missing)("drawing", () => {
  test("draws every segment of the trace, and only those [point 1]", () =>
    onPage("/", async (tab) => {
      const seen = await look(tab);
      const trace = traceOf("lost-fin");
      expect(seen.arrows).toBe(trace.segments.length);
      expect(seen.crosses).toBe(1);
      expect(await tab.locator("tcp-connection [data-segment]").count()).toBe(seen.ids.length);
      expect(await tab.evaluate(() => notes.errors)).toEqual([]);
    }));

  test("seeking equals playing: the frame depends on the time alone [point 31]", () =>
    onPage("/", async (tab) => {
      const frames: string[] = [];
      const frame = (): Promise<string> =>
        tab.evaluate(async () => {
          const element = document.querySelector("tcp-connection");
          await element?.updateComplete;
          return (
            element?.shadowRoot?.querySelector(".ladder")?.outerHTML.replace(/<!--.*?-->/g, "") ??
            ""
          );
        });
      await use(tab, (element) => element.seek(1.33));
      frames.push(await frame());
      await use(tab, (element) => element.seek(200));
      await use(tab, (element) => element.seek(0));
      for (let step = 0; step < 10; step++) await use(tab, (element) => element.step(1));
      await use(tab, (element) => element.seek(1.33));
      frames.push(await frame());
      expect(frames[0]).toBe(frames[1]);
      expect(frames[0]).toContain('class="dot left"');
    }));

  test("a place that is sought before the first frame is kept", () =>
    onPage("/", async (tab) => {
      const time = await tab.evaluate(async () => {
        const element = document.createElement("tcp-connection");
        element.setAttribute("scenario", "lost-fin");
        element.seek(1.33);
        document.querySelector("main")?.append(element);
        await element.updateComplete;
        return element.currentTime;
      });
      expect(time).toBe(1.33);
    }));

  test("its state can be read at any time, and ready says when it is drawn [point 29]", () =>
    onPage("/", async (tab) => {
      const states = await tab.evaluate(async () => {
        const element = document.createElement("tcp-connection");
        document.querySelector("main")?.append(element);
        element.scenario = "lost-fin";
        element.seek(1.33);
        await element.ready;
        const drawn = element.shadowRoot?.querySelectorAll(".arrow").length;
        const first = element.state;
        element.play();
        const { phase } = element.state;
        element.seek(1e9);
        element.pause();
        const last = element.state;
        element.seed = -1;
        await element.ready;
        return { drawn, first, phase, last, failed: element.state };
      });
      const { digest, segments, endedAtUs } = traceOf("lost-fin");
      expect(states.drawn).toBe(segments.length);
      expect(states.first).toEqual({
        phase: "paused",
        ...{ step: 10, steps: 17, atUs: 1_330_000, digest },
        ends: [
          { host: "client", state: "FIN-WAIT-1" },
          { host: "server", state: "ESTABLISHED" },
        ],
      });
      expect(states.phase).toBe("playing");
      expect(states.last).toMatchObject({ phase: "ended", step: 16, atUs: endedAtUs });
      expect(states.failed).toMatchObject({ phase: "failed", steps: 0, ends: [] });
      expect(states.failed.message).toContain("The seed is -1");
    }));

  test("attributes and properties agree [point 29]", () =>
    onPage("/", async (tab) => {
      const attributes = await tab.evaluate(async () => {
        const element = document.querySelector("tcp-connection");
        if (element === null) throw new Error("there is no element");
        element.scenario = "simultaneous-open";
        element.seed = 9;
        element.faults = "drop:client:SYN";
        element.seq = "absolute";
        element.speed = 2;
        element.autoplay = true;
        element.tool = "delay";
        element.loop = true;
        element.start = 2;
        element.stop = 5;
        element.view = "ladder states";
        element.link = "here";
        await element.updateComplete;
        const names = ["scenario", "seed", "faults", "seq", "speed", "autoplay"].concat(
          "tool",
          "loop",
          "start",
          "stop",
          "view",
          "link",
        );
        return names.map((name) => element.getAttribute(name));
      });
      expect(attributes).toEqual([
        "simultaneous-open",
        "9",
        "drop:client:SYN",
        "absolute",
        "2",
        "",
        ...["delay", "", "2", "5", "ladder states", "here"],
      ]);
      expect((await look(tab)).faults).toEqual(["drop:client:SYN"]);
      expect(await tab.locator("tcp-connection .ladder").textContent()).toContain("seq 100");
    }));

  test("the light DOM stays as the page wrote it", () =>
    onPage("/", async (tab) => {
      await use(tab, (element) => element.step(3));
      expect(await tab.locator("tcp-connection").innerHTML()).toBe('<p id="fallback">a ladder</p>');
      expect(await tab.locator("#fallback").isVisible()).toBe(false);
    }));
});

describe.skipIf(chromium.missing)("playing", () => {
  test("play moves on, pause stops, and each step is said once [point 22]", () =>
    onPage("/plain", async (tab) => {
      await use(tab, (element) => {
        element.speed = 4;
      });
      await button("Play")(tab).click();
      await tab.waitForFunction(
        () => (document.querySelector("tcp-connection")?.currentTime ?? 0) > 0.1,
      );
      await button("Pause")(tab).click();
      const paused = await look(tab);
      expect(paused.paused).toBe(true);
      await tab.waitForTimeout(100);
      expect((await look(tab)).time).toBe(paused.time);
      const { steps, said } = await tab.evaluate(() => notes);
      expect(steps.length).toBeGreaterThanOrEqual(2);
      expect(new Set(steps).size).toBe(steps.length);
      expect(said.length).toBe(steps.length);
      expect(said.at(-1)).toMatch(/Step [0-9]+ of [0-9]+, .*SEQ/);
    }));

  test("to the end it plays, and from the beginning again", () =>
    onPage("/plain", async (tab) => {
      await use(tab, (element) => element.seek(1e9));
      expect((await look(tab)).ends).toEqual(["CLOSED", "CLOSED"]);
      await button("Play")(tab).click();
      expect((await look(tab)).time).toBeLessThan(1);
    }));

  test("steps go on and back [points 29, 31]", () =>
    onPage("/plain", async (tab) => {
      await button("Step forward")(tab).click();
      const first = await look(tab);
      expect(first.ends).toEqual(["SYN-SENT", "LISTEN"]);
      await button("Step forward")(tab).click();
      expect((await look(tab)).ends).toEqual(["SYN-SENT", "SYN-RECEIVED"]);
      await button("Step back")(tab).click();
      expect(await look(tab)).toEqual(first);
      await button("To the start")(tab).click();
      expect((await look(tab)).time).toBe(0);
    }));

  test("the slider scrubs", () =>
    onPage("/plain", async (tab) => {
      const slider = tab.getByRole("slider", { name: "Time" });
      const box = await slider.boundingBox();
      if (box === null) throw new Error("the slider is not to be seen");
      await tab.mouse.click(box.x + box.width - 9, box.y + box.height / 2);
      expect((await look(tab)).time).toBeGreaterThan(100);
      await tab.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      const { time } = await look(tab);
      expect(time).toBeGreaterThan(0);
      expect(time).toBeLessThan(1);
      expect(await slider.getAttribute("aria-valuetext")).toMatch(/ms, Step [0-9]+ of/);
    }));

  test("it plays by itself where it is asked to", () =>
    onPage("/autoplay", async (tab) => {
      await tab.waitForFunction(
        () => (document.querySelector("tcp-connection")?.currentTime ?? 0) > 0.02,
      );
    }));
});

describe.skipIf(chromium.missing)("what is wrong is said in the element", () => {
  test.each([
    ["/unknown", "There is no scenario “lost-fni”. Did you mean lost-fin"],
    ["/bad-fault", '"FUN" should be one of SYN, SYN-ACK'],
    ["/bad-seed", "it should be a whole number from 0 on"],
  ])("%s", (path, text) =>
    onPage(path, async (tab) => {
      expect(await tab.getByRole("alert").textContent()).toContain(text);
      expect(await tab.evaluate(() => notes.errors.length)).toBe(1);
      expect(await tab.locator("#fallback").isVisible()).toBe(true);
      expect(await tab.locator("tcp-connection .ladder").count()).toBe(0);
      await use(tab, (element) => {
        element.play();
        element.step(1);
        element.dropSegment("client-1");
        element.undo();
        element.seek(1);
        element.seed = 1;
        element.faults = "";
        element.scenario = "lost-fin";
      });
      expect((await look(tab)).arrows).toBe(10);
      expect(await tab.getByRole("alert").count()).toBe(0);
    }),
  );
});

describe.skipIf(chromium.missing)("language and motion", () => {
  test("it speaks the language around it, and switching keeps the position [point 28]", () =>
    onPage("/korean", async (tab) => {
      await use(tab, (element) => element.seek(1.33));
      expect(await tab.locator("tcp-connection .narration").textContent()).toContain("다시 보내고");
      await tab.evaluate(() => {
        document.documentElement.lang = "en";
      });
      await tab.waitForFunction(() =>
        document
          .querySelector("tcp-connection")
          ?.shadowRoot?.querySelector(".narration")
          ?.textContent?.includes("again"),
      );
      expect((await look(tab)).time).toBe(1.33);
    }));

  test("with reduced motion nothing plays by itself, and playing goes step by step [point 24]", () =>
    onPage("/plain", async (tab) => {
      await tab.emulateMedia({ reducedMotion: "reduce" });
      await use(tab, (element) => {
        element.speed = 8;
        element.play();
      });
      await tab.waitForFunction(
        () => (document.querySelector("tcp-connection")?.currentTime ?? 0) > 0.1,
      );
      await use(tab, (element) => element.pause());
      const times = traceOf("four-way-close").segments.flatMap((one) => [
        one.sentAtUs,
        ...one.arrivals.map(({ atUs }) => atUs),
      ]);
      const { time } = await look(tab);
      expect(times).toContain(Math.round(time * 1e6));
      await tab.reload();
      await tab.locator("tcp-connection .frame").waitFor();
      expect((await look(tab)).time).toBe(0);
    }));
});
