import { defineLaw, type Law } from "../../law.ts";
import { userClosed } from "../../run/calls.ts";
import { firstFin } from "../../run/end.ts";
import { judgedEnds, type Run } from "../../run/run.ts";
import { brokenOffAtUs, wasEstablished } from "./broken-off-at.ts";

/**
 * When the user has closed a connection that was established, a FIN goes out,
 * after all that was to be sent, unless the connection is broken off first
 * (RFC 9293 §3.6, §3.10.4). A peer that never hears of the end waits for ever.
 */
export const everyCloseSendsFin: Law<Run> = defineLaw({
  name: "everyCloseSendsFin",
  source: "RFC 9293 §3.6, §3.10.4",
  says: "When the user has closed, a FIN goes out, unless the connection is broken off.",
  premises: ["user closed"],
  examine(run, notes) {
    if (run.cut) return;
    for (const end of judgedEnds(run)) {
      if (!userClosed(run, end) || end.iss === undefined) continue;
      if (end.endedAtUs !== Number.POSITIVE_INFINITY) continue;
      if (!wasEstablished(run, end) || brokenOffAtUs(run, end) !== Number.POSITIVE_INFINITY)
        continue;
      notes.met("user closed");
      if (firstFin(end) !== undefined) continue;
      const place = { atUs: run.trace.endedAtUs, host: end.host };
      notes.broken("its user has closed, and it never sends a FIN", place);
    }
  },
});
