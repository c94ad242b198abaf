import { createSegment, Flag } from "@synfin/core/tcp";
import { addressOf, Conntrack, IdleTimer, SilentHost, Track } from "@synfin/simulator/bulk";
import { describe, expect, test } from "vitest";

const SECOND = 1_000_000;
const CLIENT = {
  src: addressOf(0, 0),
  srcPort: 40_000,
  dst: addressOf(1, 0),
  dstPort: 80,
  flow: 1,
  sender: -1,
};
const SERVER = {
  src: CLIENT.dst,
  srcPort: CLIENT.dstPort,
  dst: CLIENT.src,
  dstPort: CLIENT.srcPort,
  flow: 1,
  sender: -1,
};

function segment(...flags: (keyof typeof Flag)[]) {
  return { ...createSegment(), flags: flags.reduce((bits, flag) => bits | Flag[flag], 0) };
}

const SYN = segment("SYN");
const SYN_ACK = segment("SYN", "ACK");
const ACK = segment("ACK");
const FIN = segment("FIN", "ACK");
const RST = segment("RST");

describe("an idle timer", () => {
  test("lets a flow through until nothing has passed for too long", () => {
    const box = new IdleTimer(350 * SECOND, false);
    expect(box.pass(0, CLIENT, ACK)).toBe(false);
    expect(box.pass(0, CLIENT, SYN)).toBe(true);
    expect(box.pass(350 * SECOND, SERVER, SYN_ACK)).toBe(true);
    expect(box.pass(700 * SECOND, CLIENT, ACK)).toBe(true);
    expect(box.pass(1050 * SECOND + 1, CLIENT, ACK)).toBe(false);
    expect(box.pass(1050 * SECOND + 2, CLIENT, SYN)).toBe(true);
  });

  test("forgets a flow that is reset", () => {
    const box = new IdleTimer(350 * SECOND, true);
    box.pass(0, CLIENT, SYN);
    expect(box.pass(1, SERVER, RST)).toBe(true);
    expect(box.pass(2, CLIENT, ACK)).toBe(false);
  });

  test("tells flows apart by both endpoints", () => {
    const box = new IdleTimer(SECOND, false);
    box.pass(0, CLIENT, SYN);
    expect(box.pass(1, { ...CLIENT, srcPort: 40_001 }, ACK)).toBe(false);
    expect(box.pass(1, { ...CLIENT, dst: addressOf(1, 1) }, ACK)).toBe(false);
  });

  test("keeps what is alive when it sweeps out what is not", () => {
    const box = new IdleTimer(SECOND, false);
    for (let port = 1; port <= 5000; port += 1) {
      box.pass(port, { ...CLIENT, srcPort: port }, SYN);
    }
    box.pass(900_000, { ...CLIENT, srcPort: 77 }, ACK);
    for (let port = 1; port <= 20_000; port += 1) {
      box.pass(1_500_000, { ...CLIENT, srcPort: port, dstPort: 81 }, SYN);
    }
    expect(box.pass(1_500_001, { ...CLIENT, srcPort: 77 }, ACK)).toBe(true);
    expect(box.pass(1_500_001, { ...CLIENT, srcPort: 78 }, ACK)).toBe(false);
  });
});

describe("a host that falls silent", () => {
  test("is there before its moment, and then neither hears nor speaks", () => {
    const box = new SilentHost(1, 5 * SECOND);
    expect(box.pass(5 * SECOND - 1, CLIENT)).toBe(true);
    expect(box.pass(5 * SECOND, CLIENT)).toBe(false);
    expect(box.pass(5 * SECOND, SERVER)).toBe(false);
    expect(box.pass(5 * SECOND, { ...CLIENT, dst: addressOf(2, 0) })).toBe(true);
  });
});

describe("connection tracking", () => {
  /** Plays segments a millisecond apart; what it takes the flow to be after each. */
  function tracks(box: Conntrack, ...sent: [typeof CLIENT, typeof SYN][]): (Track | undefined)[] {
    return sent.map(([from, what], index) => {
      box.pass(index * 1000, from, what);
      return box.trackOf(index * 1000, CLIENT);
    });
  }

  const HANDSHAKE: [typeof CLIENT, typeof SYN][] = [
    [CLIENT, SYN],
    [SERVER, SYN_ACK],
    [CLIENT, ACK],
  ];

  test("follows a connection from SYN to TIME_WAIT", () => {
    const seen = tracks(
      new Conntrack(),
      ...HANDSHAKE,
      [CLIENT, FIN],
      [SERVER, ACK],
      [SERVER, FIN],
      [CLIENT, ACK],
    );
    const { SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT, CLOSE_WAIT, LAST_ACK, TIME_WAIT } = Track;
    const all = [SYN_SENT, SYN_RECV, ESTABLISHED, FIN_WAIT, CLOSE_WAIT, LAST_ACK, TIME_WAIT];
    expect(seen).toEqual(all);
  });

  test("forgets a half-closed flow after 60 s, an established one after five days", () => {
    const halfClosed = new Conntrack();
    tracks(halfClosed, ...HANDSHAKE, [CLIENT, FIN], [SERVER, ACK]);
    expect(halfClosed.pass(60 * SECOND + 4000, SERVER, ACK)).toBe(true);
    expect(halfClosed.pass(120 * SECOND + 4001, SERVER, ACK)).toBe(false);
    const established = new Conntrack();
    tracks(established, ...HANDSHAKE);
    expect(established.pass(432_000 * SECOND + 2000, SERVER, ACK)).toBe(true);
    expect(established.pass(2 * 432_000 * SECOND + 2001, SERVER, ACK)).toBe(false);
  });

  test("a reset closes the entry, and a SYN opens it anew", () => {
    const box = new Conntrack();
    expect(tracks(box, ...HANDSHAKE, [SERVER, RST], [CLIENT, ACK], [CLIENT, SYN])).toEqual([
      Track.SYN_SENT,
      Track.SYN_RECV,
      Track.ESTABLISHED,
      Track.CLOSE,
      Track.CLOSE,
      Track.SYN_SENT,
    ]);
  });

  test("drops an ACK or a FIN before the SYN is answered, and ignores a stray SYN", () => {
    const box = new Conntrack();
    expect(box.pass(0, CLIENT, ACK)).toBe(false);
    expect(box.pass(0, CLIENT, SYN)).toBe(true);
    expect(box.pass(1, CLIENT, ACK)).toBe(false);
    expect(box.pass(1, CLIENT, FIN)).toBe(false);
    tracks(box, ...HANDSHAKE);
    expect(box.pass(4000, CLIENT, SYN)).toBe(true);
    expect(box.trackOf(4000, CLIENT)).toBe(Track.ESTABLISHED);
  });
});
