import type { StateName } from "@synfin/core/tcp";

/** Who acts, and what the sentence is about. */
export interface Cast {
  /** The end that acts, as `Phrases.host` names it. */
  readonly me: string;
  readonly peer: string;
  /** The segment's flags, `FIN,ACK`; empty where there is no segment. */
  readonly flags: string;
  readonly seq: number;
  readonly ack: number;
  /** Octets of text. */
  readonly bytes: number;
  /** How long a timer ran, `1 s`. */
  readonly wait: string;
  readonly state: StateName;
  /** What a segment says beside its numbers: its options, its blocks, its window. */
  readonly details: string;
}

/** One sentence, or two, without a name for its end: `{ me: "the client" … }` fills it in. */
export type Phrase = (cast: Cast) => string;

/** The changes of state that have a sentence of their own. */
export const TRANSITION_KEYS = [
  "CLOSED>LISTEN",
  "CLOSED>SYN-SENT",
  "LISTEN>SYN-SENT",
  "LISTEN>SYN-RECEIVED",
  "SYN-SENT>SYN-RECEIVED",
  "SYN-SENT>ESTABLISHED",
  "SYN-RECEIVED>ESTABLISHED",
  "TIME-WAIT>SYN-RECEIVED",
  "SYN-RECEIVED>FIN-WAIT-1",
  "ESTABLISHED>FIN-WAIT-1",
  "ESTABLISHED>CLOSE-WAIT",
  "CLOSE-WAIT>LAST-ACK",
  "FIN-WAIT-1>FIN-WAIT-2",
  "FIN-WAIT-1>CLOSING",
  "FIN-WAIT-1>TIME-WAIT",
  "FIN-WAIT-2>TIME-WAIT",
  "CLOSING>TIME-WAIT",
  "LAST-ACK>CLOSED",
  "TIME-WAIT>CLOSED",
  "SYN-RECEIVED>LISTEN",
] as const;

export type TransitionKey = (typeof TRANSITION_KEYS)[number];

/** The ends of a connection that any state can come to, by the trace's cause. */
export const ENDING_CAUSES = [
  "rcv RST",
  "ABORT",
  "CLOSE",
  "R2 timeout",
  "user timeout",
  "reboot",
  "rcv SYN in window",
  "keep-alive timeout",
  "FIN-WAIT-2 timeout",
] as const;

export type EndingCause = (typeof ENDING_CAUSES)[number];

/** Everything else that a step can tell. */
export type OtherKey =
  | "sends"
  | "sendsData"
  | "sendsAgain"
  | "sendsRst"
  | "answersRst"
  | "answersWrongAck"
  | "refused"
  | "injected"
  | "lost"
  | "corrupted"
  | "receivesData"
  | "receivesAck"
  | "receivesOld"
  | "receivesEarly"
  | "challengesSyn"
  | "challengesRst"
  | "challengesAck"
  | "retransmitsFast"
  | "retransmitsRest"
  | "retransmitsOnAck"
  | "resendsIntoWindow"
  | "probesWindow"
  | "windowOpens"
  | "windowShuts"
  | "windowIsScaled"
  | "offersOptions"
  | "reportsSack"
  | "probesPeer"
  | "answersProbe"
  | "userReads"
  | "userKeepsAlive"
  | "receivesFinAgain"
  | "receivesRst"
  | "acknowledges"
  | "delayedAck"
  | "userSends"
  | "userCallFails"
  | "changes"
  | "same"
  | "hangsInCloseWait"
  | "hangsInFinWait2";

/** All sentences of one language. A key that is missing does not compile. */
export interface Phrases {
  /** An end inside of a sentence: `the client`, `클라이언트`. */
  readonly host: (name: string) => string;
  readonly transition: Readonly<Record<TransitionKey, Phrase>>;
  readonly ending: Readonly<Record<EndingCause, Phrase>>;
  readonly other: Readonly<Record<OtherKey, Phrase>>;
}
