import { expect, test } from "vitest";
import type { Meeting } from "./meeting.ts";
import { meetingTable } from "./table.mjs";

const QUIET: Meeting = { bytes: 12, weSentAgain: 0, kernelSentAgain: 0, steps: [] };

function met(title: string, meeting?: Meeting, status = "passed") {
  const meta = meeting === undefined ? {} : { meeting };
  return { status, title, ancestorTitles: ["closing"], meta };
}

test("the table has a row for each test that has met Linux, and its steps below", () => {
  const steps = ["ESTABLISHED/FIN-WAIT-1", "CLOSE-WAIT/FIN-WAIT-1", "CLOSE-WAIT/FIN-WAIT-2"];
  const bulk = { bytes: 10_000_000, weSentAgain: 41, kernelSentAgain: 7, steps };
  const tests = [
    met("four segments", bulk),
    met("met nobody"),
    met("half-close", QUIET, "failed"),
    met("a title that is so long that the three columns beside it would have no room", QUIET),
  ];
  expect(meetingTable(tests)).toMatchInlineSnapshot(`
    "MET WITH LINUX (states: ours/Linux's)                                    octets we again Linux again
    ----------------------------------------------------------------------------------------------------

    closing
      four segments                                                      10,000,000       41           7
          ESTABLISHED/FIN-WAIT-1 -> CLOSE-WAIT/FIN-WAIT-1 -> CLOSE-WAIT/FIN-WAIT-2
      FAILED: half-close                                                         12        0           0
      a title that is so long that the three columns beside it would have no room
                                                                                 12        0           0"
  `);
});

test("there is no table where no test has met Linux", () => {
  expect(meetingTable([met("alone")])).toBe("");
});
