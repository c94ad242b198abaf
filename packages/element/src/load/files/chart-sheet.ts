import { findBulkScenario, fromTransfer } from "@synfin/simulator/bulk";
import { bandsOf, censusSheet, type Mark, type Sheet } from "@synfin/simulator/plot";
import { mostHeld } from "../moments.ts";
import { numbersOf } from "../numbers.ts";
import { LOAD_WORDS } from "../words.ts";
import type { FileSource } from "./index.ts";

/** The counts of a run over time as a picture of its own, in the language of the page. */
export function chartSheet({ wholes: [whole], language }: FileSource): Sheet {
  if (whole === undefined) throw new Error("synfin: a picture of no run");
  const { scenario, seed, hosts, failures, census, measures } = fromTransfer(whole);
  const words = LOAD_WORDS[language];
  const { seconds, whole: count } = numbersOf(language);
  const marks = [...failures.keys()].flatMap((errno): Mark[] => {
    const atUs = measures.firsts.get(errno);
    return atUs === undefined ? [] : [{ atUs, text: words.firstOf(errno) }];
  });
  const title = findBulkScenario(scenario)?.title[language] ?? "";
  const described = hosts.map((name, host) => {
    const { count: most, atUs } = mostHeld(census.rows, host, bandsOf(host, census.rows));
    return `${words.mostAt(words.hosts(name))}: ${count(most)}, ${seconds(atUs)}.`;
  });
  return censusSheet(census.rows, {
    ...{ title: `${scenario}: ${title} (seed ${seed})`, marks, hosts },
    words: {
      panel: (host) => `${words.chart}, ${words.hosts(host)}`,
      axis: (unit) => `${words.virtualTime} (${unit})`,
      mark: ({ text, atUs }) => `${text}, ${seconds(atUs)}`,
      description: `${words.chart}. ${described.join(" ")}`,
    },
  });
}
