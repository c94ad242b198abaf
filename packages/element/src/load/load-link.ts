import { hashWithText, textIn } from "../links/fragment.ts";
import type { LinkFormat, Links } from "../links/link-controller.ts";
import { present } from "../pieces/piece.ts";
import type { LoadSettings } from "./settings.ts";

/** The version that this code writes; another one is not read. */
const LINK_VERSION = 1;

/** `1;port-exhaustion;linux;7;1;;500;ports=1000,arrivals=poisson`: what is empty is not set. */
const SETTINGS = new RegExp(
  String.raw`^${LINK_VERSION};([a-z][a-z0-9-]{0,62});([a-z0-9.-]{0,62});(\d{1,16});(\d{1,3});(\d{0,16});(\d{0,16});([^\s;<>]{0,1000})$`,
);

/** Settings as text: only characters that a URL's fragment takes as they are. */
export function formatSettings(settings: LoadSettings): string {
  const { scenario, profile = "", seed, replications, connections, rate, set = "" } = settings;
  const pairs = set.split(/\s+/).filter((pair) => pair !== "");
  const values = [scenario, profile, seed, replications, connections ?? "", rate ?? ""];
  // `5%` and `300µs` are values like any others, and a fragment would escape them anyhow.
  const text = pairs.join(",").replace(/[^\w.,=/-]/gu, encodeURIComponent);
  return [LINK_VERSION, ...values, text].join(";");
}

/** Reads what `formatSettings` wrote, unescaped; undefined for everything else. Never throws. */
export function parseSettings(text: string): LoadSettings | undefined {
  const [, scenario, profile, ...rest] = SETTINGS.exec(text) ?? [];
  if (scenario === undefined) return undefined;
  const [seed, replications, connections, rate] = rest.slice(0, 4).map(numberIn);
  const isSound = rest.slice(0, 4).every((one) => one === "" || Number.isSafeInteger(Number(one)));
  if (!isSound || seed === undefined || replications === undefined) return undefined;
  const set = rest[4]?.split(",").join(" ") || undefined;
  return { scenario, profile: profile || undefined, seed, replications, connections, rate, set };
}

const numberIn = (text: string): number | undefined => (text === "" ? undefined : Number(text));

/** The settings of a crowd in the fragment of an address. */
export const loadLinks: LinkFormat<LoadSettings> = {
  placeIn(hash, key) {
    const text = textIn(hash, key);
    return text === undefined ? undefined : parseSettings(text);
  },
  hashWith: (hash, key, settings) => hashWithText(hash, key, formatSettings(settings)),
};

export const LOAD_LINKS: Links<LoadSettings> = {
  format: present(loadLinks),
  defaultKey: "load",
};
