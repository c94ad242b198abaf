import type { Signal, StateChange } from "@synfin/core/tcp";
import type {
  Copy,
  Moment,
  Observer,
  TimerAction,
  TimerName,
  Transmission,
} from "../world/observer.ts";
import { Digest } from "./digest.ts";

/** The kinds of events, as numbers that never change their meaning. */
const Kind = {
  RUN: 1,
  SENT: 2,
  ARRIVED: 3,
  CHANGED: 4,
  SIGNALLED: 5,
  DELIVERED: 6,
  TIMER: 7,
  CALLED: 8,
};

/** Every event of the run goes into the digest, with its time and all that it holds. */
export class DigestObserver implements Observer {
  readonly digest: Digest = new Digest();

  constructor(scenario: string, seed: number) {
    this.digest.begin(Kind.RUN, seed).text(scenario).end();
  }

  sent(transmission: Transmission): void {
    const { datagram, host, number, sentAtUs, retransmission, injected } = transmission;
    const { segment, flow, srcPort, dstPort, payload } = datagram;
    this.digest
      .begin(Kind.SENT, sentAtUs)
      .word(host)
      .word(flow)
      .word(number)
      .word(srcPort)
      .word(dstPort)
      .word(segment.seq)
      .word(segment.ack)
      .word(segment.flags)
      .word(segment.window)
      .word(segment.urgentPointer)
      .word(segment.mss)
      .bytes(payload)
      .word((retransmission ? 1 : 0) + (injected ? 2 : 0))
      .end();
    for (const [index, copy] of transmission.copies.entries()) this.copy(transmission, copy, index);
  }

  /** The fate counts as it is decided, so that a drop leaves its mark as well. */
  private copy({ host, datagram, number }: Transmission, copy: Copy, index: number): void {
    this.digest
      .begin(Kind.ARRIVED, copy.atUs)
      .word(host)
      .word(datagram.flow)
      .word(number)
      .word(index)
      .text(copy.verdict)
      .bytes(copy.damaged ?? NONE)
      .end();
  }

  changed(moment: Moment, change: Readonly<StateChange>): void {
    this.at(Kind.CHANGED, moment).word(change.from).word(change.to).word(change.cause).end();
  }

  signalled(moment: Moment, signal: Signal): void {
    this.at(Kind.SIGNALLED, moment).word(signal).end();
  }

  delivered(moment: Moment, length: number): void {
    this.at(Kind.DELIVERED, moment).word(length).end();
  }

  timer(moment: Moment, timer: TimerName, action: TimerAction, deadlineUs: number): void {
    this.at(Kind.TIMER, moment)
      .text(timer)
      .text(action)
      .word(deadlineUs - moment.atUs)
      .end();
  }

  called(
    moment: Moment,
    call: string,
    length: number | undefined,
    error: string | undefined,
  ): void {
    const said = this.at(Kind.CALLED, moment)
      .text(call)
      .word(length ?? 0);
    said.text(error ?? "").end();
  }

  private at(kind: number, moment: Moment): Digest {
    return this.digest.begin(kind, moment.atUs).word(moment.host).word(moment.flow);
  }
}

const NONE = new Uint8Array(0);
