import { tmpdir } from "node:os";
import type { Page } from "playwright-core";
import { type Browser, findChromium, launchBrowser } from "../testing/browser.ts";
import { timeTasks } from "../testing/page-tasks.ts";
import { serveStatic } from "../testing/static-server.ts";

/** How much is measured of `<tcp-connection>`. */
export interface ElementSizes {
  /** How often each page is looked at; medians count. */
  readonly rounds: number;
  /** How long a run plays, or is scrubbed, in each round. */
  readonly seconds: number;
}

/** Frames of a page that moves, and of an empty one just before. */
export interface Motion {
  readonly framesPerSecond: readonly number[];
  readonly controlFramesPerSecond: readonly number[];
  /** The longest task of each round, in milliseconds of the processor's time. */
  readonly longestTaskMs: readonly number[];
  /** What the page's main thread did for each frame, in milliseconds of the processor's time. */
  readonly cpuMsPerFrame: readonly number[];
}

/** From the script's evaluation to its first frame. */
export interface FirstFrame {
  readonly wallMs: readonly number[];
  /** What the page's main thread did meanwhile, whatever else the machine was busy with. */
  readonly cpuMs: readonly number[];
  /** Until all of the element is drawn, in further frames. */
  readonly readyMs: readonly number[];
}

/** Says what is being measured. */
export type Progress = (text: string) => void;

/** What came of it, round by round. */
export interface ElementFigures {
  readonly version: string;
  /** Segments of the run that plays. */
  readonly segments: number;
  /** At a quarter of the processor's speed. */
  readonly firstFrame: FirstFrame;
  /** The same of an element that draws nothing but a word. */
  readonly controlFirstFrame: FirstFrame;
  /** The same of an element whose first frame is there as markup: nothing can be sooner. */
  readonly readyMadeFirstFrame: FirstFrame;
  readonly playing: Motion;
  readonly scrubbing: Motion;
}

/** A slow phone beside the machine that this runs on. */
const THROTTLING = 4;

/** Text in both directions, so that arrows cross and labels must find their places. */
const SENDS = 60;
const LONG_RUN = {
  ...{ format: "synfin-scenario", version: 1, name: "long-run" },
  title: { en: "A long run", ko: "긴 실행" },
  description: { en: "Text both ways.", ko: "양방향 데이터." },
  hosts: [
    { name: "client", address: "192.0.2.1" },
    { name: "server", address: "192.0.2.2" },
  ],
  link: { delayUs: 50_000 },
  script: [
    { atUs: 0, host: "server", call: "listen", port: 80 },
    { atUs: 10_000, host: "client", call: "connect", port: 80 },
    ...Array.from({ length: SENDS }, (_, nth) => [
      {
        on: "ESTABLISHED",
        afterUs: 60_000 + nth * 270_000,
        host: "client",
        call: "send",
        bytes: 100,
      },
      {
        on: "ESTABLISHED",
        afterUs: 190_000 + nth * 270_000,
        host: "server",
        call: "send",
        bytes: 70,
      },
    ]).flat(),
    { on: "ESTABLISHED", afterUs: 60_000 + SENDS * 270_000, host: "client", call: "close" },
    { on: "CLOSE-WAIT", afterUs: 60_000, host: "server", call: "close" },
  ],
};

/**
 * What the first frame has to have: the arrows of all segments with their labels, in which
 * nothing changes any more, and the room of the bars above and below them, which are filled
 * in a frame after it. Of the control, its word.
 */
const FIRST = ".frame:has(> header.bar):has(footer.bar) .arrow, p.arrow";

/** In the page's address: keeps the markup of the first frame. */
const KEEP = "#keep";

/**
 * Evaluated before the element's script, which is loaded by then: takes the time
 * until a frame with the segments in it has been painted, and until all is drawn.
 */
