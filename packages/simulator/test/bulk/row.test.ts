import { createTcb, NEVER, State, type Tcb } from "@synfin/core/tcp";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Home, placeOf } from "../../src/bulk/row.ts";
import { RowStore } from "../../src/bulk/tcb-store.ts";

const HOME: Home = { rcvBuf: 65535, r2Us: 100_000_000, userTimeoutUs: 300_000_000 };
const NOW_US = 5_000_000_000_000;

/** A TCB that a row can hold, somewhere in the life of a connection. */
function atHome(): Tcb {
  const tcb = createTcb();
  const numbers = { iss: 4_000_000_000, sndUna: 4_000_000_001, sndNxt: 4_000_000_002 };
  const home = { ...HOME, ssthresh: 0x3fff_ffff, recover: numbers.iss, rexmitNxt: numbers.sndNxt };
  return Object.assign(tcb, { state: State.ESTABLISHED, ...numbers, ...home });
}

const field = fc.constantFrom(...(Object.keys(createTcb()) as (keyof Tcb)[]));

/** Values of the width that a field can have, its edges among them. */
function someValue(name: keyof Tcb): fc.Arbitrary<number> {
  if (name === "state") return fc.integer({ min: State.SYN_SENT, max: State.TIME_WAIT });
  if (name === "sndScale" || name === "rcvScale") return fc.integer({ min: 0, max: 14 });
  if (name === "retransmits") return fc.integer({ min: 0, max: 200 });
  if (placeOf(name) === "bit") return fc.integer({ min: 0, max: 1 });
  if (name.endsWith("AtUs") || name.endsWith("SinceUs") || name === "rttSentUs") {
    const near = fc.integer({ min: NOW_US - 3_000_000_000, max: NOW_US + 3_000_000_000 });
    return fc.oneof(near, fc.constantFrom(NEVER, 0, NOW_US, NOW_US + 7_200_000_000));
  }
  if (/^(sndWnd|sndMaxWnd|rcvWnd|rcvFree|rcvBuf|sndMss)$/.test(name)) {
    return fc.integer({ min: 0, max: 0x3fff_ffff });
  }
  return fc.oneof(fc.integer({ min: 0, max: 0xffff_ffff }), fc.constantFrom(0, 2 ** 31, 2 ** 40));
}

/** Sequence numbers are of 32 bits, whatever the arbitrary says. */
const WORDS: ReadonlySet<string> = new Set(
  "iss sndUna sndNxt sndEnd sndWl1 sndWl2 irs rcvNxt lastAckSent rttSeq tsRecent tsOffset rtoUs".split(
    " ",
  ),
);

function changed(tcb: Tcb, name: keyof Tcb, value: number): Tcb {
  const fitting = WORDS.has(name) ? value % 2 ** 32 : value;
  return Object.assign({ ...tcb }, { [name]: fitting });
}

const change = field.chain((name) => someValue(name).map((value) => ({ name, value })));

test("whatever is stored in a row comes back, whichever fields have left home", () => {
  const store = new RowStore();
  store.reserve(8);
  const seen = { spilled: 0, plain: 0 };
  const several = fc.array(change, { maxLength: 4 });
  fc.assert(
    fc.property(several, several, fc.nat(7), fc.nat(7), (one, other, row, otherRow) => {
      const first = one.reduce((tcb, { name, value }) => changed(tcb, name, value), atHome());
      const second = other.reduce((tcb, { name, value }) => changed(tcb, name, value), atHome());
      store.store(row, Object.assign(store.fresh(row), first), HOME, NOW_US);
      if (otherRow !== row) {
        // What is loaded in between must leave nothing behind.
        store.store(otherRow, Object.assign(store.fresh(otherRow), second), HOME, NOW_US);
        expect({ ...store.load(otherRow, HOME) }).toEqual(second);
      }
      expect({ ...store.load(row, HOME) }).toEqual(first);
      expect(store.state(row)).toBe(first.state);
      const home = one.every(({ name }) => placeOf(name) !== "home");
      seen[home ? "plain" : "spilled"] += 1;
    }),
    { numRuns: 3000 },
  );
  expect(seen.plain).toBeGreaterThan(300);
  expect(seen.spilled).toBeGreaterThan(300);
});

test("a row that is cleared is CLOSED, and holds nothing", () => {
  const store = new RowStore();
  store.reserve(2);
  const before = store.bytes;
  const far = changed(atHome(), "keepAliveAtUs", NOW_US + 7_200_000_000);
  store.store(1, Object.assign(store.fresh(1), far), HOME, NOW_US);
  store.load(1, HOME);
  expect(store.state(1)).toBe(State.ESTABLISHED);
  store.clear(1);
  expect(store.state(1)).toBe(State.CLOSED);
  expect(store.bytes).toBe(before);
});
