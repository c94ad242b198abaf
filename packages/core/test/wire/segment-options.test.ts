import { createSegment, OptionLayout, type Segment } from "@synfin/core/tcp";
import { segmentOptions, type TcpOption } from "@synfin/core/wire";
import { describe, expect, test } from "vitest";

/** The options of a segment in a word each, as tcpdump would name them. */
function options(fields: Partial<Segment>): string {
  return segmentOptions({ ...createSegment(), ...fields })
    .map(inWords)
    .join(", ");
}

function inWords(option: TcpOption): string {
  switch (option.name) {
    case "mss":
      return `mss ${option.value}`;
    case "window-scale":
      return `wscale ${option.shift}`;
    case "timestamps":
      return `TS ${option.value} ${option.echoReply}`;
    case "user-timeout":
      return `timeout ${option.timeout} ${option.unit}`;
    case "sack":
      return `sack ${option.blocks.map(({ left, right }) => `${left}-${right}`).join(" ")}`;
    default:
      return option.name;
  }
}

const mss = { mss: 1460 };
const scale = { windowScale: 6 };
const sackOk = { sackPermitted: 1 };
const stamps = { hasTimestamps: 1, tsVal: 7, tsEcr: 9 };
const blocks = { sackCount: 2, sackLeft1: 10, sackRight1: 20, sackLeft2: 30, sackRight2: 40 };

describe.each([
  ["BSD", OptionLayout.BSD],
  ["Linux", OptionLayout.LINUX],
])("in %s's order, whatever it says is its own", (_name, optionLayout) => {
  test("nothing of nothing", () => {
    expect(options({ optionLayout })).toBe("");
  });

  test("each by itself, timestamps and SACK aligned to four octets", () => {
    expect(options({ optionLayout, ...mss })).toBe("mss 1460");
    expect(options({ optionLayout, ...scale })).toBe("nop, wscale 6");
    expect(options({ optionLayout, ...stamps })).toBe("nop, nop, TS 7 9");
    expect(options({ optionLayout, ...blocks })).toBe("nop, nop, sack 10-20 30-40");
  });

  test("timestamps before SACK", () => {
    const both = { optionLayout, ...stamps, ...blocks };
    expect(options(both)).toBe("nop, nop, TS 7 9, nop, nop, sack 10-20 30-40");
  });

  test("a scale of 0, which says that the other may scale", () => {
    expect(options({ optionLayout, windowScale: 0 })).toBe("nop, wscale 0");
  });

  test("a user timeout in seconds or minutes (RFC 5482 §3.2)", () => {
    expect(options({ optionLayout, userTimeout: 0 })).toBe("timeout 0 seconds");
    expect(options({ optionLayout, userTimeout: 0x7fff })).toBe("timeout 32767 seconds");
    expect(options({ optionLayout, userTimeout: 0x8002 })).toBe("timeout 2 minutes");
    expect(options({ optionLayout, ...stamps, userTimeout: 5 })).toBe(
      "nop, nop, TS 7 9, timeout 5 seconds",
    );
  });
});

describe("of a SYN", () => {
  const all = { ...mss, ...scale, ...sackOk, ...stamps };

  test("as FreeBSD sends it", () => {
    const optionLayout = OptionLayout.BSD;
    expect(options({ optionLayout, ...all })).toBe(
      "mss 1460, nop, wscale 6, sack-permitted, TS 7 9",
    );
    expect(options({ optionLayout, ...mss, ...sackOk })).toBe("mss 1460, sack-permitted");
  });

  test("as Linux sends it, with timestamps and without", () => {
    const optionLayout = OptionLayout.LINUX;
    expect(options({ optionLayout, ...all })).toBe(
      "mss 1460, sack-permitted, TS 7 9, nop, wscale 6",
    );
    expect(options({ optionLayout, ...mss, ...scale, ...sackOk })).toBe(
      "mss 1460, nop, nop, sack-permitted, nop, wscale 6",
    );
  });
});