const START = `
const from = performance.now();
performance.mark("evaluated");
globalThis.shown = new Promise((resolve, reject) => {
  setTimeout(reject, 60_000, new Error("no segment was drawn within a minute"));
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    performance.mark("painted");
    resolve(performance.now() - from);
  };
  const look = () => {
    const root = document.querySelector("tcp-connection")?.shadowRoot;
    if (!root?.querySelector("${FIRST}")) return requestAnimationFrame(look);
    if (location.hash === "${KEEP}") globalThis.kept = keep(root);
    port2.postMessage("painted");
  };
  const keep = ({ innerHTML, adoptedStyleSheets }) => {
    const rules = adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]);
    return { html: innerHTML, css: rules.map(({ cssText }) => cssText).join("") };
  };
  requestAnimationFrame(look);
});
globalThis.whole = shown.then(async () => {
  await document.querySelector("tcp-connection").ready;
  return performance.now() - from;
});`;

/** An element that draws a word: what the browser itself takes. */
const CONTROL = `
customElements.define("tcp-connection", class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: "open" }).innerHTML = "<p class=arrow>drawn</p>";
  }
});`;

interface Markup {
  readonly html: string;
  readonly css: string;
}

/** The same picture without anything that makes it: what is left is the browser's. */
const readyMade = ({ html, css }: Markup): string => `
const sheet = new CSSStyleSheet();
sheet.replaceSync(${JSON.stringify(css)});
customElements.define("tcp-connection", class extends HTMLElement {
  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = ${JSON.stringify(html)};
  }
});`;

const page = (script: string, tag: string): string => `<!doctype html><html lang="en">
<meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,">
<body>${tag}<script type="module">import "/start.js"; import "${script}";</script></html>`;

const LONG = `<script type="application/json">${JSON.stringify(LONG_RUN)}</script>`;

