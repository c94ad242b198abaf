import type { Trace } from "@synfin/simulator";
import type { Happening, Moment } from "@synfin/simulator/view";
import type { Story } from "./narrate.ts";

/**
 * A moment for those who hear it: one short clause for each segment, with its
 * sender, flags, SEQ and ACK, and one for each change of state.
 */
export function announce(story: Story, moment: Moment): string {
  return moment.happenings.flatMap((happening) => clause(story, happening)).join(". ");
}

const WORDS = {
  en: {
    sent: "sends",
    arrival: "received",
    lost: "lost on the way",
    corrupt: "damaged",
  },
  ko: { sent: "보냄", arrival: "받음", lost: "유실", corrupt: "손상" },
} as const;

function clause(story: Story, happening: Happening): string[] {
  const words = WORDS[story.language];
  if (happening.type === "state") {
    const { host, from, to } = happening.state;
    return [`${host}: ${from} → ${to}`];
  }
  if (happening.type === "sent") return [segmentClause(story, happening, words.sent)];
  if (happening.type === "lost") return [segmentClause(story, happening, words.lost)];
  if (happening.type !== "arrival") return [];
  const word = happening.arrival.verdict === "corrupt" ? words.corrupt : words.arrival;
  return [segmentClause(story, happening, word)];
}

type OfSegment = Extract<Happening, { segment: Trace["segments"][number] }>;

function segmentClause(story: Story, { host, segment }: OfSegment, word: string): string {
  const shown = story.numbers.get(segment.id) ?? segment;
  const ack = segment.flags.includes("ACK") ? `, ACK ${shown.ack}` : "";
  const text = segment.length > 0 ? `, ${segment.length} B` : "";
  const why = story.marks.get(segment.id)?.why ?? "";
  return `${host} ${word} ${segment.flags.join(",")}, SEQ ${shown.seq}${ack}${text}${why === "" ? "" : `, ${why}`}`;
}
