import type { TcpOption } from "@synfin/core/wire";
import type { OptionItem } from "../ast.ts";
import type { Numbers } from "./numbers.ts";

/** A script's options for the wire; undefined where something stands behind an `eol`. */
export function optionsToWire(
  items: readonly OptionItem[],
  numbers: Numbers,
): TcpOption[] | undefined {
  const firstEol = items.findIndex(({ type }) => type === "eol");
  if (firstEol === -1) return items.map((item) => toWire(item, numbers));
  const tail = items.slice(firstEol + 1);
  if (tail.some(({ type }) => type !== "eol")) return undefined;
  const head = items.slice(0, firstEol).map((item) => toWire(item, numbers));
  return [...head, { name: "eol", padding: new Uint8Array(tail.length) }];
}

function toWire(item: OptionItem, numbers: Numbers): TcpOption {
  switch (item.type) {
    case "mss":
      return { name: "mss", value: item.value };
    case "nop":
      return { name: "nop" };
    case "eol":
      return { name: "eol", padding: new Uint8Array(0) };
    case "wscale":
      return { name: "window-scale", shift: item.value };
    case "sackOK":
      return { name: "sack-permitted" };
    case "TS":
      return { name: "timestamps", value: item.val, echoReply: item.ecr };
    case "sack":
      return {
        name: "sack",
        blocks: item.blocks.map(({ left, right }) => ({
          left: numbers.inboundSack(left),
          right: numbers.inboundSack(right),
        })),
      };
    case "unknown":
      return { name: "unknown", kind: item.kind, data: bytesOf(item.hex) };
  }
}

/** Options from the wire, as a script writes them. */
export function optionsFromWire(options: readonly TcpOption[], numbers: Numbers): OptionItem[] {
  return options.flatMap((option) => fromWire(option, numbers));
}

function fromWire(option: TcpOption, numbers: Numbers): OptionItem[] {
  switch (option.name) {
    case "eol":
      return Array.from({ length: 1 + option.padding.length }, () => ({ type: "eol" }));
    case "mss":
      return [{ type: "mss", value: option.value }];
    case "nop":
      return [{ type: "nop" }];
    case "window-scale":
      return [{ type: "wscale", value: option.shift }];
    case "sack-permitted":
      return [{ type: "sackOK" }];
    case "timestamps":
      return [{ type: "TS", val: option.value, ecr: option.echoReply }];
    case "sack": {
      const blocks = option.blocks.map(({ left, right }) => ({
        left: numbers.outboundSack(left),
        right: numbers.outboundSack(right),
      }));
      return [{ type: "sack", blocks }];
    }
    case "user-timeout":
      return [{ type: "unknown", kind: 28, hex: userTimeoutHex(option.unit, option.timeout) }];
    case "unknown":
      return [{ type: "unknown", kind: option.kind, hex: hexOf(option.data) }];
    case "malformed":
      return [{ type: "unknown", kind: option.bytes[0] ?? 0, hex: hexOf(option.bytes.slice(1)) }];
  }
}

function userTimeoutHex(unit: "seconds" | "minutes", timeout: number): string {
  return ((unit === "minutes" ? 0x8000 : 0) | timeout).toString(16).padStart(4, "0");
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** How many octets an option takes. */
function sizeOf(item: OptionItem): number {
  switch (item.type) {
    case "nop":
    case "eol":
      return 1;
    case "sackOK":
      return 2;
    case "wscale":
      return 3;
    case "mss":
      return 4;
    case "TS":
      return 10;
    case "sack":
      return 2 + 8 * item.blocks.length;
    case "unknown":
      return 2 + item.hex.length / 2;
  }
}

/** A list as it is on the wire: filled up with `eol` to whole words. */
export function padded(items: readonly OptionItem[]): OptionItem[] {
  const size = items.reduce((sum, item) => sum + sizeOf(item), 0);
  const missing = (4 - (size % 4)) % 4;
  return [...items, ...Array.from({ length: missing }, (): OptionItem => ({ type: "eol" }))];
}
