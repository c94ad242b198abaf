/**
 * A TCB at rest: all of its fields as one row in one buffer, as a simulation
 * of very many connections keeps them. Times are wide, the rest are unsigned
 * 32-bit numbers. To step a connection its row is loaded into a plain TCB and
 * stored back afterwards; that is the least that any step costs there.
 */
import { createTcb } from "@synfin/core/tcp";

const BYTES_PER_FIELD = 8;

/** @typedef {import("@synfin/core/tcp").Tcb} Tcb */
/** @typedef {{ words: Uint32Array, times: Float64Array }} Row */

/** @returns {Row} */
export function createRow() {
  const buffer = new ArrayBuffer(Object.keys(createTcb()).length * BYTES_PER_FIELD);
  return { words: new Uint32Array(buffer), times: new Float64Array(buffer) };
}

/** Every field from the row into the plain TCB. @type {(tcb: Tcb, row: Row) => void} */
export const loadRow = straightLine((field, cell) => `tcb.${field} = ${cell};`);

/** Every field from the plain TCB into the row. @type {(tcb: Tcb, row: Row) => void} */
export const storeRow = straightLine((field, cell) => `${cell} = tcb.${field};`);

/**
 * Straight-line code over every field that there is, made from their names, so
 * that a new field is counted without anyone having to think of it.
 *
 * @param {(field: string, cell: string) => string} line
 * @returns {(tcb: Tcb, row: Row) => void}
 */
function straightLine(line) {
  const lines = Object.keys(createTcb()).map((field, index) =>
    line(field, field.endsWith("Us") ? `times[${index}]` : `words[${2 * index}]`),
  );
  const body = ["const { words, times } = row;", ...lines].join("\n");
  return /** @type {(tcb: Tcb, row: Row) => void} */ (new Function("tcb", "row", body));
}
