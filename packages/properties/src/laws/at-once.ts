import { seqAdd, seqDiff } from "@synfin/core/tcp";
import { defineLaw, type Law, type Notes } from "../law.ts";
import { type End, stateBefore } from "../run/end.ts";
import type { Run } from "../run/run.ts";
import { type Given, givenText } from "../run/send-calls.ts";
import { endOf, has } from "../run/sequence.ts";
import { acknowledgedForCertain, leastEdge } from "../run/taken.ts";

/**
 * Text goes out in the moment in which it is handed over, where nothing is
 * outstanding, where it makes a full segment, or where Nagle's algorithm is
 * off; unless the peer's window has no room for it, or the network may not
 * have, which fits two segments before anything was lost (RFC 9293 §3.7.4:
 * MUST-17, §3.8.6.2.1, §3.9.1.2: MUST-60; SHLD-28).
 */
export const textGoesOutAtOnce: Law<Run> = defineLaw({
  name: "textGoesOutAtOnce",
  source: "RFC 9293 §3.7.4 MUST-17, §3.8.6.2.1 SHLD-28, §3.9.1.2 MUST-60",
  says: "Text that nothing holds back goes out in the moment in which it is handed over.",
  premises: ["nothing outstanding", "full segment", "Nagle off"],
  examine(run, notes) {
    for (const end of run.ends) {
      const given = givenText(run, end);
      for (const [index, text] of given.entries()) checkText(run, end, given, index, text, notes);
    }
  },
});

function checkText(
  run: Run,
  end: End,
  given: readonly Given[],
  index: number,
  { atUs, end: textEnd }: Given,
  notes: Notes,
): void {
  const { iss } = end;
  const state = stateBefore(end, atUs);
  const alone = given.filter((one) => one.atUs === atUs).length === 1;
  const steady = end.states.every((change) => change.atUs !== atUs) && end.endedAtUs > atUs;
  if (iss === undefined || !alone || !steady) return;
  if (state !== "ESTABLISHED" && state !== "CLOSE-WAIT") return;
  const before = given[index - 1]?.end ?? seqAdd(iss, 1);
  const why = whyAtOnce(run, end, atUs, before, textEnd);
  if (why === undefined) return;
  notes.met(why);
  const sent = end.sent.some((one) => {
    return one.sentAtUs === atUs && one.length > 0 && seqDiff(endOf(one), before) > 0;
  });
  if (sent) return;
  const what = `${seqDiff(textEnd, before)} octets are handed over, with ${why.toLowerCase()}, and nothing goes out`;
  notes.broken(what, { atUs, host: end.host });
}

/** Why what lies from `from` to `to` may not wait; undefined where it may. */
function whyAtOnce(run: Run, end: End, atUs: number, from: number, to: number): string | undefined {
  const sent = end.sent.filter((one) => one.sentAtUs < atUs);
  const furthest = sent.reduce((most, one) => {
    return seqDiff(endOf(one), most) > 0 ? endOf(one) : most;
  }, end.iss ?? 0);
  // What waits already waits for a reason, and what was lost has made the network smaller.
  if (furthest !== from || sent.some(({ retransmission }) => retransmission)) return undefined;
  const size = sizeOf(run, end) - MOST_OPTIONS;
  const flight = seqDiff(from, acknowledgedForCertain(end, atUs));
  const length = Math.min(seqDiff(to, from), sizeOf(run, end));
  const roomy = seqDiff(leastEdge(end, atUs), seqAdd(from, length)) >= 0;
  if (!roomy || flight + length > 2 * size) return undefined;
  if (flight === 0) return "nothing outstanding";
  if (run.paramsOf(end.host).nagle === 0) return "Nagle off";
  return seqDiff(to, from) >= sizeOf(run, end) ? "full segment" : undefined;
}

/** What a header may hold beside the text. */
const MOST_OPTIONS = 40;

function sizeOf(run: Run, end: End): number {
  const syn = end.heard.find(({ segment }) => has(segment, "SYN") && segment.seq === end.irs);
  const offered = syn?.segment.options.find(({ name }) => name === "mss")?.value ?? 536;
  return Math.min(Math.max(64, offered), run.paramsOf(end.host).mss);
}
