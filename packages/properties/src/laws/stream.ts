import { CAUSE_NAMES, Cause, SIGNAL_NAMES, Signal, seqAdd, seqDiff } from "@synfin/core/tcp";
import { defineLaw, type Law, Notes } from "../law.ts";
import { octetsGiven } from "../run/calls.ts";
import { type End, peerOf } from "../run/end.ts";
import { fromHex } from "../run/hex.ts";
import { judgedEnds, type Run } from "../run/run.ts";
import { endOf, placeOf, textStart } from "../run/sequence.ts";

const RCV_FIN = CAUSE_NAMES[Cause.RCV_FIN];
const PEER_CLOSED = SIGNAL_NAMES[Signal.PEER_CLOSED];
const ALPHABET = 26;

/**
 * What a user is handed is a prefix of what the other user sent, octet by
 * octet, and once the peer's FIN has been taken it is all of it (RFC 9293
 * §2, §3.4: a reliable, in-order byte stream). What is sent again holds the
 * octets that it held the first time. Text is compared where it is the
 * alphabet over and over, as in every scenario of ours, and only as a run of
 * octets otherwise. Needs an observer (`Run.watched`) for what was handed over.
 */
export const deliveredIsPrefixOfSent: Law<Run> = defineLaw({
  name: "deliveredIsPrefixOfSent",
  source: "RFC 9293 §2.2, §3.4, §3.10.7.4",
  says: "What is delivered is a prefix of what was sent; after the FIN, all of it.",
  premises: ["octets delivered", "octets sent again", "all delivered before the FIN"],
  examine(run, notes) {
    const judged = judgedEnds(run);
    for (const end of run.ends) {
      const own = judged.includes(end);
      const stream = sentStream(end, own ? notes : new Notes(notes.law));
      if (own) checkAlphabet(stream, end, notes);
      const peer = peerOf(end, run.ends);
      if (peer !== undefined && judged.includes(peer) && run.watched !== undefined) {
        checkDelivered(run, stream, end, peer, notes);
      }
    }
  },
});

/** What went out, by its offset; retransmissions must agree with what they repeat. */
function sentStream(end: End, notes: Notes): Uint8Array {
  const first = seqAdd(end.iss ?? 0, 1);
  const past = end.sent.map((segment) => seqDiff(endOf(segment), first));
  const stream = new Uint8Array(Math.max(0, ...past));
  // Where someone else has looked on, what was lost or overtaken leaves a gap for a while.
  const known = new Uint8Array(stream.length);
  let length = 0;
  for (const segment of end.sent) {
    if (segment.length === 0) continue;
    const text = fromHex(segment.packet.slice(-2 * segment.length));
    const offset = seqDiff(textStart(segment), first);
    for (const [index, octet] of text.entries()) {
      const at = offset + index;
      if (known[at] === 1) notes.met("octets sent again");
      if (known[at] === 1 && stream[at] !== octet) {
        const what = `octet ${at} of the stream is ${octet}, and was ${stream[at]} before`;
        notes.broken(what, placeOf(segment));
        break;
      }
      stream[at] = octet;
      known[at] = 1;
    }
    length = Math.max(length, offset + text.length);
  }
  return stream.subarray(0, length);
}

function checkAlphabet(stream: Uint8Array, end: End, notes: Notes): void {
  const [first = 0] = stream;
  if (first < 97 || first >= 97 + ALPHABET) return;
  const wrong = stream.findIndex(
    (octet, index) => octet !== 97 + ((first - 97 + index) % ALPHABET),
  );
  if (wrong === -1) return;
  const segment = end.sent.find((sent) => {
    return sent.length > 0 && seqDiff(endOf(sent), seqAdd(end.iss ?? 0, 1)) > wrong;
  });
  const what = `octet ${wrong} of the stream is ${stream[wrong]}, which is not the next letter`;
  notes.broken(what, segment === undefined ? { host: end.host } : placeOf(segment));
}

/** @param stream what `end` sent to `peer` */
function checkDelivered(run: Run, stream: Uint8Array, end: End, peer: End, notes: Notes): void {
  let offset = 0;
  const deliveries = run.watched?.deliveries ?? [];
  for (const { atUs, host, bytes } of deliveries) {
    if (host !== peer.host || atUs < peer.bornAtUs || atUs > peer.endedAtUs) continue;
    notes.met("octets delivered", bytes.length);
    const base = offset;
    const wrong = bytes.findIndex((octet, index) => octet !== stream[base + index]);
    if (wrong !== -1) {
      const sent = stream[base + wrong] ?? "nothing";
      const what = `octet ${base + wrong} was delivered as ${bytes[wrong]}; ${end.host} sent ${sent}`;
      notes.broken(what, { atUs, host });
      return;
    }
    offset += bytes.length;
  }
  const finished = finTaken(run, peer);
  if (finished === undefined || !run.readsAtOnce(peer.host)) return;
  const given = octetsGiven(run, end);
  if (offset === given) {
    notes.met("all delivered before the FIN");
    return;
  }
  const what = `took the FIN after ${offset} octets were delivered; ${given} were sent`;
  notes.broken(what, { atUs: finished.atUs, host: peer.host });
}

/** When an end took its peer's FIN: its state says so, or else what its user was told. */
function finTaken({ trace }: Run, { host, states }: End): { readonly atUs: number } | undefined {
  if (states.length > 0) return states.find(({ cause }) => cause === RCV_FIN);
  return trace.events.find((event) => {
    return event.type === "signal" && event.host === host && event.signal === PEER_CLOSED;
  });
}
