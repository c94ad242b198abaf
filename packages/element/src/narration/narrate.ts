import type { StateName } from "@synfin/core/tcp";
import type { Trace, TraceSegment, TraceState, TraceTimer } from "@synfin/simulator";
import {
  formatDuration,
  type Happening,
  type Moment,
  type ShownNumbers,
  stateAt,
} from "@synfin/simulator/view";
import type { Marks } from "../ladder/marks.ts";
import type { Language } from "../locale/language.ts";
import { ENGLISH } from "./en.ts";
import { KOREAN } from "./ko.ts";
import { CHALLENGES, collapse, type Line, REASONS, RFC } from "./lines.ts";
import {
  type Cast,
  ENDING_CAUSES,
  type EndingCause,
  type OtherKey,
  type Phrase,
  type Phrases,
  TRANSITION_KEYS,
} from "./phrases.ts";

/** What one step tells. */
export interface Narration {
  /** Plain sentences: what happens, and why. */
  readonly sentences: readonly string[];
  /** Where to read on: `RFC 9293 §3.10.7.4`. */
  readonly sources: readonly string[];
}

/** What a narration is made from. */
export interface Story {
  readonly trace: Trace;
  readonly numbers: ReadonlyMap<string, ShownNumbers>;
  readonly marks: Marks;
  readonly language: Language;
}

/** Where RFC 9293 tells what becomes of a segment that arrives, if not in §3.10.7.4. */
const SECTIONS: Partial<Record<OtherKey, string>> = {
  answersRst: "3.10.7.1",
  answersWrongAck: "3.10.7.3",
};

/** Sentences that tell of the ACK as well. */
const ANSWERS: readonly OtherKey[] = [
  "receivesOld",
  "receivesEarly",
  "receivesFinAgain",
  "challengesSyn",
  "challengesRst",
  "challengesAck",
];

/** Where an end can be left for ever, and how that is told. */
const HANGS: Partial<Record<StateName, OtherKey>> = {
  "CLOSE-WAIT": "hangsInCloseWait",
  "FIN-WAIT-2": "hangsInFinWait2",
};

/**
 * Tells a moment in words: first what each end does, then what is lost on the way, and
 * at the end of a run who is left waiting.
 */
export function narrate(story: Story, moment: Moment): Narration {
  const teller = new Teller(story, moment);
  const lines = [...teller.bothEnds(), ...teller.losses(), ...teller.hangs()];
  return {
    sentences: lines.map(({ phrase, cast }) => capitalise(phrase(cast))),
    sources: [...new Set(lines.flatMap(({ sources }) => sources))],
  };
}

/** Ends are named in lower case, also where their name begins a sentence. */
function capitalise(text: string): string {
  return text.replace(/(^|\. )\p{Ll}/gu, (start) => start.toUpperCase());
}

/** Finds the sentences for the happenings of one moment. */
class Teller {
  readonly #story: Story;
  readonly #moment: Moment;
  readonly #phrases: Phrases;

  constructor(story: Story, moment: Moment) {
    this.#story = story;
    this.#moment = moment;
    this.#phrases = story.language === "ko" ? KOREAN : ENGLISH;
  }

