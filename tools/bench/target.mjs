/** A target: what is wanted of a figure, and whether it is so. */

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {string} wanted
 * @property {number | string | undefined} measured undefined where it was not measured
 * @property {boolean | undefined} met undefined where it was not measured
 * @property {boolean} binds others inform
 * @property {string} detail absolutes of a ratio, or why there is no figure
 * @property {boolean} exact a miss is a bug, and not a slow machine
 */

/**
 * A number, or a text that says why there is none.
 *
 * @typedef {{ value: number | string, detail: string }} Measurement
 */

/**
 * @param {string} name
 * @param {number} bound
 * @param {Measurement | number | string} given
 * @returns {Target}
 */
export function atLeast(name, bound, given) {
  return compared(name, `≥ ${bound}`, given, (value) => value >= bound);
}

/**
 * @param {string} name
 * @param {number} bound
 * @param {Measurement | number | string} given
 * @returns {Target}
 */
export function atMost(name, bound, given) {
  return compared(name, `≤ ${bound}`, given, (value) => value <= bound);
}

/**
 * @param {string} name
 * @param {string} wanted
 * @param {Measurement | number | string} given
 * @param {(value: number) => boolean} isMet
 * @returns {Target}
 */
function compared(name, wanted, given, isMet) {
  const { value, detail } = typeof given === "object" ? given : { value: given, detail: "" };
  const target = { name, wanted, binds: true, exact: false };
  if (typeof value === "string") return { ...target, ...missing(value) };
  return { ...target, measured: value, met: isMet(value), detail };
}

/** @param {string} why */
export function missing(why) {
  return { measured: undefined, met: undefined, detail: why };
}

/**
 * @template {number | string} T
 * @param {string} name
 * @param {T} wanted
 * @param {T} measured
 * @param {string} [detail]
 * @returns {Target}
 */
export function equal(name, wanted, measured, detail = "") {
  const met = wanted === measured;
  return { name, wanted: `= ${wanted}`, measured, met, binds: true, detail, exact: true };
}

/** @param {Target} target @returns {Target} */
export function inform(target) {
  return { ...target, binds: false };
}
