import { RFC9293, type TcpParams } from "./params.ts";
import { OptionLayout } from "./segment.ts";

/** The systems whose TCP the machine can be. */
export const PROFILE_NAMES = [
  "rfc9293",
  "linux",
  "linux-pre-6.5",
  "freebsd",
  "macos",
  "windows",
] as const;

export type ProfileName = (typeof PROFILE_NAMES)[number];

/** One system: what its machine and its hosts do. Who says so stands in `PROFILE_SOURCES`. */
export interface Profile {
  readonly name: ProfileName;
  readonly title: string;
  readonly params: TcpParams;
  /** First and last ephemeral port; RFC 6335's dynamic ports where the system names none. */
  readonly ephemeralPorts: readonly [first: number, last: number];
  /** The largest accept queue (`somaxconn`). */
  readonly backlog: number;
}

const SECOND = 1_000_000;
const MS = 1000;

const RFC: Profile = {
  name: "rfc9293",
  title: "RFC 9293",
  params: RFC9293,
  ephemeralPorts: [49152, 65535],
  backlog: 128,
};

const LINUX_PARAMS: TcpParams = {
  ...RFC9293,
  mslUs: 30 * SECOND,
  minRtoUs: 200 * MS,
  maxRtoUs: 120 * SECOND,
  clockGranularityUs: 200 * MS,
  synLinear: 4,
  synR2Us: 131 * SECOND,
  synAckR2Us: 63 * SECOND,
  r2Us: 924_600 * MS,
  userTimeoutUs: 0,
  receiveBuffer: 64240,
  windowScale: 7,
  timestamps: 1,
  sack: 1,
  optionLayout: OptionLayout.LINUX,
  initialWindow: 10,
  delayedAckUs: 40 * MS,
  challengeAcks: 1,
  challengeWindowUs: 500 * MS,
  orphanFinWait2Us: 60 * SECOND,
  orphanR2Us: 102_200 * MS,
  icmpHardAborts: 0,
  keepAliveProbes: 9,
  listenKeepsText: 0,
};

const LINUX: Profile = {
  name: "linux",
  title: "Linux 6.5 and later",
  params: LINUX_PARAMS,
  ephemeralPorts: [32768, 60999],
  backlog: 4096,
};

const LINUX_OLD: Profile = {
  ...LINUX,
  name: "linux-pre-6.5",
  title: "Linux before 6.5",
  params: { ...LINUX_PARAMS, synLinear: 0, synR2Us: 127 * SECOND },
};

const FREEBSD: Profile = {
  name: "freebsd",
  title: "FreeBSD",
  params: {
    ...RFC9293,
    mslUs: 30 * SECOND,
    minRtoUs: 30 * MS,
    rtoSlopUs: 200 * MS,
    maxRtoUs: 64 * SECOND,
    synR2Us: 75 * SECOND,
    synR2Exact: 1,
    synAckR2Us: 15 * SECOND,
    userTimeoutUs: 0,
    receiveBuffer: 65536,
    windowScale: 6,
    timestamps: 1,
    sack: 1,
    initialWindow: 10,
    delayedAckUs: 40 * MS,
    rfc1337: 1,
    orphanFinWait2Us: 60 * SECOND,
    keepAliveProbes: 8,
    listenKeepsText: 0,
    synKeepsFin: 0,
    listenDropsSynAck: 1,
    acceptsUnoffered: 1,
    synResetCarriesAck: 1,
    receiveBufferRounds: 1,
  },
  ephemeralPorts: [10000, 65535],
  backlog: 128,
};

const MACOS: Profile = {
  name: "macos",
  title: "macOS",
  params: {
    ...FREEBSD.params,
    mslUs: 15 * SECOND,
    synLinear: 4,
    rtoSlopUs: 0,
    rfc1337: 0,
  },
  ephemeralPorts: [49152, 65535],
  backlog: 128,
};

const WINDOWS: Profile = {
  name: "windows",
  title: "Windows",
  params: {
    ...RFC9293,
    mslUs: 60 * SECOND,
    synR2Us: 21 * SECOND,
    initialRtoUs: 3 * SECOND,
    minRtoUs: 300 * MS,
    windowScale: 8,
    sack: 1,
    optionLayout: OptionLayout.BSD,
    initialWindow: 10,
    delayedAckUs: 40 * MS,
    orphanFinWait2Us: 240 * SECOND,
    keepAliveIntervalUs: 1 * SECOND,
    keepAliveProbes: 10,
  },
  ephemeralPorts: [49152, 65535],
  backlog: 200,
};

/** Every profile, by name. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  rfc9293: RFC,
  linux: LINUX,
  "linux-pre-6.5": LINUX_OLD,
  freebsd: FREEBSD,
  macos: MACOS,
  windows: WINDOWS,
};

/** The profile of this name, if there is one. */
export function findProfile(name: string): Profile | undefined {
  const known = PROFILE_NAMES.find((candidate) => candidate === name);
  return known === undefined ? undefined : PROFILES[known];
}
