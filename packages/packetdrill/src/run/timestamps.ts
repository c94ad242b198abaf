import { seqAdd, seqDiff } from "@synfin/core/tcp";
import type { TcpOption } from "@synfin/core/wire";
import type { OptionItem } from "../ast.ts";

/**
 * How a script's timestamps and the stack's belong together: the stack's clock
 * has no zero that a script could know, so its values count from the first.
 */
export class Timestamps {
  /** The stack's value for each one that the script has written. */
  private readonly live = new Map<number, number>();
  private first: { readonly live: number; readonly script: number } | undefined;
  private readonly tickUs: number;
  private readonly toleranceUs: number;

  /** @param tickUs one tick of the stack's clock; 0 leaves its values unchecked. */
  constructor(tickUs: number, toleranceUs: number) {
    this.tickUs = tickUs;
    this.toleranceUs = toleranceUs;
  }

  /** What the script echoes is a value that the stack has sent. */
  inbound(option: TcpOption): TcpOption {
    if (option.name !== "timestamps" || option.echoReply === 0) return option;
    const known = this.live.get(option.echoReply);
    const offset = this.first === undefined ? 0 : seqDiff(this.first.live, this.first.script);
    return { ...option, echoReply: known ?? seqAdd(option.echoReply, offset) };
  }

  /** What the stack sent, in the script's terms: its value is the script's where that is right. */
  outbound(live: readonly OptionItem[], script: readonly OptionItem[]): OptionItem[] {
    return live.map((item, index) => {
      const wanted = script[index];
      if (item.type !== "TS" || wanted?.type !== "TS") return item;
      this.first ??= { live: item.val, script: wanted.val };
      this.live.set(wanted.val, item.val);
      return { ...item, val: this.isRight(item.val, wanted.val) ? wanted.val : item.val };
    });
  }

  private isRight(live: number, script: number): boolean {
    if (this.tickUs === 0 || this.first === undefined) return true;
    const passed = seqDiff(live, this.first.live);
    const expected = seqDiff(script, this.first.script);
    return Math.abs(passed - expected) * this.tickUs <= this.toleranceUs + this.tickUs;
  }
}
