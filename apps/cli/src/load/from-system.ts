import { SynQueueFull } from "@synfin/core/tcp";
import type { BulkScenario, Choice } from "@synfin/simulator/bulk";
import { type Io, UsageError } from "../io.ts";
import type { HostSettings } from "./host-settings.ts";
import type { LoadOptions } from "./load-options.ts";
import { readSs, type SocketSummary } from "./ss.ts";
import { readSysctl } from "./sysctl.ts";

const CONNTRACK = "net.netfilter.nf_conntrack";

type Wanted = Pick<LoadOptions, "profile" | "sysctl" | "ss">;

/**
 * What the files of a system say: whose TCP, its parameters, and those of the
 * scenario's that a system setting decides. Rejects with a `UsageError` for a
 * file that cannot be read or that says what cannot be.
 */
export async function choiceFromSystem(
  scenario: BulkScenario,
  { profile, sysctl, ss }: Wanted,
  io: Pick<Io, "readFile" | "stderr">,
): Promise<Choice> {
  const base: Choice = { profile };
  const told = sysctl === undefined ? base : await fromSysctl(scenario, sysctl, base, io);
  if (ss === undefined) return told;
  const { established, timeWait } = await summaryOf(ss, io);
  return { ...told, start: { established, timeWait } };
}

async function fromSysctl(
  scenario: BulkScenario,
  path: string,
  base: Choice,
  io: Pick<Io, "readFile" | "stderr">,
): Promise<Choice> {
  const text = await readText("sysctl", path, io);
  const { profile, params, host, understood, ignored, problems } = readSysctl(text);
  const [problem] = problems;
  if (problem !== undefined) throw new UsageError(`load: ${path}: ${problem.message}`);
  if (understood.length === 0) {
    throw new UsageError(
      `load: ${path} has no setting that is known here; it should be the output of "sysctl -a"`,
    );
  }
  const without = understood.filter((name) => WITHOUT_EFFECT.has(name));
  const none =
    without.length === 0 ? "" : `, ${without.length} without effect here (${few(without)})`;
  io.stderr.write(
    `synfin: load: ${path}: ${understood.length - without.length} settings of TCP taken${none}, ${ignored} others left alone\n`,
  );
  return {
    profile: base.profile ?? profile,
    params: { ...params, ...listenerParams(host) },
    ephemeralPorts: host.ephemeralPorts,
    values: systemValues(scenario, host, params.orphanFinWait2Us),
  };
}

/** Settings that no scenario has anything to do with; of the connection tracking, most. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  ...["net.ipv4.tcp_tw_reuse_delay", "net.ipv4.tcp_max_tw_buckets", "net.ipv4.tcp_max_syn_backlog"],
  ...["net.inet.tcp.syncache.rexmtlimit", "net.inet.tcp.maxtcptw"],
  ...["fs.file-max", "fs.nr_open", "kern.maxfiles", "kern.maxfilesperproc"],
  ...["net.nf_conntrack_max", `${CONNTRACK}_max`],
  ...[
    ...["syn_sent", "syn_recv", "established", "fin_wait", "last_ack", "time_wait", "close"],
    ...["unacknowledged", "max_retrans"],
  ].map((state) => `${CONNTRACK}_tcp_timeout_${state}`),
]);

function few(names: readonly string[]): string {
  const [first, second, third, ...more] = names;
  const some = [first, second, third].filter((name) => name !== undefined).join(", ");
  return more.length === 0 ? some : `${some} and ${more.length} more`;
}

/** Settings of a listener that the machine has as parameters. */
function listenerParams({ synCookies, resetOnOverflow }: HostSettings): Record<string, number> {
  const full = synCookies === "off" ? SynQueueFull.DROP : SynQueueFull.COOKIE;
  return {
    ...(synCookies === undefined ? {} : { synQueueFull: full }),
    ...(resetOnOverflow === undefined ? {} : { acceptOverflowResets: resetOnOverflow ? 1 : 0 }),
  };
}

/** Parameters of scenarios that a system setting decides, where the scenario has them. */
function systemValues(
  scenario: BulkScenario,
  host: HostSettings,
  finTimeoutUs: number | undefined,
): Record<string, number> {
  const reuse = host.timeWaitReuse;
  // Other scenarios have a timeout that is not the connection tracking's.
  const tracked =
    scenario.name === "conntrack-half-close" ? host.conntrack?.closeWaitUs : undefined;
  return present(scenario, {
    timeout: tracked,
    "fin-timeout": finTimeoutUs,
    backlog: host.backlog,
    "max-orphans": host.maxOrphans,
    "tw-reuse": reuse === undefined ? undefined : reuse === "on" ? 1 : 0,
  });
}

function present(
  { parameters }: BulkScenario,
  values: Readonly<Record<string, number | undefined>>,
): Record<string, number> {
  const known = parameters.flatMap(({ key, min, max }) => {
    const value = values[key];
    // A system's limit may be larger than any run needs.
    return value === undefined ? [] : [[key, Math.min(max, Math.max(min, value))] as const];
  });
  return Object.fromEntries(known);
}

async function summaryOf(path: string, io: Pick<Io, "readFile">): Promise<SocketSummary> {
  const result = readSs(await readText("ss", path, io));
  if (result.ok) return result.value;
  throw new UsageError(`load: ${path}: ${result.message}`);
}

async function readText(option: string, path: string, io: Pick<Io, "readFile">): Promise<string> {
  try {
    return new TextDecoder().decode(await io.readFile(path));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `load: cannot read --${option} "${path}" (${reason}); give a file with the output of "${option === "ss" ? "ss -s" : "sysctl -a"}"`,
    );
  }
}
