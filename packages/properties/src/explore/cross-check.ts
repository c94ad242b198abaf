import {
  CAUSE_NAMES,
  Cause,
  Flag,
  type Segment,
  State,
  type StateChange,
  type StateName,
  seqDiff,
  stateName,
} from "@synfin/core/tcp";
import {
  ABSTRACT_RULES,
  type AbstractAction,
  type AbstractMessage,
  type AbstractRule,
} from "./model/abstract-tcp.ts";
import type { EndStep } from "./step.ts";

/** How the steps of the machine look to the abstract TCP of the TLA⁺ examples. */
export interface CrossCheck {
  /** For each of its actions that a step of ours is, how many different steps are. */
  readonly covered: Readonly<Partial<Record<AbstractAction, number>>>;
  /** Its actions that no step of ours is. */
  readonly uncovered: readonly AbstractAction[];
  /** Different steps that change no state: text, acknowledgments, retransmissions. */
  readonly still: number;
  /**
   * Changes of state that it does not know, such as `ESTABLISHED to CLOSED by
   * ABORT`, with the number of different steps that make them.
   */
  readonly withoutImage: Readonly<Record<string, number>>;
}

/** What must bring a change about that takes no message. */
const CAUSES: Readonly<Partial<Record<AbstractAction, Cause>>> = {
  ACTIVE_OPEN: Cause.ACTIVE_OPEN,
  PASSIVE_OPEN: Cause.PASSIVE_OPEN,
  CLOSE_SYN_SENT: Cause.CLOSE,
  CLOSE_SYN_RECEIVED: Cause.CLOSE,
  CLOSE_LISTEN: Cause.CLOSE,
  CLOSE_ESTABLISHED: Cause.CLOSE,
  CLOSE_CLOSE_WAIT: Cause.CLOSE,
  TimeWait: Cause.TIME_WAIT_TIMEOUT,
};

/**
 * Finds for each step of the machine the action of the abstract TCP that it is:
 * one in the same state, which takes a message that the segment stands for,
 * sends one that the machine sends, and comes to the same state. One segment of
 * ours may stand for several messages, since each acknowledges, and one step may
 * be two actions. A step that changes no state is none.
 */
export class ImageTally {
  readonly #covered = new Map<AbstractAction, number>();
  readonly #withoutImage = new Map<string, number>();
  #still = 0;

  note(step: EndStep): void {
    if (step.changes.length === 0) {
      this.#still += 1;
      return;
    }
    const whole = imageOf(step, wholeChange(step));
    if (whole !== undefined) {
      count(this.#covered, whole);
      return;
    }
    for (const change of step.changes) {
      const image = imageOf(step, change);
      if (image !== undefined) count(this.#covered, image);
      else count(this.#withoutImage, rowOf(change));
    }
  }

  result(): CrossCheck {
    const actions = new Set(ABSTRACT_RULES.map(({ action }) => action));
    return {
      covered: Object.fromEntries(this.#covered),
      uncovered: [...actions].filter((action) => !this.#covered.has(action)),
      still: this.#still,
      withoutImage: Object.fromEntries(this.#withoutImage),
    };
  }
}

function count<Key>(map: Map<Key, number>, key: Key): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

/** From where the step begins to where it ends, as in the RFC's note 2 (§3.3.2). */
function wholeChange({ changes }: EndStep): StateChange {
  const [first] = changes;
  const last = changes.at(-1);
  if (first === undefined || last === undefined) throw new Error("synfin: nothing has changed");
  return { from: first.from, to: last.to, cause: last.cause };
}

function rowOf({ from, to, cause }: StateChange): string {
  return `${stateName(from)} to ${stateName(to)} by ${CAUSE_NAMES[cause]}`;
}

function imageOf(step: EndStep, { from, to, cause }: StateChange): AbstractAction | undefined {
  const came = messagesOf(step);
  const sent = sentMessages(step);
  const [before, after]: StateName[] = [stateName(from), stateName(to)];
  return ABSTRACT_RULES.find((rule: AbstractRule) => {
    if (rule.to !== after || (rule.from ?? before) !== before) return false;
    if (rule.takes.length === 0 && CAUSES[rule.action] !== cause) return false;
    if (rule.takes.length > 0 && BY_CALL.includes(cause)) return false;
    if (rule.sends !== undefined && !sent.has(rule.sends)) return false;
    return rule.takes.every((message) => came.has(message));
  })?.action;
}

const BY_CALL: readonly Cause[] = [Cause.CLOSE, Cause.ABORT];

/** The messages that the segment which arrived stands for, to the end that it came to. */
function messagesOf({ before, input }: EndStep): Set<AbstractMessage> {
  const messages = new Set<AbstractMessage>();
  if (typeof input !== "object") return messages;
  const { tcb } = before;
  const acks = (input.flags & Flag.ACK) !== 0;
  if ((input.flags & Flag.RST) !== 0) return messages.add("RST");
  if ((input.flags & Flag.SYN) !== 0) messages.add(acks ? "SYN,ACK" : "SYN");
  if ((input.flags & Flag.FIN) !== 0 || tcb.heldFin === 1) messages.add("FIN");
  if (!acks || tcb.state <= State.LISTEN) return messages;
  if (tcb.synAcked === 0 && seqDiff(input.ack, tcb.iss) > 0) messages.add("ACK");
  if (tcb.finSent === 1 && input.ack === tcb.sndNxt) messages.add("ACKofFIN");
  return messages;
}

/**
 * The messages that what the end sends stands for. A FIN that waits for its text is
 * as good as sent.
 */
function sentMessages({ after, sent }: EndStep): Set<AbstractMessage> {
  const messages = new Set<AbstractMessage>();
  const { tcb } = after;
  if (tcb.finQueued === 1) messages.add("FIN");
  for (const segment of sent) for (const one of kindsOf(segment)) messages.add(one);
  if (after.finTaken === 1 && messages.has("ACK")) messages.add("ACKofFIN");
  return messages;
}

function kindsOf({ flags }: Readonly<Segment>): AbstractMessage[] {
  const acks = (flags & Flag.ACK) !== 0;
  if ((flags & Flag.RST) !== 0) return ["RST"];
  if ((flags & Flag.SYN) !== 0) return [acks ? "SYN,ACK" : "SYN"];
  const fin: AbstractMessage[] = (flags & Flag.FIN) !== 0 ? ["FIN"] : [];
  return acks ? ["ACK", ...fin] : fin;
}
