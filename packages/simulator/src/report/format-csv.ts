/** What stands in a field. */
export type Field = string | number | boolean | undefined;

/**
 * Rows as CSV (RFC 4180): lines end in CR LF, and a field is quoted where it
 * holds a comma, a quote or the end of a line. Numbers are plain digits with a
 * point, a missing value is an empty field.
 *
 * @param header the names of the fields; every row has as many
 */
export function formatCsv(header: readonly string[], rows: readonly (readonly Field[])[]): string {
  const odd = rows.findIndex((row) => row.length !== header.length);
  if (odd !== -1) {
    throw new Error(
      `synfin: row ${odd} has ${rows[odd]?.length} fields; the header has ${header.length}`,
    );
  }
  return [header, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

function field(value: Field): string {
  const text = value === undefined ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
