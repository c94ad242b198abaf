import {
  COOKIE_LIFETIME_US,
  clearOutbox,
  cookieMss,
  createOutbox,
  createSegment,
  emitSynCookie,
  type FourTuple,
  RFC9293,
  synCookie,
} from "@synfin/core/tcp";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acks, IRS, Machine, SECOND, seg } from "./support/machine.ts";

const SECRET = { k0: 0x0302_0100, k1: 0x0706_0504 };
const TUPLE: FourTuple = {
  localAddress: Uint8Array.of(192, 0, 2, 1),
  localPort: 80,
  remoteAddress: Uint8Array.of(192, 0, 2, 2),
  remotePort: 50000,
};
const TICK = COOKIE_LIFETIME_US / 2;

const cookieFor = (mss: number, nowUs = 0) => synCookie(TUPLE, IRS, mss, nowUs, SECRET);
const mssOf = (cookie: number, nowUs = 0) => cookieMss(TUPLE, IRS, cookie, nowUs, SECRET);

describe("what a cookie remembers, RFC 4987 appendix A", () => {
  test.each([
    [9000, 1460],
    [1460, 1460],
    [1459, 1220],
    [1220, 1220],
    [1219, 536],
    [536, 536],
    [535, 64],
    [1, 64],
  ])("of an MSS of %i it is %i: never more than the peer can take", (offered, remembered) => {
    expect(mssOf(cookieFor(offered))).toBe(remembered);
  });

  test("the counter stands in its top five bits, and goes up every 64 s", () => {
    const counters = [0, 63, 64, 128, 64 * 31, 64 * 32].map(
      (s) => cookieFor(536, s * SECOND) >>> 27,
    );
    expect(counters).toEqual([0, 0, 1, 2, 31, 0]);
  });
});

describe("a cookie is good", () => {
  test("in its own tick and in the next, and never again", () => {
    const cookie = cookieFor(1460, 40 * TICK + 5);
    const good = [39, 40, 41, 42, 43, 71, 72, 73].map((tick) => mssOf(cookie, tick * TICK));
    expect(good).toEqual([undefined, 1460, 1460, ...new Array<undefined>(5).fill(undefined)]);
  });

  test.each<[string, Partial<FourTuple>]>([
    ["local address", { localAddress: Uint8Array.of(192, 0, 2, 3) }],
    ["local port", { localPort: 81 }],
    ["remote address", { remoteAddress: Uint8Array.of(192, 0, 2, 3) }],
    ["remote port", { remotePort: 50001 }],
  ])("for no other %s", (_name, change) => {
    expect(cookieMss({ ...TUPLE, ...change }, IRS, cookieFor(1460), 0, SECRET)).toBeUndefined();
  });

  test("for no other sequence number of the peer's, and under no other secret", () => {
    const cookie = cookieFor(1460);
    expect(cookieMss(TUPLE, IRS + 1, cookie, 0, SECRET)).toBeUndefined();
    expect(cookieMss(TUPLE, IRS, cookie, 0, { ...SECRET, k0: 1 })).toBeUndefined();
  });

  test("with no bit changed", () => {
    const cookie = cookieFor(1220, 7 * TICK);
    for (let bit = 0; bit < 32; bit += 1) {
      expect(mssOf((cookie ^ (1 << bit)) >>> 0, 7 * TICK)).toBeUndefined();
    }
  });

  test("whatever the ends and the time: what was made is known again", () => {
    const address = fc.uint8Array({ minLength: 16, maxLength: 16 });
    const port = fc.nat(65535);
    const tuple = fc.record({
      localAddress: address,
      localPort: port,
      remoteAddress: address,
      remotePort: port,
    });
    const time = fc.integer({ min: 0, max: 2 ** 52 });
    fc.assert(
      fc.property(tuple, fc.nat(2 ** 32 - 1), time, fc.nat(TICK), (ends, irs, nowUs, laterUs) => {
        const cookie = synCookie(ends, irs, 1300, nowUs, SECRET);
        expect(cookieMss(ends, irs, cookie, nowUs + laterUs, SECRET)).toBe(1220);
      }),
    );
  });
});

describe("the machine with a cookie, RFC 4987 §3.6", () => {
  const COOKIE = 100;

  test("answers a SYN without a record: no option but the MSS", () => {
    const out = createOutbox();
    clearOutbox(out);
    const params = { ...RFC9293, windowScale: 7, sack: 1, timestamps: 1 };
    const options = { mss: 1400, windowScale: 7, sackPermitted: 1, hasTimestamps: 1 };
    emitSynCookie(seg("SYN", { seq: IRS, ...options }), COOKIE, params, out);
    expect(out.segmentCount).toBe(1);
    const bare = { seq: COOKIE, ack: IRS + 1, window: 65535, mss: 1460 };
    expect(out.segments[0]).toEqual({ ...createSegment(), ...bare, flags: seg("SYN,ACK").flags });
  });

  test("opens straight from LISTEN to ESTABLISHED, with the options lost", () => {
    const machine = new Machine({ windowScale: 7, sack: 1, timestamps: 1 });
    const step = machine.openFromCookie(acks(0, { window: 5000 }), 1220);
    expect(step).toMatchObject({
      state: "ESTABLISHED",
      causes: ["rcv ACK of SYN cookie"],
      signals: ["connected"],
      sent: [],
    });
    expect(machine.tcb).toMatchObject({
      ...{ iss: COOKIE, sndUna: COOKIE + 1, sndNxt: COOKIE + 1, sndWnd: 5000, sndMss: 1220 },
      ...{ irs: IRS, rcvNxt: IRS + 1, passive: 1, synAcked: 1 },
      ...{ scaleOk: 0, sackOk: 0, tsOk: 0 },
    });
    expect(machine.pollAtUs).toBe(Number.POSITIVE_INFINITY);
  });

  test("takes text and FIN that come with the ACK, and sends its own", () => {
    const machine = new Machine();
    const fin = seg("FIN,ACK", { seq: IRS + 1, ack: COOKIE + 1, length: 5 });
    const first = machine.openFromCookie(fin, 536);
    expect(first).toMatchObject({
      state: "CLOSE-WAIT",
      taken: 5,
      sent: [`<SEQ=${COOKIE + 1}><ACK=${IRS + 7}><CTL=ACK>`],
    });
    expect(machine.send(1000).segments.map(({ length }) => length)).toEqual([536]);
  });
});

test.each([
  [1000, 1000],
  [65535, 65535],
  [100_000, 65535],
])("a receive buffer of %i offers a window of %i, unscaled", (receiveBuffer, window) => {
  const out = createOutbox();
  emitSynCookie(seg("SYN", { seq: IRS }), 7, { ...RFC9293, receiveBuffer }, out);
  expect(out.segments[0]?.window).toBe(window);
});

test("every octet of both ends counts", () => {
  const here = cookieFor(1460);
  for (let octet = 0; octet < 4; octet += 1) {
    for (const end of ["localAddress", "remoteAddress"] as const) {
      const address = TUPLE[end].slice();
      address[octet] = (address[octet] ?? 0) ^ 1;
      expect(synCookie({ ...TUPLE, [end]: address }, IRS, 1460, 0, SECRET)).not.toBe(here);
    }
  }
  for (const end of ["localPort", "remotePort"] as const) {
    for (const change of [1, 256]) {
      const tuple = { ...TUPLE, [end]: TUPLE[end] ^ change };
      expect(synCookie(tuple, IRS, 1460, 0, SECRET)).not.toBe(here);
    }
  }
});
