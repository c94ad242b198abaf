import { OptionLayout, type Segment, sackBlocks } from "../tcp/segment.ts";
import type { TcpOption } from "./option.ts";

const NOP: TcpOption = { name: "nop" };

/** The options that the machine's segment asks for, in the sender's arrangement. */
export function segmentOptions(segment: Readonly<Segment>): TcpOption[] {
  return segment.optionLayout === OptionLayout.LINUX ? linuxOptions(segment) : bsdOptions(segment);
}

/** Each option stands where its octets are aligned; what is left over is filled with EOL. */
function bsdOptions(segment: Readonly<Segment>): TcpOption[] {
  const list = new AlignedList();
  if (segment.mss !== 0) list.add(0, 4, { name: "mss", value: segment.mss });
  if (segment.windowScale >= 0) {
    list.add(1, 3, { name: "window-scale", shift: segment.windowScale }, 2);
  }
  if (segment.sackPermitted === 1) list.add(0, 2, { name: "sack-permitted" }, 2);
  if (segment.hasTimestamps === 1) list.add(2, 10, timestamps(segment));
  return common(segment, list);
}

/** SACK-permitted takes the place of the two NOPs that timestamps would need. */
function linuxOptions(segment: Readonly<Segment>): TcpOption[] {
  const list = new AlignedList();
  const { sackPermitted, hasTimestamps, windowScale } = segment;
  if (segment.mss !== 0) list.add(0, 4, { name: "mss", value: segment.mss });
  if (sackPermitted === 1) {
    list.add(hasTimestamps === 1 ? 0 : 2, 2, { name: "sack-permitted" });
  }
  if (hasTimestamps === 1) list.add(2, 10, timestamps(segment));
  if (windowScale >= 0) list.add(1, 3, { name: "window-scale", shift: windowScale });
  return common(segment, list);
}

function common(segment: Readonly<Segment>, list: AlignedList): TcpOption[] {
  if (segment.userTimeout >= 0) {
    const unit = (segment.userTimeout & 0x8000) === 0 ? "seconds" : "minutes";
    list.add(0, 4, { name: "user-timeout", unit, timeout: segment.userTimeout & 0x7fff });
  }
  if (segment.sackCount > 0) {
    list.add(2, 2 + 8 * segment.sackCount, { name: "sack", blocks: sackBlocks(segment) });
  }
  return list.options;
}

function timestamps(segment: Readonly<Segment>): TcpOption {
  return { name: "timestamps", value: segment.tsVal, echoReply: segment.tsEcr };
}

/** A list of options that puts NOPs where an option has to start at a certain place. */
class AlignedList {
  readonly options: TcpOption[] = [];
  private size = 0;

  /** Adds an option that starts at `phase` modulo `modulus`. */
  add(phase: number, size: number, option: TcpOption, modulus = 4): void {
    while (this.size % modulus !== phase) {
      this.options.push(NOP);
      this.size += 1;
    }
    this.options.push(option);
    this.size += size;
  }
}
