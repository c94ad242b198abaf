import { PARAM_BOUNDS, PROFILES, type ProfileName } from "@synfin/core/tcp";
import type { HostSettings } from "./host-settings.ts";
import { BSD_RULES } from "./sysctl-bsd.ts";
import type { Change, ParamChanges, Raw, Reader } from "./sysctl-change.ts";
import { type SysctlLine, sysctlLines } from "./sysctl-lines.ts";
import { LINUX_RULES, r2Us, synR2Us } from "./sysctl-linux.ts";

/** What the settings of a system say about its TCP. */
export interface SysctlReading {
  /** The system that they come from, where they tell. */
  readonly profile: ProfileName | undefined;
  /** What is set for the machine; times in microseconds. */
  readonly params: ParamChanges;
  readonly host: HostSettings;
  /** The names that were understood, in the order of the text. */
  readonly understood: readonly string[];
  /** How many other settings there were. */
  readonly ignored: number;
  /** Settings with a value that cannot be: one line each. They change nothing. */
  readonly problems: readonly SysctlProblem[];
}

export interface SysctlProblem {
  /** From 1. */
  readonly line: number;
  /** Names the line, the setting, the bad value, and what would be right. */
  readonly message: string;
}

const RULES: ReadonlyMap<string, Reader> = new Map([...LINUX_RULES, ...BSD_RULES]);

/**
 * Reads the text of `sysctl -a`, or of a `sysctl.conf`, from Linux, FreeBSD or
 * macOS. Where a setting comes twice, the later one counts.
 */
export function readSysctl(text: string): SysctlReading {
  const lines = sysctlLines(text);
  const reading = new Reading();
  for (const line of lines) reading.take(line);
  return reading.finish(profileOf(lines));
}

class Reading {
  readonly #understood = new Set<string>();
  readonly #problems: SysctlProblem[] = [];
  #ignored = 0;
  #change: Required<Change> = { params: {}, host: {}, conntrack: {}, raw: {} };
  #lastPortLine = 0;

  take({ line, name, value }: SysctlLine): void {
    const read = RULES.get(name);
    if (read === undefined) {
      if (SYSTEM_NAMES.includes(name)) this.#understood.add(name);
      else this.#ignored += 1;
      return;
    }
    const found = read(value);
    if ("wanted" in found) {
      this.#problem(line, `${name} is "${value}", but it should be ${found.wanted}`);
      return;
    }
    this.#understood.add(name);
    if (found.value.raw?.lastPort !== undefined) this.#lastPortLine = line;
    this.#change = merged(this.#change, found.value);
  }

  finish(profile: ProfileName | undefined): SysctlReading {
    const { host, conntrack, raw } = this.#change;
    return {
      profile,
      params: { ...this.#change.params, ...giveUpTimes(this.#change, profile) },
      host: {
        ...host,
        ...this.#bsdPorts(raw),
        ...(Object.keys(conntrack).length === 0 ? {} : { conntrack }),
      },
      understood: [...this.#understood],
      ignored: this.#ignored,
      problems: this.#problems,
    };
  }

  /** FreeBSD and macOS name the first and the last port one by one. */
  #bsdPorts({ firstPort: first, lastPort: last }: Raw): HostSettings {
    if (first === undefined || last === undefined) return {};
    if (first <= last) return { ephemeralPorts: [first, last] };
    const why = `it should be at least ${first}, which portrange.first is`;
    this.#problem(this.#lastPortLine, `net.inet.ip.portrange.last is "${last}", but ${why}`);
    return {};
  }

  #problem(line: number, what: string): void {
    this.#problems.push({ line, message: `line ${line}: ${what}` });
  }
}

function merged(all: Required<Change>, one: Change): Required<Change> {
  return {
    params: { ...all.params, ...one.params },
    host: { ...all.host, ...one.host },
    conntrack: { ...all.conntrack, ...one.conntrack },
    raw: { ...all.raw, ...one.raw },
  };
}

/** Linux counts retries where the machine has a time, and each depends on other settings, too. */
function giveUpTimes(
  { params, raw, host }: Required<Change>,
  profile: ProfileName | undefined,
): ParamChanges {
  const isLinux = profile === "linux" || profile === "linux-pre-6.5";
  if (!isLinux) return {};
  const { initialRtoUs, minRtoUs, maxRtoUs, synLinear } = {
    ...PROFILES[profile].params,
    ...params,
  };
  const synUs = synR2Us(raw.synRetries ?? 6, synLinear, initialRtoUs, maxRtoUs);
  const dataUs = r2Us(raw.retries2 ?? 15, minRtoUs, maxRtoUs);
  const { synAckRetries, orphanRetries } = host;
  const isSynSet = raw.synRetries ?? params.synLinear ?? params.maxRtoUs;
  const isDataSet = raw.retries2 ?? params.minRtoUs ?? params.maxRtoUs;
  return {
    ...(isSynSet === undefined ? {} : { synR2Us: bounded("synR2Us", synUs) }),
    ...(isDataSet === undefined ? {} : { r2Us: bounded("r2Us", dataUs) }),
    ...(synAckRetries === undefined
      ? {}
      : { synAckR2Us: bounded("synAckR2Us", synR2Us(synAckRetries, 0, initialRtoUs, maxRtoUs)) }),
    ...(orphanRetries === undefined
      ? {}
      : { orphanR2Us: bounded("orphanR2Us", r2Us(orphanRetries, minRtoUs, maxRtoUs)) }),
  };
}

function bounded(name: keyof ParamChanges, us: number): number {
  return Math.min(us, PARAM_BOUNDS[name].max);
}

/** Settings that tell the system itself. */
const SYSTEM_NAMES: readonly string[] = ["kernel.osrelease", "kern.ostype"];

function profileOf(lines: readonly SysctlLine[]): ProfileName | undefined {
  const textOf = (name: string): string => lines.find((line) => line.name === name)?.value ?? "";
  const bsd = textOf("kern.ostype");
  if (bsd === "FreeBSD") return "freebsd";
  if (bsd === "Darwin") return "macos";
  const [, major = "", minor = ""] = /^(\d+)\.(\d+)/.exec(textOf("kernel.osrelease")) ?? [];
  // tcp_syn_linear_timeouts came with 6.5.
  if (major !== "") return Number(major) * 1000 + Number(minor) < 6005 ? "linux-pre-6.5" : "linux";
  return lines.some(({ name }) => name.startsWith("net.ipv4.")) ? "linux" : undefined;
}
