import { PROFILE_NAMES } from "@synfin/core/tcp";
import { PORT_HABITS, PORT_ORDERS, PortPool, portHabit } from "@synfin/simulator/bulk";
import { describe, expect, test } from "vitest";

/** So many ports in a row, none of them given back. */
function taken(pool: PortPool, times: number, draw: number, remote = 1): number[] {
  return Array.from({ length: times }, () => pool.take(remote, 80, draw));
}

/** A draw that begins at 4 of 10 ports, and skips none of Linux's. */
const DRAW = 4;

describe.each(PORT_ORDERS)("%s", (order) => {
  test("gives each port once, then none", () => {
    const pool = new PortPool([100, 109], order, false);
    expect(new Set(taken(pool, 10, DRAW)).size).toBe(10);
    expect(pool.take(1, 80, DRAW)).toBe(-1);
    pool.release(1, 80, 107);
    expect(pool.take(1, 80, DRAW)).toBe(107);
  });

  test("gives a port to each destination, unless they share one pool", () => {
    expect(taken(new PortPool([100, 101], order, false), 2, 0, 2)).not.toContain(-1);
    const own = new PortPool([100, 101], order, false);
    taken(own, 2, 0, 1);
    expect(own.take(2, 80, 0)).toBeGreaterThan(0);
    const shared = new PortPool([100, 101], order, true);
    taken(shared, 2, 0, 1);
    expect(shared.take(2, 80, 0)).toBe(-1);
  });
});

describe("the order in which ports are chosen", () => {
  const order = (name: (typeof PORT_ORDERS)[number], draw = DRAW): number[] =>
    taken(new PortPool([100, 109], name, false), 10, draw);

  test("sequential: from the first on", () => {
    expect(order("sequential")).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, 109]);
  });

  test("hashed: from a place of the destination's on", () => {
    expect(order("hashed")).toEqual([104, 105, 106, 107, 108, 109, 100, 101, 102, 103]);
  });

  test("Linux, connect: every second, those like the first of the range before the others", () => {
    const linux = order("linux-connect-4.2");
    expect(linux.slice(0, 5)).toEqual([104, 106, 108, 100, 102]);
    expect(new Set(linux.slice(5))).toEqual(new Set([101, 103, 105, 107, 109]));
  });

  test("Linux, bind: the odd ones before the even ones", () => {
    expect(order("linux-bind").every((port, nth) => port % 2 === (nth < 5 ? 1 : 0))).toBe(true);
  });

  test("Linux since 5.18: up to seven steps are skipped at random", () => {
    const pool = new PortPool([100, 199], "linux-connect", false);
    expect(pool.take(1, 80, 0)).toBe(100);
    expect(pool.take(1, 80, 3 << 29)).toBe(102);
    expect(pool.take(1, 80, 0)).toBe(102 + 2 * (3 + 1));
    const before = new PortPool([100, 199], "linux-connect-4.2", false);
    before.take(1, 80, 0);
    before.take(1, 80, 3 << 29);
    expect(before.take(1, 80, 0)).toBe(104);
  });

  test.each([3, 11, 101])("Linux uses %d ports to the last, as measured", (count) => {
    const pool = new PortPool([100, 99 + count], "linux-connect", false);
    expect(new Set(taken(pool, count, DRAW)).size).toBe(count);
    expect(pool.take(1, 80, DRAW)).toBe(-1);
    const over = new PortPool([100, 99 + count], "linux-connect", false);
    taken(over, count, DRAW);
    expect(over.take(1, 80, DRAW, (port) => port === 99 + count)).toBe(99 + count);
  });

  test("Linux takes over what may be taken over, where the search comes upon it", () => {
    const pool = new PortPool([100, 109], "linux-connect-4.2", false);
    taken(pool, 10, DRAW);
    expect(pool.take(1, 80, DRAW, (port) => port === 107)).toBe(107);
    expect(pool.take(1, 80, DRAW, () => false)).toBe(-1);
    expect(pool.taken(1, 80)).toBe(10);
  });
});

describe("the habits of each profile", () => {
  test.each(PROFILE_NAMES)("%s has a source", (name) => {
    expect(PORT_HABITS[name].source.text.length).toBeGreaterThan(10);
  });

  test("who binds first has one port for one connection; on macOS everyone does", () => {
    expect(portHabit("linux")).toEqual({ portOrder: "linux-connect", bindsFirst: false });
    expect(portHabit("linux", true)).toEqual({ portOrder: "linux-bind", bindsFirst: true });
    expect(portHabit("macos")).toEqual({ portOrder: "sequential", bindsFirst: true });
    expect(portHabit("freebsd")).toEqual({ portOrder: "random", bindsFirst: false });
  });
});
