import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { scenarios, traceScenario } from "@synfin/simulator";
import type { BulkSummary, LoadRequest } from "@synfin/simulator/bulk";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Browser, launchBrowser, requireBrowser } from "../../../tools/testing/browser.ts";
import { bundleForPage } from "../../../tools/testing/bundle.ts";
import { watchTasks } from "../../../tools/testing/page-tasks.ts";
import { type StaticServer, serveStatic } from "../../../tools/testing/static-server.ts";
import { createLoad } from "../src/load-run.ts";
import type { SampleRequest } from "../src/protocol.ts";
import { createSample } from "../src/sample.ts";
import { steady } from "./crowd.ts";
import type { TestPage } from "./page.ts";

const chromium = requireBrowser();
const HERE = fileURLToPath(new URL(".", import.meta.url));
const WORKER = fileURLToPath(new URL("../dist/worker.js", import.meta.url));
/** A page whose script comes from this origin; by itself, from its own. */
const pageFrom = (origin: string): string =>
  `<!doctype html><title>test</title><script type="module" nonce="${NONCE}" src="${origin}/page.js"></script>`;
const BACKENDS = ["worker-url", "inline-worker", "main-thread"] as const;
const names = scenarios.map(({ name }) => name);

/** A busy machine takes its time; what is forbidden says so at once, and is not waited for. */
const PATIENCE_MS = 20_000;

const NONCE = "c3luZmlu";

/**
 * Policies by name, each on a server of its own: what they forbid is the point. `CDN` is
 * the origin of another server, which has the page's script and a worker file, too.
 */
const POLICIES = {
  none: "",
  nonce: `script-src 'nonce-${NONCE}' 'strict-dynamic'; object-src 'none'; base-uri 'none'`,
  self: "default-src 'self'",
  worker: "default-src 'self'; worker-src 'self'",
  blob: "default-src 'self'; worker-src 'self' blob:",
  nothing: "default-src 'self'; worker-src 'none'",
  cdn: "default-src 'none'; script-src CDN",
  trusted: "require-trusted-types-for 'script'",
} as const;
type Policy = keyof typeof POLICIES;

const CROWD = steady({ connections: 3_000, rate: 1_000, loss: 10_000 });

/** A small run of some scenarios that use what others don't: draws, ports, an end by time. */
const SMALL: readonly LoadRequest[] = [
  steady({ connections: 500, rate: 500, hold: 1, delay: 0 }),
  {
    scenario: "port-exhaustion",
    choice: { values: { rate: 100, ports: 100, arrivals: 1, periods: 2 } },
    seed: 2 ** 53 - 1,
  },
];

function inNode(request: LoadRequest): BulkSummary {
  const run = createLoad(request, 2 ** 30);
  while (!run.advance(10_000));
  return run.result().summary;
}

function inNodeAlone(request: SampleRequest): string {
  const run = createSample(request);
  while (!run.advance(10_000));
  return run.result().digest;
}

let browser: Browser | undefined;
let cdn: StaticServer | undefined;
const servers = new Map<Policy, StaticServer>();

beforeAll(async () => {
  if (chromium.missing) return;
  const script = await bundleForPage(readFileSync(`${HERE}page.ts`, "utf8"), HERE);
  const files = {
    "/page.js": script,
    "/worker.js": readFileSync(WORKER, "utf8"),
    "/old.js": "postMessage({ synfin: 'ready', version: '0.0.1' })",
    "/silent.js": "setInterval(() => {}, 1000)",
    "/broken.js": "throw new Error('broken on purpose')",
  };
  const cors = { "access-control-allow-origin": "*" };
  cdn = await serveStatic(HERE, { pages: files, headers: cors });
  for (const policy of Object.keys(POLICIES) as Policy[]) {
    const csp = POLICIES[policy].replace("CDN", cdn.origin);
    const headers = csp === "" ? {} : { "content-security-policy": csp };
    const pages = { "/": pageFrom(policy === "cdn" ? cdn.origin : ""), ...files };
    servers.set(policy, await serveStatic(HERE, { pages, headers }));
  }
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  for (const server of [cdn, ...servers.values()]) await server?.close();
});

/** Opens a page under a policy and lets `ask` call what `page.ts` put there. */
async function onPage<T>(policy: Policy, ask: (page: Page) => Promise<T>): Promise<T> {
  if (browser === undefined) throw new Error("the browser has not started");
  const page = await browser.context.newPage();
  try {
    await page.goto(`${servers.get(policy)?.origin}/`);
    await page.waitForFunction(() => "testPage" in globalThis);
    return await ask(page);
  } finally {
    await page.close();
  }
}

declare const testPage: TestPage;

