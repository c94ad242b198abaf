import { State } from "@synfin/core/tcp";
import type { BulkResult, BulkScenario } from "@synfin/simulator/bulk";
import { censusSvg, type Mark } from "@synfin/simulator/plot";
import { countAt } from "./report-census.ts";

/** The census as a standalone SVG; the first host and the second, and the first of each failure. */
export function censusPicture(result: BulkResult, { name, title }: BulkScenario): string {
  const { census, failures, measures, partial } = result;
  const states = Object.values(State);
  const rows = census.rows.map((row) => ({
    atUs: row.atUs,
    client: states.map((state) => countAt(row, 0, state)),
    server: states.map((state) => countAt(row, 1, state)),
  }));
  const marks = [...failures.keys()].flatMap((errno): Mark[] => {
    const atUs = measures.firsts.get(errno);
    return atUs === undefined ? [] : [{ atUs, text: `first ${errno}` }];
  });
  const part = partial ? " (partial)" : "";
  return censusSvg(rows, { title: `${name}: ${title.en}${part}`, marks });
}
