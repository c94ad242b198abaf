import { RFC9293 } from "@synfin/core/tcp";
import { DEFAULT_LOAD, LOAD_BOUNDS, type LoadSpec } from "@synfin/simulator/load";

/** What a reader sets, as it stands in attributes and inputs: not yet known to be sound. */
export interface LoadSettings {
  readonly connections: number;
  readonly rate: number;
  readonly seed: number;
}

export const DEFAULT_SETTINGS: LoadSettings = {
  connections: DEFAULT_LOAD.connections,
  rate: DEFAULT_LOAD.ratePerSecond,
  seed: DEFAULT_LOAD.seed,
};

/** A setting out of its bounds. */
export interface SettingError {
  readonly field: keyof LoadSettings;
  readonly value: number;
  readonly least: number;
  readonly most: number;
}

/** The least and the greatest value of each setting. */
export const SETTING_BOUNDS: Readonly<Record<keyof LoadSettings, readonly [number, number]>> = {
  connections: LOAD_BOUNDS.connections,
  rate: LOAD_BOUNDS.ratePerSecond,
  seed: LOAD_BOUNDS.seed,
};

const FIELDS = ["connections", "rate", "seed"] as const;

/** The settings that cannot be run, in the order in which they are shown. */
export function settingErrors(settings: LoadSettings): SettingError[] {
  return FIELDS.flatMap((field) => {
    const [least, most] = SETTING_BOUNDS[field];
    const value = settings[field];
    const sound = Number.isInteger(value) && value >= least && value <= most;
    return sound ? [] : [{ field, value, least, most }];
  });
}

/** The run that the settings ask for. */
export function specOf(settings: LoadSettings): LoadSpec {
  const { connections, rate, seed } = settings;
  return { ...DEFAULT_LOAD, connections, ratePerSecond: rate, seed };
}

/** 2MSL of RFC 9293, the longest part of an ordinary connection's life. */
const TIME_WAIT_US = 2 * RFC9293.mslUs;

/**
 * How long a run will take in virtual time and how many connections it will
 * hold at most if nothing is lost: the chart's axes before the run knows.
 */
export function expectedExtent(spec: LoadSpec): {
  readonly endUs: number;
  /** At the clients, TIME-WAIT included. */
  readonly alive: number;
  /** At the servers, which have no TIME-WAIT here: the client closes first. */
  readonly open: number;
} {
  const msl = spec.params["mslUs"];
  const timeWaitUs = msl === undefined ? TIME_WAIT_US : 2 * msl;
  const openUs = spec.holdUs + 6 * spec.delayUs;
  const openingUs = (spec.connections * 1_000_000) / spec.ratePerSecond;
  const within = (lifeUs: number): number =>
    Math.min(spec.connections, Math.ceil((spec.ratePerSecond * lifeUs) / 1_000_000));
  const lifeUs = openUs + timeWaitUs;
  return { endUs: openingUs + lifeUs, alive: within(lifeUs), open: within(openUs) };
}
