import { type FlagName, flagBits, flagNames, type StateName, seqAdd } from "@synfin/core/tcp";
import { fromHex, toHex } from "../run/hex.ts";
import type { Port, PortEvent, PortInput, PortOutput, PortSegment } from "./port.ts";

/** A segment as most TCPs have it. */
export interface PlainSegment {
  /** SEG.SEQ and SEG.ACK, raw; the second counts only with the ACK bit. */
  readonly seq: number;
  readonly ack: number;
  /** The control bits as they stand in the header: FIN is 1, SYN 2, RST 4, PSH 8, ACK 16. */
  readonly flags: number;
  /** SEG.WND as it stands in the header. */
  readonly window: number;
  /** The MSS option's value; 0 where there is no such option. */
  readonly mss: number;
  readonly text: Uint8Array;
}

/** What a TCP does is told here, as it does it. */
export interface PortReport {
  /** The time of what happens now, in microseconds. */
  readonly nowUs: number;
  /** A segment goes out. */
  readonly sent: (segment: PlainSegment) => void;
  /** Its user has received this text, the next in order. */
  readonly received: (text: Uint8Array) => void;
  /** Its user is told something; undefined stands for what a port has no name for. */
  readonly told: (event: PortEvent | undefined) => void;
}

/** Why a call is refused; undefined where it is not. */
export type Refusal = string | undefined;

/** The TCP of one run, which begins without connection and listener. See `PortInput`. */
export interface PortTcp {
  readonly listen: (nowUs: number) => Refusal;
  readonly connect: (nowUs: number) => Refusal;
  /** @param text at least one octet */
  readonly send: (text: Uint8Array, nowUs: number) => Refusal;
  readonly shutdown: (nowUs: number) => Refusal;
  readonly abort: (nowUs: number) => Refusal;
  readonly arrives: (segment: PlainSegment, nowUs: number) => void;
  /** Does what is due. */
  readonly timeout: (nowUs: number) => void;
  /** When its next timer runs out, in microseconds; `Infinity` where none runs. */
  readonly wakeAtUs: () => number;
  /** Its state, where it likes to say so; see `PortOutput`. */
  readonly state?: () => StateName | undefined;
}

/**
 * Makes a port of a TCP in JavaScript: collects what it does, and turns octets
 * and bits into the port's hexadecimal and names, and back.
 *
 * @param begin makes the TCP of a run: `chooseIss` has an initial sequence number for each
 *   of its connections, and what it does it tells `report`
 */
export function portOf(begin: (chooseIss: () => number, report: PortReport) => PortTcp): Port {
  let answer = new Answer(0);
  const report: PortReport = {
    get nowUs() {
      return answer.nowUs;
    },
    sent: (segment) => answer.segments.push(fromPlain(segment)),
    received: (text) => {
      answer.received += toHex(text);
    },
    told: (event) => {
      if (event !== undefined) answer.events.push(event);
    },
  };
  let tcp: PortTcp | undefined;
  return {
    step(input): PortOutput {
      answer = new Answer(input.nowUs);
      if (input.type === "start") tcp = begin(isnsFrom(input.iss), report);
      if (tcp === undefined)
        throw new Error(`a run should begin with "start", not "${input.type}"`);
      const error = perform(tcp, input);
      return answer.output(tcp, error);
    },
  };
}

/** One number for each connection of a run, far from the one before (§3.4.1). */
function isnsFrom(iss: number): () => number {
  let next = iss;
  return () => {
    const chosen = next;
    next = seqAdd(next, 1 << 24);
    return chosen;
  };
}

function perform(tcp: PortTcp, input: PortInput): Refusal {
  const { nowUs } = input;
  if (input.type === "segment") tcp.arrives(toPlain(input), nowUs);
  if (input.type === "time") tcp.timeout(nowUs);
  if (input.type !== "call") return undefined;
  return input.call === "send" ? tcp.send(fromHex(input.text), nowUs) : tcp[input.call](nowUs);
}

class Answer {
  readonly segments: PortSegment[] = [];
  readonly events: PortEvent[] = [];
  received = "";
  readonly nowUs: number;

  constructor(nowUs: number) {
    this.nowUs = nowUs;
  }

  output(tcp: PortTcp, error: Refusal): PortOutput {
    const { segments, received, events } = this;
    const atUs = tcp.wakeAtUs();
    const state = tcp.state?.();
    return {
      ...{ segments, received, events, wakeAtUs: atUs === Number.POSITIVE_INFINITY ? null : atUs },
      ...(error === undefined ? {} : { error }),
      ...(state === undefined ? {} : { state }),
    };
  }
}

function toPlain({ seq, ack, flags, window, mss = 0, text = "" }: PortSegment): PlainSegment {
  const bits = flagBits(flags.split(",") as FlagName[]);
  return { seq, ack, flags: bits, window, mss, text: fromHex(text) };
}

function fromPlain({ seq, ack, flags, window, mss, text }: PlainSegment): PortSegment {
  const option = mss === 0 ? {} : { mss };
  return { seq, ack, flags: flagNames(flags).join(","), window, ...option, text: toHex(text) };
}
