import { describe, expect, test } from "vitest";
import { acks, established, IRS, ISS, Machine, seg, synSent, text } from "./support/machine.ts";

/** Both ends scale: ours by 7, the peer's by 3. */
function scaled(receiveBuffer: number): Machine {
  return established({ windowScale: 7, receiveBuffer }, { windowScale: 3, window: 1000 });
}

describe("the option, RFC 7323 §2.2", () => {
  test("is on our SYN, and on our SYN,ACK only where the peer's SYN had it", () => {
    const shifts = (syn: Machine, windowScale: number) =>
      syn.listen(seg("SYN", { seq: IRS, windowScale })).segments.map((s) => s.windowScale);
    expect(new Machine({ windowScale: 7 }).open().segments[0]?.windowScale).toBe(7);
    expect(shifts(new Machine({ windowScale: 7 }), 3)).toEqual([7]);
    expect(shifts(new Machine({ windowScale: 7 }), -1)).toEqual([-1]);
    expect(shifts(new Machine({ windowScale: -1 }), 3)).toEqual([-1]);
  });

  test("is used only if both SYNs had it", () => {
    expect(scaled(65535).tcb).toMatchObject({ scaleOk: 1, sndScale: 3, rcvScale: 7 });
    const ours = established({ windowScale: 7 });
    expect(ours.tcb).toMatchObject({ scaleOk: 0, sndScale: 0, rcvScale: 0 });
    const theirs = established({}, { windowScale: 3 });
    expect(theirs.tcb).toMatchObject({ scaleOk: 0, sndScale: 0, rcvScale: 0 });
  });

  test("counts only on a SYN", () => {
    const machine = established({ windowScale: 7 });
    machine.arrives(acks(0, { windowScale: 3, window: 10 }));
    expect(machine.tcb).toMatchObject({ scaleOk: 0, sndWnd: 10 });
  });

  test("a shift above 14 is used as 14 (§2.3)", () => {
    expect(established({ windowScale: 0 }, { windowScale: 15 }).tcb.sndScale).toBe(14);
  });
});

describe("the window field, RFC 7323 §2.2 and §2.3", () => {
  test("of a SYN and a SYN,ACK is not scaled, in either direction", () => {
    expect(scaled(65535).tcb.sndWnd).toBe(1000);
    const params = { windowScale: 7, receiveBuffer: 50_000 };
    expect(new Machine(params).open().segments[0]?.window).toBe(50_000);
    const syn = seg("SYN", { seq: IRS, windowScale: 3, window: 1000 });
    const passive = new Machine(params);
    expect(passive.listen(syn).segments[0]?.window).toBe(50_000);
    expect(passive.tcb.sndWnd).toBe(1000);
  });

  test("of a SYN is at most 65535", () => {
    const params = { windowScale: 7, receiveBuffer: 1_000_000 };
    expect(new Machine(params).open().segments[0]?.window).toBe(65535);
  });

  test("of a SYN,ACK that crosses ours is not scaled either", () => {
    const machine = synSent({ windowScale: 7 });
    machine.arrives(seg("SYN", { seq: IRS, windowScale: 3 }));
    machine.arrives(seg("SYN,ACK", { seq: IRS, ack: ISS + 1, windowScale: 3, window: 1001 }));
    expect(machine.tcb).toMatchObject({ state: 4, sndScale: 3, sndWnd: 1001 });
  });

  test("of the peer's other segments is shifted left, up to a gigabyte (MUST-1, REC-1)", () => {
    const machine = established({ windowScale: 0 }, { windowScale: 14 });
    machine.arrives(acks(0, { window: 65535 }));
    expect(machine.tcb.sndWnd).toBe(65535 * 2 ** 14);
    expect(machine.tcb.sndMaxWnd).toBe(65535 * 2 ** 14);
  });

  test("of our other segments is shifted right", () => {
    const machine = scaled(1_280_000);
    const [ack] = machine.arrives(text(0, 128)).segments;
    expect(ack?.window).toBe((1_280_000 - 128) / 128);
  });

  test("without the option the window is at most 65535, whatever the buffer", () => {
    const machine = established({ receiveBuffer: 1_000_000 });
    expect(machine.arrives(text(0, 1000)).segments[0]?.window).toBe(65535);
    // Text beyond the window that was offered is outside of it.
    expect(machine.arrives(text(1000 + 65535, 10)).taken).toBe(0);
    expect(machine.tcb.heldCount).toBe(0);
  });

  test("without the option a window above 32767 is no negative number (MUST-1)", () => {
    const machine = established({ initialWindow: 60 }, { window: 0xffff, mss: 1285 });
    expect(machine.tcb.sndWnd).toBe(65535);
    const sent = machine.send(70_000).segments.reduce((sum, s) => sum + s.length, 0);
    expect(sent).toBe(65535);
  });
});

describe("a scaled window that is no multiple of its unit, RFC 7323 §2.4", () => {
  test("what has been offered once stays in the window, and no more than there is room for", () => {
    const machine = scaled(65_535);
    for (let octet = 0; octet < 1000; octet += 1) {
      const [ack] = machine.arrives(text(octet, 1)).segments;
      const offered = (ack?.window ?? 0) * 128;
      expect(offered).toBeLessThanOrEqual(65_535 - octet - 1);
      expect(machine.tcb.rcvWnd).toBe(65_535 - octet - 1);
    }
  });

  test("a window that the field shows as shut opens as soon as a unit fits", () => {
    const machine = established(
      { windowScale: 12, receiveBuffer: 65_536, mss: 1460 },
      { windowScale: 0 },
    );
    machine.arrives(text(0, 65_536));
    const windows: number[] = [];
    for (let read = 0; read < 4; read += 1) {
      const { segments } = machine.receive(1500);
      windows.push(...segments.map((segment) => segment.window));
    }
    // 4500 octets hold one unit of 4096.
    expect(windows).toEqual([1]);
  });
});
