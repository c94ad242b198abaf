import { PARAM_BOUNDS, type TcpParams } from "@synfin/core/tcp";
import type { ConntrackSettings, HostSettings } from "./host-settings.ts";
import { choice, integer, large, type Value } from "./sysctl-values.ts";

export type ParamChanges = { readonly [Name in keyof TcpParams]?: number };

/** Numbers that mean something only together with others. */
export interface Raw {
  readonly synRetries?: number;
  readonly retries2?: number;
  readonly firstPort?: number;
  readonly lastPort?: number;
}

/** What one setting changes. */
export interface Change {
  readonly params?: ParamChanges;
  readonly host?: HostSettings;
  readonly conntrack?: ConntrackSettings;
  readonly raw?: Raw;
}

/** A setting that is understood: its name, and what its value changes. */
export type Rule = readonly [name: string, read: Reader];
export type Reader = (text: string) => Value<Change>;

/** A parameter of the machine; a time in units of so many microseconds. */
export function param(name: keyof TcpParams, unit = 1): Reader {
  const { min, max } = PARAM_BOUNDS[name];
  const [least, most] = [Math.ceil(Math.max(0, min) / unit), Math.floor(max / unit)];
  return (text) =>
    map(integer(text, least, most), (value) => ({ params: { [name]: value * unit } }));
}

/** Digits, each of which sets some parameters. */
export function paramsBy(meanings: Readonly<Record<string, ParamChanges>>): Reader {
  return (text) => map(choice(text, meanings), (params) => ({ params }));
}

/** A parameter that is on for 1 and off for 0. */
export function paramSwitch(name: keyof TcpParams): Reader {
  return paramsBy({ "0": { [name]: 0 }, "1": { [name]: 1 } });
}

type NumberOf<T> = { [K in keyof T]-?: T[K] extends number | undefined ? K : never }[keyof T];

/** A number of the host, however large. */
export function host(name: NumberOf<HostSettings>, unit = 1): Reader {
  return (text) => map(large(text, unit), (value) => ({ host: { [name]: value } }));
}

/** Digits, each of which sets something of the host. */
export function hostBy(meanings: Readonly<Record<string, HostSettings>>): Reader {
  return (text) => map(choice(text, meanings), (settings) => ({ host: settings }));
}

/** How often a SYN,ACK is sent again. */
export function synAckRetries(text: string): Value<Change> {
  return map(integer(text, 0, 255), (value) => ({ host: { synAckRetries: value } }));
}

/** A number of the connection tracking. */
export function conntrack(name: keyof ConntrackSettings, unit = 1): Reader {
  return (text) => map(large(text, unit), (value) => ({ conntrack: { [name]: value } }));
}

/** A number to be understood later. */
export function raw(name: keyof Raw, min: number, max: number): Reader {
  return (text) => map(integer(text, min, max), (value) => ({ raw: { [name]: value } }));
}

export function map<A, B>(read: Value<A>, use: (value: A) => B): Value<B> {
  return "value" in read ? { value: use(read.value) } : read;
}
