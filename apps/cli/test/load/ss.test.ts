import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSs } from "../../src/load/ss.ts";

/**
 * From iproute2 6.1 in a namespace with 16 ends in ESTABLISHED, 12 in TIME-WAIT, and one
 * connection in FIN-WAIT-2 and CLOSE-WAIT; the orphans are those of the whole system.
 */
const real = readFileSync(new URL("fixtures/ss-summary.txt", import.meta.url), "utf8");

test("what ss -s prints today", () => {
  expect(readSs(real)).toEqual({
    ok: true,
    value: { established: 17, timeWait: 13, orphaned: 6 },
  });
});

test("what it printed years ago", () => {
  const text = `Total: 201 (kernel 0)
TCP:   125 (estab 40, closed 60, orphaned 2, synrecv 3, timewait 60/0), ports 0
`;
  expect(readSs(text)).toEqual({
    ok: true,
    value: { established: 40, timeWait: 60, orphaned: 2, synReceived: 3 },
  });
});

test.each([
  ["", 'nothing is not what "ss -s" prints; it should have a line "TCP:   3 (estab 1, …)"'],
  [
    "State  Recv-Q Send-Q\nESTAB 0 0",
    '"State  Recv-Q Send-Q" is not what "ss -s" prints; it should have a line "TCP:   3 (estab 1, …)"',
  ],
  ["Total: 3\nTCP:   3", 'line 2: "TCP:   3" should name its states in brackets'],
  ["TCP: 3 (estab x)", 'line 1: "TCP: 3 (estab x)": "estab x" should be a name and a number'],
  ["TCP: 3 (estab 1)", 'line 1: "TCP: 3 (estab 1)" should count estab and timewait'],
])("%j is refused", (text, message) => {
  expect(readSs(text)).toEqual({ ok: false, message });
});

test("no text makes it throw", () => {
  const piece = fc.constantFrom("TCP:", " 3 ", "(", ")", "estab 1", ",", "timewait 2/0", "\n", "x");
  let sound = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      if (readSs(pieces.join("")).ok) sound += 1;
      else
        expect(readSs(pieces.join(""))).toMatchObject({
          message: expect.stringContaining("should"),
        });
    }),
    { numRuns: 2_000 },
  );
  expect(sound).toBeLessThan(100);
});
