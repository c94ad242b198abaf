import type { StateName } from "@synfin/core/tcp";
import type { Connection } from "@synfin/tun";
import { afterAll, afterEach, beforeAll, expect, type TestContext } from "vitest";
import type { KernelSocket } from "./kernel.ts";
import { Lab, type LabOptions, OURS } from "./lab.ts";
import type { Findings } from "./tshark-check.ts";

/** A connection, seen from both of its ends. */
export interface Pair {
  readonly ours: Connection;
  readonly kernel: KernelSocket;
}

/**
 * A lab for the tests of one file. After the last of them tshark must have no
 * complaint about any packet, and must have seen `atLeast` segments.
 */
export function useLab(atLeast: number, options: LabOptions = {}): () => Lab {
  let lab: Lab;
  beforeAll(async () => {
    lab = await Lab.open(options);
  });
  afterEach(async ({ task }) => {
    task.meta.meeting = await lab.meeting();
  });
  afterAll(async () => expectClean(await lab.close(), atLeast));
  return () => lab;
}

/**
 * A lab of its own for one test, so that several of them can wait at the same
 * time. Such a test polls with `context.expect`: the `expect` of the module
 * forgets which test it is in as soon as another one ends.
 */
export async function withLab(
  { task }: TestContext,
  atLeast: number,
  options: LabOptions,
  use: (lab: Lab) => Promise<void>,
): Promise<void> {
  const lab = await Lab.open(options);
  try {
    await use(lab);
    task.meta.meeting = await lab.meeting();
  } catch (error) {
    await lab.close();
    throw error;
  }
  expectClean(await lab.close(), atLeast);
}

function expectClean(findings: Findings, atLeast: number): void {
  expect(findings).toMatchObject({ badIpChecksums: 0, badTcpChecksums: 0, malformed: 0 });
  expect(findings.tcp).toBeGreaterThanOrEqual(atLeast);
}

/** The kernel connects to our port, and a word goes each way. */
export async function kernelConnects(lab: Lab, port: number): Promise<Pair> {
  const accepted = lab.accepted(port);
  const kernel = await lab.kernel.connect(OURS, port);
  return greet(lab, { ours: await accepted, kernel });
}

/** We connect to a port of the kernel's, and a word goes each way. */
export async function weConnect(lab: Lab, kernels: string, port: number): Promise<Pair> {
  const listener = await lab.kernel.listen(port);
  const [ours, kernel] = await Promise.all([lab.host.connect(kernels, port), listener.accept()]);
  return greet(lab, { ours, kernel });
}

async function greet(lab: Lab, pair: Pair): Promise<Pair> {
  await pair.kernel.send("hello");
  await expect(readText(pair.ours)).resolves.toBe("hello");
  await pair.ours.write(Buffer.from("welcome"));
  await expect(pair.kernel.recv()).resolves.toBe("welcome");
  await expectStates(lab, pair.ours, "ESTABLISHED", "ESTABLISHED");
  return pair;
}

/** The next octets as text; undefined at the end of the stream. */
export async function readText(connection: Connection): Promise<string | undefined> {
  const bytes = await connection.read();
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
}

/** Waits for both ends to come to these states, ours by our machine and the kernel's by `ss`. */
export async function expectStates(
  lab: Lab,
  connection: Connection,
  ours: StateName,
  kernel: StateName,
): Promise<void> {
  expect(await lab.states(connection, { ours, kernel })).toEqual({ ours, kernel });
}
