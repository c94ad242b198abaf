/**
 * Which package may import which: the picture of docs/architecture.md as a
 * table. A package imports only what stands in its row; apps may import every
 * package, and nobody imports an app.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const HOUSE = {
  core: [],
  capture: ["core"],
  sockets: ["core"],
  simulator: ["core", "sockets"],
  packetdrill: ["core", "sockets", "simulator"],
  properties: ["core", "sockets", "simulator"],
  worker: ["core", "sockets", "simulator"],
  element: ["core", "sockets", "simulator", "worker", "capture"],
  tun: ["core", "sockets", "capture"],
};

/** The packages whose every run must be the same: no clock, no randomness, no I/O. */
export const DETERMINISTIC = ["core", "sockets", "simulator"];

/**
 * Where a file stands: in a package or an app, and in which part of it.
 *
 * @typedef {{ kind: "package" | "app", name: string, folder: string, part: string }} Place
 * @param {string} path
 * @returns {Place | undefined}
 */
export function placeOf(path) {
  const match = /^(packages|apps)\/([^/]+)\/(?:(src|test)\/)?/.exec(path);
  if (match === null) return undefined;
  const [, root = "", name = "", part = ""] = match;
  return { kind: root === "apps" ? "app" : "package", name, folder: `${root}/${name}`, part };
}

/**
 * The names of the packages that a place may import.
 *
 * @param {Place} place
 * @returns {readonly string[]}
 */
export function mayImport(place) {
  if (place.kind === "app") return Object.keys(HOUSE);
  return HOUSE[place.name] ?? [];
}