for (const backend of BACKENDS) {
  const options = { backends: [backend], workerUrl: "/worker.js", patienceMs: PATIENCE_MS };

  test.skipIf(chromium.missing)(
    `${backend}: a crowd's connections have Node's digest`,
    async () => {
      const numbers = [1, 2_000];
      const there = await onPage("none", (page) =>
        page.evaluate(([o, r, n]) => testPage.sampleAll(o, r, n), [
          options,
          CROWD,
          numbers,
        ] as const),
      );
      expect(there).toEqual(numbers.map((nth) => inNodeAlone({ ...CROWD, nth })));
      expect(new Set(there).size).toBe(2);
    },
  );

  test.skipIf(chromium.missing)(
    `${backend}: a crowd has Node's result, in short tasks [points 12, 39]`,
    async () => {
      const here = inNode(CROWD);
      const there = await onPage("none", async (page) => {
        const longest = await watchTasks(page);
        const outcome = await page.evaluate(([o, r]) => testPage.runLoad(o, r), [
          options,
          CROWD,
        ] as const);
        return { ...outcome, longestTaskMs: await longest() };
      });
      expect(there.backend).toBe(backend);
      expect(there.result).toEqual(here);
      expect(there.result.connections.opened).toBe(3_000);
      expect(there.frames).toBeGreaterThan(2);
      expect(there.longestTaskMs, "no task of the page takes 50 ms").toBeLessThan(50);
    },
  );

  test.skipIf(chromium.missing)(`${backend}: every load scenario has Node's digest`, async () => {
    for (const request of SMALL) {
      const there = await onPage("none", (page) =>
        page.evaluate(([o, r]) => testPage.runLoad(o, r), [options, request] as const),
      );
      expect(there.result.digest, request.scenario).toBe(inNode(request).digest);
    }
  });

  test.skipIf(chromium.missing)(
    `${backend}: a cancelled run ends within 100 ms [point 12]`,
    { retry: 2 },
    async () => {
      const tookMs = await onPage("none", (page) =>
        page.evaluate((o) => testPage.cancelAfter(o, 5), options),
      );
      expect(tookMs).toBeLessThan(100);
    },
  );

  test.skipIf(chromium.missing)(`${backend}: closing fails what is waited for`, async () => {
    const said = await onPage("none", (page) =>
      page.evaluate((o) => testPage.closeDuring(o), options),
    );
    expect(said).toBe("The simulation was closed");
  });
}

test.skipIf(chromium.missing)("every scenario has Node's digest on a page", async () => {
  const there = await onPage("none", (page) => page.evaluate((n) => testPage.traceAll(n), names));
  expect(there).toEqual(scenarios.map((scenario) => traceScenario(scenario).digest));
  expect(there.length).toBeGreaterThan(15);
});

/** Under which policy, with which worker file, which way runs; `CDN` is another origin. */
const LADDER: readonly (readonly [Policy, string | undefined, string])[] = [
  ["none", undefined, "inline-worker"],
  ["none", "/worker.js", "worker-url"],
  ["none", "/broken.js", "inline-worker"],
  ["none", "/missing.js", "inline-worker"],
  ["none", "CDN/worker.js", "inline-worker"],
  ["nonce", undefined, "inline-worker"],
  ["nonce", "/worker.js", "worker-url"],
  ["self", undefined, "main-thread"],
  ["self", "/worker.js", "worker-url"],
  ["worker", undefined, "main-thread"],
  ["worker", "/worker.js", "worker-url"],
  ["blob", undefined, "inline-worker"],
  ["blob", "/worker.js", "worker-url"],
  ["nothing", undefined, "main-thread"],
  ["nothing", "/worker.js", "main-thread"],
  ["cdn", undefined, "main-thread"],
  ["cdn", "/worker.js", "main-thread"],
  ["cdn", "CDN/worker.js", "main-thread"],
  ["trusted", undefined, "main-thread"],
  ["trusted", "/worker.js", "main-thread"],
];

const LITTLE = steady({ connections: 400, rate: 400, hold: 100_000, loss: 20_000 });

test.skipIf(chromium.missing).each(LADDER)(
  "policy %s with worker-url %s runs by %s, with the same digest [point 10]",
  async (policy, url, backend) => {
    const workerUrl = url?.replace("CDN", cdn?.origin ?? "");
    const options = { workerUrl, patienceMs: PATIENCE_MS };
    const there = await onPage(policy, (page) =>
      page.evaluate(([o, r]) => testPage.runLoad(o, r), [options, LITTLE] as const),
    );
    expect(there.backend).toBe(backend);
    expect(there.result.connections.closed).toBe(400);
    expect(there.result.digest).toBe(inNode(LITTLE).digest);
  },
);

test.skipIf(chromium.missing)(
  "a worker of another version is not used, and named [point 40]",
  async () => {
    const opened = await onPage("none", (page) =>
      page.evaluate(() => testPage.ways({ workerUrl: "/old.js" })),
    );
    expect(opened).toEqual({
      backend: "inline-worker",
      failed: [
        { backend: "worker-url", reason: "the worker is version 0.0.1, the page needs 0.1.0" },
      ],
    });
  },
);

test.skipIf(chromium.missing)("a worker that stays silent is given up [point 10]", async () => {
  const opened = await onPage("none", (page) =>
    page.evaluate(() => testPage.ways({ workerUrl: "/silent.js", patienceMs: 200 })),
  );
  expect(opened).toEqual({
    backend: "inline-worker",
    failed: [{ backend: "worker-url", reason: "no answer within 200 ms" }],
  });
});
