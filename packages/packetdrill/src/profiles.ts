import { RFC9293, type TcpParams } from "@synfin/core/tcp";

/** A system whose behaviour the stack under test takes on. */
export interface Profile {
  readonly name: string;
  readonly params: TcpParams;
  /** SO_SNDBUF of a new socket, in octets. */
  readonly sendBuffer: number;
  /** The names for which `#ifdef` holds, unless others are given. */
  readonly defines: readonly string[];
}

const SECOND = 1_000_000;

const PROFILES: readonly Profile[] = [
  { name: "rfc9293", params: RFC9293, sendBuffer: 65536, defines: ["STANDARD"] },
  {
    name: "freebsd",
    params: { ...RFC9293, mslUs: 30 * SECOND, synR2Us: 75 * SECOND, rfc1337: 1 },
    sendBuffer: 32768,
    defines: ["FreeBSD"],
  },
];

/** The names of the profiles that there are. */
export const PROFILE_NAMES: readonly string[] = PROFILES.map(({ name }) => name);

/** The profile of this name, if there is one. */
export function profileParams(name: string): Profile | undefined {
  return PROFILES.find((profile) => profile.name === name);
}