  /** What each end does; where both do the same, it is told once. */
  bothEnds(): Line[] {
    const [first = [], ...rest] = this.#story.trace.hosts.map(({ name }) => this.#linesOf(name));
    const others = rest.flatMap((lines, index) => {
      const same =
        lines.length > 0 &&
        lines.length === first.length &&
        lines.every(({ phrase }, at) => phrase === first[at]?.phrase);
      const host = this.#story.trace.hosts[index + 1]?.name ?? "";
      return same ? [this.#line("same", host, [])] : lines;
    });
    return [...first, ...others];
  }

  #linesOf(host: string): Line[] {
    const own = this.#moment.happenings.filter((happening) => happening.host === host);
    const states = own.flatMap((happening) =>
      happening.type === "state" ? [happening.state] : [],
    );
    const sent = own.flatMap((happening) => (happening.type === "sent" ? [happening.segment] : []));
    const lines = [
      ...own.flatMap((happening) => this.#before(host, happening, states, sent)),
      ...states.map((state) => this.#change(state)),
    ];
    return collapse([...lines, ...this.#after(host, sent, own, lines)], this.#phrases);
  }

  losses(): Line[] {
    return this.#moment.happenings.flatMap((happening) =>
      happening.type === "lost"
        ? [this.#line("lost", happening.host, [`${RFC}3.8.1`], { segment: happening.segment })]
        : [],
    );
  }

  /** The ends that nothing will bring any further, once nothing more happens. */
  hangs(): Line[] {
    const { trace } = this.#story;
    const { atUs } = this.#moment;
    const arrivals = trace.segments.flatMap(({ arrivals: all }) => all);
    if ([...arrivals, ...trace.states, ...trace.events].some((one) => one.atUs > atUs)) return [];
    // Whoever closes last is told first: the other waits for it.
    return [...trace.hosts].reverse().flatMap(({ name }) => {
      const key = HANGS[stateAt(trace, name, atUs)];
      return key === undefined ? [] : [this.#line(key, name, [`${RFC}3.6`])];
    });
  }

  /** What comes before a change of state, or stands without one. */
  #before(
    host: string,
    happening: Happening,
    states: readonly TraceState[],
    sent: readonly TraceSegment[],
  ): Line[] {
    if (happening.type === "call") {
      const { call, length = 0, error } = happening.call;
      if (error !== undefined) return [this.#line("userCallFails", host, [])];
      if (call === "receive") return [this.#line("userReads", host, [], { bytes: length })];
      if (call === "keep-alive") return [this.#line("userKeepsAlive", host, [`${RFC}3.8.4`])];
      return call === "send" && sent.every((segment) => segment.length === 0)
        ? [this.#line("userSends", host, [`${RFC}3.10.2`], { bytes: length })]
        : [];
    }
    if (happening.type === "timer") return this.#timer(host, happening.timer, sent);
    if (happening.type !== "arrival") return [];
    const { segment, arrival } = happening;
    if (arrival.verdict === "corrupt")
      return [this.#line("corrupted", host, [`${RFC}3.1`], { segment })];
    return states.length > 0 ? [] : this.#arrival(host, segment, sent);
  }

  #timer(host: string, timer: TraceTimer, sent: readonly TraceSegment[]): Line[] {
    if (timer.action !== "expire") return [];
    const wait = this.#waited(timer);
    const segment = sent.find(({ retransmission }) => retransmission);
    if (timer.timer === "delayed-ack")
      return [this.#line("delayedAck", host, [`${RFC}3.8.6.3`], { wait })];
    if (timer.timer !== "retransmission" || segment === undefined) return [];
    return [this.#line("sendsAgain", host, [`${RFC}3.8.1`, "RFC 6298 §5"], { segment, wait })];
  }

  #arrival(host: string, segment: TraceSegment, sent: readonly TraceSegment[]): Line[] {
    const reasons = sent.map(({ id }) => this.#story.marks.get(id)?.note);
    const drawnBy = reasons.find((note) => note?.reason === "challenge-ack")?.drawnBy;
    if (drawnBy !== undefined) {
      const [key, source] = CHALLENGES[drawnBy];
      return [this.#line(key, host, [`${RFC}3.10.7.4`, source], { segment })];
    }
    // What a shut window keeps out is told together with the window.
    if (
      segment.length > 0 &&
      sent.some(({ window }) => window === 0) &&
      !this.#takes(host, segment, sent)
    )
      return [];
    // A probe of an end that is still there is no old segment, although it looks like one.
    if (reasons.some((note) => note?.reason === "keep-alive-ack")) return [];
    const reset = sent.some(({ flags }) => flags.includes("RST"));
    const key = reset ? this.#resetKey(host) : this.#arrivalKey(host, segment, sent);
    const section = SECTIONS[key] ?? "3.10.7.4";
    return [this.#line(key, host, [RFC + section], { segment })];
  }

  #resetKey(host: string): OtherKey {
    return this.#isOpening(host) ? "answersWrongAck" : "answersRst";
  }

  #arrivalKey(host: string, segment: TraceSegment, sent: readonly TraceSegment[]): OtherKey {
    const { flags, length, retransmission } = segment;
    const state = stateAt(this.#story.trace, host, this.#moment.atUs);
    if (flags.includes("RST")) return "receivesRst";
    if (flags.includes("FIN") && state === "TIME-WAIT") return "receivesFinAgain";
    if (flags.includes("SYN")) return state === "ESTABLISHED" ? "challengesSyn" : "receivesOld";
    if (this.#drawsDuplicate(segment, sent)) return "receivesEarly";
    if (this.#delivers(host) || this.#takes(host, segment, sent)) return "receivesData";
    if (length === 0 && !flags.includes("FIN")) return "receivesAck";
    return retransmission || this.#isCopy(segment) ? "receivesOld" : "receivesEarly";
  }

  /** Whether an end answers from a state in which only an ACK can be wrong (§3.10.7.3). */
  #isOpening(host: string): boolean {
    const state = stateAt(this.#story.trace, host, this.#moment.atUs);
    return state === "SYN-SENT" || state === "SYN-RECEIVED";
  }

  #isCopy(segment: TraceSegment): boolean {
    return segment.arrivals.some(
      ({ verdict, atUs }) => verdict === "duplicate" && atUs === this.#moment.atUs,
    );
  }

  /** Whether the ACK that answers this one of several arrivals acknowledges nothing new. */
  #drawsDuplicate(segment: TraceSegment, sent: readonly TraceSegment[]): boolean {
    const texts = this.#moment.happenings.flatMap((happening) =>
      happening.type === "arrival" && happening.segment.length > 0 ? [happening.segment] : [],
    );
    const answer = sent[texts.indexOf(segment)];
    return answer !== undefined && this.#story.marks.get(answer.id)?.note?.nth !== undefined;
  }

  /** Whether what an end sends acknowledges this text for the first time. */
  #takes(host: string, { seq, length }: TraceSegment, sent: readonly TraceSegment[]): boolean {
    const end = seq + length;
    const before = this.#story.trace.segments.findLast(
      ({ from, sentAtUs }) => from === host && sentAtUs < this.#moment.atUs,
    );
    const isNew = before !== undefined && ((before.ack - end) | 0) < 0;
    return length > 0 && isNew && sent.some(({ ack }) => ((ack - end) | 0) >= 0);
  }

  #delivers(host: string): boolean {
    return this.#moment.happenings.some(
      (happening) => happening.type === "delivery" && happening.host === host,
    );
  }

  #change(state: TraceState): Line {
    const ending = ENDING_CAUSES.find((cause) => cause === state.cause && state.to === "CLOSED");
    const phrase = this.#phraseFor(state, ending);
    const timer = this.#moment.happenings.find(
      (happening) => happening.type === "timer" && happening.host === state.host,
    );
    const wait = timer?.type === "timer" ? this.#waited(timer.timer) : "";
    const shown = ending === undefined ? state.to : state.from;
    return {
      phrase,
      sources: [state.section.startsWith("RFC") ? state.section : RFC + state.section],
      cast: this.#cast(state.host, { wait, state: shown }),
    };
  }

  #phraseFor({ from, to }: TraceState, ending: EndingCause | undefined): Phrase {
    const { transition, ending: endings, other } = this.#phrases;
    if (ending === "rcv RST" && from === "SYN-SENT") return other.refused;
    if (ending !== undefined) return endings[ending];
    const key = TRANSITION_KEYS.find((name) => name === `${from}>${to}`);
    return key === undefined ? other.changes : transition[key];
  }

  /** What was sent, where no sentence before has said so. */
  #after(
    host: string,
    sent: readonly TraceSegment[],
    own: readonly Happening[],
    said: readonly Line[],
  ): Line[] {
    const injected = sent.filter((segment) => segment.injected === true);
    const lines = injected.map((segment) =>
      this.#line("injected", host, [`${RFC}3.5`], { segment }),
    );
    const rest = sent.filter((segment) => segment.injected !== true);
    const data = rest.filter((segment) => segment.length > 0 && !segment.retransmission);
    const told = rest.flatMap((segment) => this.#reasonOf(host, segment));
    if (told.length > 0) return [...lines, ...told];
    if (data.length > 0)
      return [
        ...lines,
        ...data.map((segment) => this.#line("sendsData", host, [`${RFC}3.10.2`], { segment })),
      ];
    const [segment] = rest;
    const answered =
      (said.length > 0 && own.some(({ type }) => type === "state" || type === "timer")) ||
      said.some(({ phrase }) => ANSWERS.some((key) => phrase === this.#phrases.other[key]));
    if (segment === undefined || answered) return lines;
    if (segment.flags.includes("RST")) {
      return said.length > 0
        ? lines
        : [...lines, this.#line("sendsRst", host, [`${RFC}3.5.2`], { segment })];
    }
    const key = segment.flags.join() === "ACK" ? "acknowledges" : "sends";
    return [...lines, this.#line(key, host, [], { segment })];
  }

  /** Why a segment was sent, and what it brings beside its numbers. */
  #reasonOf(host: string, segment: TraceSegment): Line[] {
    const mark = this.#story.marks.get(segment.id);
    if (mark === undefined) return [];
    const { note, details, facts } = mark;
    const [key, source = ""] = REASONS[note?.reason ?? "timeout"] ?? [];
    const wait = formatDuration(note?.waitUs ?? 0);
    const sack = details.find((text) => text.startsWith("sack "));
    const window = details.find((text) => text.startsWith("win "));
    const lines: Line[] = [];
    const tell = (told: OtherKey, from: string, text = ""): void => {
      lines.push(this.#line(told, host, [from], { segment, wait, details: text }));
    };
    if (key !== undefined) tell(key, source, window);
    if (sack !== undefined) tell("reportsSack", "RFC 2018 §4", sack.slice(5).replaceAll(":", "–"));
    if (facts.window.field === 0 && key === undefined) tell("windowShuts", `${RFC}3.8.6.1`);
    if (segment.flags.includes("SYN")) {
      const offers = details.filter((text) => !/^(?:win|mss)/.test(text)).join(", ");
      if (offers !== "") tell("offersOptions", "RFC 7323 §2.2", offers);
    } else if (facts.window.factor > 1 && window !== undefined && key === undefined) {
      tell("windowIsScaled", "RFC 7323 §2.3", window);
    }
    return lines;
  }

  #line(key: OtherKey, host: string, sources: readonly string[], about: About = {}): Line {
    return { phrase: this.#phrases.other[key], cast: this.#cast(host, about), sources };
  }

  #cast(host: string, { segment, bytes, wait, state, details }: About): Cast {
    const peer = this.#story.trace.hosts.find(({ name }) => name !== host)?.name ?? host;
    const shown = segment === undefined ? undefined : this.#story.numbers.get(segment.id);
    return {
      me: this.#phrases.host(host),
      peer: this.#phrases.host(peer),
      flags: segment?.flags.join(",") ?? "",
      seq: shown?.seq ?? 0,
      ack: shown?.ack ?? 0,
      bytes: bytes ?? segment?.length ?? 0,
      wait: wait ?? "",
      details: details ?? "",
      state: state ?? stateAt(this.#story.trace, host, this.#moment.atUs),
    };
  }

  /** How long a timer that runs out had been running. */
  #waited({ host, timer, atUs }: TraceTimer): string {
    const starts = this.#story.trace.events.filter(
      (event) =>
        event.type === "timer" &&
        event.host === host &&
        event.timer === timer &&
        event.deadlineUs !== undefined &&
        event.atUs < atUs,
    );
    const start = starts.at(-1)?.atUs ?? atUs;
    return formatDuration(atUs - start);
  }
}

interface About {
  readonly segment?: TraceSegment;
  readonly bytes?: number;
  readonly wait?: string;
  readonly state?: Cast["state"];
  readonly details?: string;
}
