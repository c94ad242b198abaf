/**
 * Why mutants survive, in groups: each of a file in packages/core/src, what it
 * changes, and into what. A mutant that is killed after all has to go from here.
 *
 * @typedef {readonly [file: string, from: string, to: string]} Known
 * @typedef {{ name: string, why: string, mutants: readonly Known[] }} Group
 */

/** @type {readonly Group[]} */
export const GROUPS = [
  {
    name: "An edge where both sides do the same",
    why: "A comparison takes in its edge or leaves it out, and at the edge both ways come to the same value: the larger of two equal numbers, the earlier of two equal deadlines, a field that is 0 and reserved.",
    mutants: [
      ["tcp/arrives/peer-syn.ts", "tcb.sndWnd > tcb.sndMaxWnd", "tcb.sndWnd >= tcb.sndMaxWnd"],
      ["tcp/arrives/peer-syn.ts", "segment.userTimeout < 0", "segment.userTimeout <= 0"],
      ["tcp/arrives/other-states.ts", "segment.userTimeout >= 0", "segment.userTimeout > 0"],
      ["tcp/timers.ts", "tcb.retransmitAtUs < at", "tcb.retransmitAtUs <= at"],
      ["tcp/timers.ts", "tcb.timeWaitAtUs < at", "tcb.timeWaitAtUs <= at"],
      ["tcp/timers.ts", "tcb.ackAtUs < at", "tcb.ackAtUs <= at"],
      ["tcp/timers.ts", "tcb.userTimeoutAtUs < at", "tcb.userTimeoutAtUs <= at"],
      ["tcp/timers.ts", "tcb.keepAliveAtUs < at", "tcb.keepAliveAtUs <= at"],
      ["tcp/timers.ts", "tcb.finWait2AtUs < at", "tcb.finWait2AtUs <= at"],
    ],
  },
  {
    name: "A shortcut",
    why: "The condition saves work where there is nothing to do. Without it the long way is gone, and comes to the same: it looks again itself, its loop has no turn, it adds 0. All of it is on the path of every segment, so the shortcut stays.",
    mutants: [
      ["tcp/arrives/other-states.ts", "tcb.keepAlive === 1", "true"],
      ["tcp/arrives/other-states.ts", "segment.userTimeout >= 0", "true"],
      ["tcp/congestion.ts", "tcb.dupAcks === 0", "false"],
      ["tcp/held.ts", "tcb.heldCount === 0", "false"],
      ["tcp/held.ts", "count === 0", "false"],
      ["tcp/timers.ts", "tcb.retransmitAtUs < at", "true"],
      ["tcp/transmit.ts", "tcb.heldCount === 0", "false"],
      ["wire/read-packet.ts", "headerLength > 20", "true"],
      ["wire/read-packet.ts", "headerLength > 20", "headerLength >= 20"],
      [
        "wire/read-packet.ts",
        "end - start === 12 && readI32(bytes, start) === ALIGNED_TIMESTAMPS",
        "false",
      ],
      ["wire/read-packet.ts", "end - start", "end + start"],
      ["wire/read-packet.ts", "aligned", "false"],
      ["wire/read-packet.ts", "kind === OptionKind.NOP", "false"],
      ["wire/read-packet.ts", "{ at += 1; continue; }", "{}"],
    ],
  },
  {
    name: "Implied by what holds there",
    why: "The condition stands for the reader, or for safety. What `checkTcb` asserts of every TCB, or what the caller has made sure of, leaves only one way: a timer that is running is not started again, something waits only while it has not been sent, a FIN that lies before RCV.NXT is forgotten in the same step.",
    mutants: [
      ["tcp/transmit.ts", "tcb.sndUna === tcb.sndNxt", "true"],
      ["tcp/transmit.ts", "tcb.finSent === 0", "true"],
      ["tcp/transmit.ts", "tcb.finQueued === 1", "true"],
      ["tcp/transmit.ts", "tcb.finQueued === 1 && tcb.finSent === 0", "true"],
      [
        "tcp/transmit.ts",
        "tcb.finQueued === 1 && tcb.finSent === 0",
        "tcb.finQueued === 1 || tcb.finSent === 0",
      ],
      ["tcp/transmit.ts", "length > 0 || fin", "true"],
      ["tcp/transmit.ts", "length > 0", "length >= 0"],
      ["tcp/arrives/fin.ts", "ahead < 0", "false"],
      ["tcp/arrives/fin.ts", "ahead < 0", "ahead <= 0"],
      ["tcp/congestion.ts", "tcb.retransmits === 0", "true"],
      ["tcp/arrives/ack.ts", "tcb.userTimeoutAtUs !== NEVER", "true"],
      ["tcp/icmp.ts", "type === SOURCE_QUENCH", "false"],
      ["tcp/icmp.ts", "tcb.state <= State.LISTEN", "false"],
      ["tcp/icmp.ts", "tcb.state <= State.LISTEN", "tcb.state < State.LISTEN"],
      ["tcp/syn-cookie.ts", "age > now", "false"],
      ["wire/segment-options.ts", "2 + 8 * segment.sackCount", "2 - 8 * segment.sackCount"],
      ["wire/segment-options.ts", "8 * segment.sackCount", "8 / segment.sackCount"],
      ["wire/checksum.ts", "end - start", "end + start"],
      ["wire/decode-options.ts", "at + 1 < end", "true"],
      ["wire/decode-options.ts", "at + 1 < end", "at + 1 <= end"],
      ["wire/decode-options.ts", "at + 1", "at - 1"],
    ],
  },
  {
    name: "What only the compiler asks for",
    why: "TypeScript does not know that there is a value, or that all cases have been had; the fallback is never taken, or gives what would be there anyway.",
    mutants: [
      ["tcp/params.ts", 'typeof value === "number"', "true"],
      ["tcp/profiles.ts", "known === undefined", "false"],
      ["wire/address.ts", '""', '"Stryker was here!"'],
      ["wire/ip-extension.ts", "default: return false;", "default:"],
      ["wire/decode-packet.ts", "header === undefined", "false"],
      [
        "tcp/arrives/fin.ts",
        "default: // CLOSE-WAIT, LAST-ACK: a second FIN, beyond the first, is no one's. return AckNeed.NOW;",
        "default:",
      ],
      ["wire/encode-options.ts", "default: return undefined;", "default:"],
    ],
  },
  {
    name: "Storage that is written before it is read",
    why: "What an array begins with, how long it is made, and what lies beyond what counts in it, is never looked at, or reads as nothing; and a table may have its rows at any places, as long as no two are at the same.",
    mutants: [
      ["tcp/held.ts", "[0, 0, 0, 0]", "[]"],
      ["tcp/held.ts", "index > 0", "index >= 0"],
      ["tcp/outbox.ts", "[]", '["Stryker was here"]'],
      [
        "tcp/transitions.ts",
        "new Array<string | undefined>(CAUSES * STATES * STATES)",
        "new Array()",
      ],
      ["tcp/transitions.ts", "CAUSES * STATES * STATES", "CAUSES * STATES / STATES"],
      ["tcp/transitions.ts", "CAUSES * STATES", "CAUSES / STATES"],
      [
        "tcp/transitions.ts",
        "(cause * STATES + from) * STATES + to",
        "(cause * STATES + from) * STATES - to",
      ],
      ["tcp/transitions.ts", "cause * STATES + from", "cause * STATES - from"],
      ["tcp/isn.ts", "bytes.length - whole", "bytes.length + whole"],
    ],
  },
];

/**
 * @param {Group} group
 * @param {import("./report.mjs").Mutant} mutant
 */
export function explains(group, { file, from, to }) {
  return group.mutants.some(
    ([knownFile, knownFrom, knownTo]) =>
      file === `packages/core/src/${knownFile}` && from === knownFrom && to === knownTo,
  );
}