/** Measures the element that `/tcp-connection.js` of these files defines, or says why it cannot. */
export async function measureElement(
  files: Readonly<Record<string, string>>,
  { rounds, seconds }: ElementSizes,
  progress: Progress = () => {},
): Promise<ElementFigures | { readonly skipped: string }> {
  if (findChromium() === "") {
    return { skipped: "chromium is not installed; get it with: apt-get install chromium" };
  }
  const pages: Record<string, string> = {
    "/first": page("/tcp-connection.js", '<tcp-connection scenario="lost-fin"></tcp-connection>'),
    "/control": page("/control.js", "<tcp-connection></tcp-connection>"),
    "/ready-made": page("/ready-made.js", "<tcp-connection></tcp-connection>"),
    "/long": page("/tcp-connection.js", `<tcp-connection speed="4">${LONG}</tcp-connection>`),
    "/start.js": START,
    ...files,
    "/control.js": CONTROL,
  };
  const server = await serveStatic(tmpdir(), { pages });
  const browser = await launchBrowser({ viewport: { width: 1280, height: 900 } });
  try {
    const at = (path: string): string => server.origin + path;
    pages["/ready-made.js"] = readyMade(await firstMarkup(browser, at(`/first${KEEP}`)));
    const addresses = { ours: at("/first"), control: at("/control"), readyMade: at("/ready-made") };
    const first = await firstFrames(browser, rounds, addresses, progress);
    const tab = await browser.context.newPage();
    await tab.goto(at("/long"));
    await tab.evaluate("whole");
    const segments = (await tab.evaluate(
      "document.querySelector('tcp-connection').trace.segments.length",
    )) as number;
    const moving = (what: string, each: string): Promise<Motion> =>
      motion(browser, tab, at("/control"), rounds, seconds, each, (round) =>
        progress(`${what}, round ${round} of ${rounds}`),
      );
    const playing = await moving("playing", PLAY);
    const scrubbing = await moving("scrubbing", SCRUB);
    return {
      version: browser.context.browser()?.version() ?? "",
      segments,
      firstFrame: first.ours,
      controlFirstFrame: first.control,
      readyMadeFirstFrame: first.readyMade,
      playing,
      scrubbing,
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

async function firstMarkup({ context }: Browser, address: string): Promise<Markup> {
  const tab = await context.newPage();
  try {
    await tab.goto(address);
    await tab.evaluate("shown");
    return (await tab.evaluate("kept")) as Markup;
  } finally {
    await tab.close();
  }
}

const FIRST_FRAMES = ["control", "readyMade", "ours"] as const;
type EachFirstFrame<T> = Record<(typeof FIRST_FRAMES)[number], T>;

/** All in turns, so that a machine that is busy for a while is so for all of them. */
async function firstFrames(
  browser: Browser,
  rounds: number,
  addresses: EachFirstFrame<string>,
  progress: Progress,
): Promise<EachFirstFrame<FirstFrame>> {
  const empty = () => ({
    wallMs: [] as number[],
    cpuMs: [] as number[],
    readyMs: [] as number[],
  });
  const all = { ours: empty(), control: empty(), readyMade: empty() };
  for (let round = 0; round < rounds; round++) {
    progress(`first frame, round ${round + 1} of ${rounds}`);
    for (const which of FIRST_FRAMES) {
      const { wallMs, cpuMs, readyMs } = await firstFrame(browser, addresses[which]);
      all[which].wallMs.push(wallMs);
      all[which].cpuMs.push(cpuMs);
      all[which].readyMs.push(readyMs);
    }
  }
  return all;
}

async function firstFrame({ context }: Browser, address: string) {
  const tab = await context.newPage();
  try {
    const session = await context.newCDPSession(tab);
    await session.send("Emulation.setCPUThrottlingRate", { rate: THROTTLING });
    const stop = await timeTasks(tab, ["evaluated", "painted"]);
    await tab.goto(address);
    const wallMs = (await tab.evaluate("shown")) as number;
    const { sumMs } = await stop();
    return { wallMs, cpuMs: sumMs, readyMs: (await tab.evaluate("whole")) as number };
  } finally {
    await tab.close();
  }
}

/** Counts frames for so many seconds, while `each` is called in every one of them. */
const countFrames = (seconds: number, each: string): string => `new Promise((resolve) => {
  const element = document.querySelector("tcp-connection");
  const each = ${each};
  let frames = -1;
  let from = 0;
  const next = (now) => {
    if (frames++ < 0) from = now;
    const share = (now - from) / ${1000 * seconds};
    if (share >= 1) resolve((1000 * frames) / (now - from));
    else {
      each(element, share);
      requestAnimationFrame(next);
    }
  };
  requestAnimationFrame(next);
})`;

const NOTHING = "() => {}";
const PLAY = "(element) => { if (element.paused) element.play(); }";
/** There and back, as a hand on the slider goes. */
const SCRUB = `(element, share) => {
  const slider = element.shadowRoot.querySelector("input[type=range]");
  const [least, most] = [Number(slider.min), Number(slider.max)];
  slider.value = String(least + (most - least) * (1 - Math.abs(1 - 2 * share)));
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}`;

async function motion(
  { context }: Browser,
  tab: Page,
  controlAddress: string,
  rounds: number,
  seconds: number,
  each: string,
  begin: (round: number) => void,
): Promise<Motion> {
  const all = {
    framesPerSecond: [] as number[],
    controlFramesPerSecond: [] as number[],
    longestTaskMs: [] as number[],
    cpuMsPerFrame: [] as number[],
  };
  const control = await context.newPage();
  await control.goto(controlAddress);
  for (let round = 0; round < rounds; round++) {
    begin(round + 1);
    await control.bringToFront();
    all.controlFramesPerSecond.push(
      (await control.evaluate(countFrames(seconds, NOTHING))) as number,
    );
    await tab.bringToFront();
    const stop = await timeTasks(tab);
    const rate = (await tab.evaluate(countFrames(seconds, each))) as number;
    const { longestMs, sumMs } = await stop();
    all.framesPerSecond.push(rate);
    all.longestTaskMs.push(longestMs);
    all.cpuMsPerFrame.push(sumMs / (rate * seconds));
    await tab.evaluate("document.querySelector('tcp-connection').pause()");
  }
  await control.close();
  return all;
}
