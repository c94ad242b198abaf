import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { PROFILES } from "@synfin/core/tcp";
import { type Application, addressOf, type Box } from "@synfin/simulator/bulk";
import { Kernel, KernelError } from "./kernel.ts";
import { runCell } from "./load-run.ts";
import type { Namespace } from "./namespace.ts";
import { setLinear } from "./syn-schedule.ts";

const ADDRESS = "127.0.0.1";
const PORT = 5001;
const SECOND_US = 1_000_000;
const SYNS = fileURLToPath(new URL("syns.py", import.meta.url));

/** A `connect` where nothing answers. */
export interface VoidExperiment {
  /** `linux` leaves `tcp_syn_linear_timeouts` as the kernel has it; before 6.5 there was none. */
  readonly profile: "linux" | "linux-pre-6.5";
  /** How long we look, in virtual time. */
  readonly seconds: number;
  /** `tcp_syn_retries`, where it is not Linux's 6. */
  readonly retries?: number;
}

/** In seconds after the first SYN: when each was sent, and when `connect` failed, if it did. */
export interface SynSchedule {
  readonly syns: readonly number[];
  readonly failure?: { readonly errno: string; readonly at: number } | undefined;
}

/** A timer of the kernel rings late by up to an eighth, for it waits in a wheel (`timer.c`). */
const LATE = 1 / 8;
/** And a busy machine later than that. */
const BUSY_S = 0.25;

/** `0, 1, 3, then ETIMEDOUT at 7` */
export function said({ syns, failure }: SynSchedule, digits: number): string {
  const times = syns.map((time) => time.toFixed(digits)).join(", ");
  if (failure === undefined) return `${times} s`;
  return `${times}, then ${failure.errno} at ${failure.at.toFixed(digits)} s`;
}

/** Whether a measured schedule is the simulated one, as exactly as the kernel keeps time. */
export function isSameSchedule(simulated: SynSchedule, measured: SynSchedule): boolean {
  if (simulated.failure?.errno !== measured.failure?.errno) return false;
  const expected = timesOf(simulated);
  const times = timesOf(measured);
  return (
    times.length === expected.length &&
    times.every((time, index) => isOnTime(time, expected[index] ?? Number.NaN))
  );
}

function timesOf({ syns, failure }: SynSchedule): readonly number[] {
  return failure === undefined ? syns : [...syns, failure.at];
}

/** A millisecond early is the rounding of two stamps. */
function isOnTime(time: number, expected: number): boolean {
  return time > expected - 0.001 && time < expected * (1 + LATE) + BUSY_S;
}

/** Looks until `connect` fails or so many SYNs have come, or should have. */
export async function measureVoid(
  namespace: Namespace,
  { profile, seconds, retries }: VoidExperiment,
  mostSyns: number,
): Promise<SynSchedule> {
  if (profile === "linux-pre-6.5") await setLinear({ namespace }, 0);
  if (retries !== undefined) await namespace.sysctl("net.ipv4.tcp_syn_retries", retries);
  await namespace.run("nft", DROP_SYNS);
  const stamps = await watchSyns(namespace);
  let refused: Refused | undefined;
  const kernel = new Kernel(namespace);
  void refusalOf(kernel.dial(ADDRESS, PORT)).then((refusal) => {
    refused = refusal;
  });
  const mostMs = seconds * 1000 * (1 + LATE) + 5000;
  const isDone = () => (retries === undefined ? stamps.length >= mostSyns : refused !== undefined);
  for (let ms = 0; ms < mostMs && !isDone(); ms += 50) await sleep(50);
  const [first = Number.NaN] = stamps;
  const syns = stamps.map((stamp) => stamp - first);
  if (refused === undefined) return { syns };
  return { syns, failure: { errno: refused.errno, at: refused.at - first } };
}

const DROP_SYNS = `
  add table inet void
  add chain inet void input { type filter hook input priority 0; }
  add rule inet void input tcp dport ${PORT} tcp flags syn drop
`;

/** Resolves once it looks, to the stamps of the SYNs that it will have seen. */
async function watchSyns(namespace: Namespace): Promise<number[]> {
  const { stdout } = namespace.start("python3", SYNS, String(PORT));
  if (stdout === null) throw new Error("python3 has no output");
  const stamps: number[] = [];
  return new Promise((resolve) => {
    createInterface(stdout).on("line", (line) => {
      if (line === "ready") resolve(stamps);
      else stamps.push(Number(line));
    });
  });
}

interface Refused {
  readonly errno: string;
  readonly at: number;
}

async function refusalOf(call: Promise<unknown>): Promise<Refused | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return { errno: error.code, at: Date.now() / 1000 };
  }
}

export function simulateVoid({ profile, seconds, retries }: VoidExperiment): SynSchedule {
  const { params: all, ephemeralPorts } = PROFILES[profile];
  // So many timeouts of 1, 2, 4 … seconds; Linux counts that time and not the SYNs.
  const params =
    retries === undefined ? all : { ...all, synR2Us: (2 ** (retries + 1) - 1) * SECOND_US };
  const syns: number[] = [];
  const failures: { errno: string; at: number }[] = [];
  const box: Box = {
    pass: (nowUs) => {
      syns.push(nowUs / SECOND_US);
      return false;
    },
  };
  const client: Application = {
    begin: (cell, host) => {
      cell.connect(host, addressOf(1, 0), PORT);
    },
    ended: (cell, _end, errno) => {
      failures.push({ errno: errno ?? "no error", at: cell.nowUs / SECOND_US });
    },
  };
  const hosts = [
    { name: "client", params, ephemeralPorts, application: client },
    { name: "server", params, ephemeralPorts, application: {} },
  ];
  runCell({ hosts, link: { delayUs: 10 }, box }, seconds * SECOND_US);
  return { syns, failure: failures[0] };
}
