import { PROFILES as MACHINES, type ProfileName, type TcpParams } from "@synfin/core/tcp";

/** A system whose behaviour the stack under test takes on. */
export interface Profile {
  readonly name: string;
  readonly params: TcpParams;
  /** SO_SNDBUF of a new socket, in octets. */
  readonly sendBuffer: number;
  /** The names for which `#ifdef` holds, unless others are given. */
  readonly defines: readonly string[];
}

/** What a script's world has beside the machine: FreeBSD's is 32 kB, the others' is its double. */
const SEND_BUFFERS: Readonly<Partial<Record<ProfileName, number>>> = { freebsd: 32768 };
const DEFINES: Readonly<Partial<Record<ProfileName, readonly string[]>>> = {
  freebsd: ["FreeBSD"],
};

/** The names of the profiles that there are. */
export const PROFILE_NAMES: readonly string[] = Object.keys(MACHINES);

/** The profile of this name, if there is one. */
export function profileParams(name: string): Profile | undefined {
  const machine = Object.values(MACHINES).find((candidate) => candidate.name === name);
  if (machine === undefined) return undefined;
  const sendBuffer = SEND_BUFFERS[machine.name] ?? 65536;
  const defines = DEFINES[machine.name] ?? ["STANDARD"];
  return { name, params: machine.params, sendBuffer, defines };
}
