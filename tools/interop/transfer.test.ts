import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROFILES, type TcpParams } from "@synfin/core/tcp";
import { drawKey, Link } from "@synfin/simulator";
import { describe, expect, test } from "vitest";
import { fetchUrl } from "../../apps/cli/src/tun/fetch-url.ts";
import { folderServer } from "../../apps/cli/src/tun/serve-folder.ts";
import { kernelSentAgain } from "./kernel-states.ts";
import { KERNELS, type Lab, OURS } from "./lab.ts";
import { interop } from "./needs.ts";
import { useLab } from "./use-lab.ts";

const MEGABYTE = 1_000_000;

describe.skipIf(interop.missing)("HTTP with Linux over a clear wire", () => {
  // 10 MB are 6,850 full segments; how many acknowledgments come is the receiver's choice.
  const lab = useLab(2 * 6850);

  test("curl fetches 10 MB from our stack", async () => {
    const { sha256 } = plantFile(lab(), 10 * MEGABYTE);
    expect(await curlFromUs(lab(), 80)).toBe(sha256);
  });

  test("our stack fetches 10 MB from a server of the kernel's", async () => {
    const { sha256 } = plantFile(lab(), 10 * MEGABYTE);
    expect(await fetchFromKernel(lab(), 8000)).toBe(sha256);
  });
});

describe.skipIf(interop.missing)("HTTP with Linux over IPv6", () => {
  const addresses = { ours: "2001:db8::2", kernels: "2001:db8::1", prefixLength: 64 };
  const lab = useLab(695, { ...addresses, params: { mss: 1440, defaultMss: 1220 } });

  test("curl fetches 1 MB from our stack", async () => {
    const { sha256 } = plantFile(lab(), MEGABYTE);
    expect(await curlFromUs(lab(), 80, "[2001:db8::2]")).toBe(sha256);
  });
});

/** Linux's own least timeout for both, so that both ends are as patient as each other. */
const KINDS: readonly [name: string, params: Partial<TcpParams>][] = [
  ["our machine plain", { minRtoUs: 200_000 }],
  ["our machine with SACK, timestamps and scaled windows", PROFILES.linux.params],
];

describe.skipIf(interop.missing).each(KINDS)(
  "HTTP with Linux, 5 % lost, 2 % doubled, 2 % overtaken, %s",
  (_name, params) => {
    const link = new Link(
      { delayUs: 1000, loss: [5, 100], duplicate: [2, 100], reorder: [2, 100] },
      drawKey(1, "interop"),
    );
    const lab = useLab(2 * 685, { link, params });

    test("curl fetches 1 MB from our stack", async () => {
      const { sha256 } = plantFile(lab(), MEGABYTE);
      expect(await curlFromUs(lab(), 80)).toBe(sha256);
      // One in twenty of 685 segments, and of what was sent again.
      expect(lab().traffic.again).toBeGreaterThan(20);
    });

    test("our stack fetches 1 MB from a server of the kernel's", async () => {
      const { sha256 } = plantFile(lab(), MEGABYTE);
      const before = await kernelSentAgain(lab().namespace);
      expect(await fetchFromKernel(lab(), 8000)).toBe(sha256);
      expect((await kernelSentAgain(lab().namespace)) - before).toBeGreaterThan(20);
    });
  },
);

/** A file of random octets in the lab's folder, and its hash. */
function plantFile(lab: Lab, length: number): { sha256: string } {
  const content = randomBytes(length);
  writeFileSync(join(lab.folder, "file"), content);
  return { sha256: createHash("sha256").update(content).digest("hex") };
}

/** The hash of what curl gets. */
async function curlFromUs(lab: Lab, port: number, host = OURS): Promise<string> {
  lab.host.listen(port, await folderServer(lab.folder));
  const url = `http://${host}:${port}/file`;
  const got = join(lab.folder, "got");
  await lab.namespace.run("curl", "-gsSf", "-o", got, url);
  return createHash("sha256").update(readFileSync(got)).digest("hex");
}

/** The hash of what our stack gets from python3's server. */
async function fetchFromKernel(lab: Lab, port: number): Promise<string> {
  const serve = `exec python3 -m http.server --directory ${lab.folder} ${port} 2>/dev/null`;
  lab.namespace.start("sh", "-c", serve).stdout?.resume();
  await lab.kernelListens(port);
  const answer = await fetchUrl(lab.host, new URL(`http://${KERNELS}:${port}/file`));
  expect(answer.statusCode).toBe(200);
  const hash = createHash("sha256");
  for await (const chunk of answer) hash.update(chunk as Uint8Array);
  return hash.digest("hex");
}
