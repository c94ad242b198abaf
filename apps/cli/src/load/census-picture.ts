import type { BulkResult, BulkScenario } from "@synfin/simulator/bulk";
import { censusSvg, type Mark } from "@synfin/simulator/plot";

/** The census as a standalone SVG; each of its hosts, and the first of each failure. */
export function censusPicture(result: BulkResult, { name, title }: BulkScenario): string {
  const { census, failures, measures, partial } = result;
  const marks = [...failures.keys()].flatMap((errno): Mark[] => {
    const atUs = measures.firsts.get(errno);
    return atUs === undefined ? [] : [{ atUs, text: `first ${errno}` }];
  });
  const part = partial ? " (partial)" : "";
  const { hosts } = result;
  return censusSvg(census.rows, { title: `${name}: ${title.en}${part}`, hosts, marks });
}
