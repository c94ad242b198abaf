import type {
  Action,
  EventTime,
  Expr,
  Field,
  IcmpAction,
  Item,
  OptionItem,
  PacketAction,
  Script,
  ScriptOption,
  Seq,
  SyscallAction,
} from "./ast.ts";
import { FLAG_LETTERS } from "./parse/parse-packet.ts";

/** A script as text that parses to the same script. */
export function printScript(script: Script): string {
  const lines = [
    ...script.options.map(printOption),
    ...(script.init === undefined ? [] : [printAction(script.init)]),
    ...script.items.flatMap(printItem),
    ...(script.cleanup === undefined ? [] : [printAction(script.cleanup)]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function printOption({ name, value }: ScriptOption): string {
  return value === undefined ? `--${name}` : `--${name}=${value}`;
}

function printItem(item: Item): string[] {
  if (item.type === "ifdef") {
    return [`#ifdef ${item.name}`, ...item.items.flatMap(printItem), "#endif"];
  }
  const end = item.action.type === "syscall" ? item.action.endUs : undefined;
  const until = end === undefined ? "" : `...${seconds(end)}`;
  return [`${printTime(item.time)}${until} ${printAction(item.action)}`];
}

/** Microseconds as seconds, with as many decimals as they need. */
export function seconds(us: number): string {
  const whole = Math.floor(us / 1_000_000);
  const fraction = String(us % 1_000_000)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return fraction === "" ? String(whole) : `${whole}.${fraction}`;
}

function printTime(time: EventTime): string {
  switch (time.type) {
    case "absolute":
      return seconds(time.us);
    case "relative":
      return `+${seconds(time.us)}`;
    case "absolute-range":
      return `${seconds(time.us)}~${seconds(time.endUs)}`;
    case "relative-range":
      return `+${seconds(time.us)}~+${seconds(time.endUs)}`;
    case "any":
      return "*";
  }
}

/** One action as a script writes it. */
export function printAction(action: Action): string {
  switch (action.type) {
    case "packet":
      return printPacket(action);
    case "icmp":
      return printIcmp(action);
    case "syscall":
      return printSyscall(action);
    case "shell":
      return `\`${action.command}\``;
    case "code":
      return `%{${action.code}}%`;
  }
}

const LETTER_OF = new Map([...FLAG_LETTERS].map(([letter, name]) => [name, letter]));

/** A packet as a script writes it. */
export function printPacket(packet: Omit<PacketAction, "type" | "at">): string {
  const { ip, ack, win, urg, options } = packet;
  const flags = packet.flags.map((name) => LETTER_OF.get(name) ?? "").join("");
  return [
    packet.direction === "in" ? "<" : ">",
    ...(ip === undefined ? [] : [`[${ip}]`]),
    flags === "" ? "-" : flags,
    printSeq(packet.seq),
    ...(ack === undefined ? [] : [`ack ${ack.value}${ack.absolute ? "!" : ""}`]),
    ...(win === undefined ? [] : [`win ${win}`]),
    ...(urg === undefined ? [] : [`urg ${urg}`]),
    ...(options === undefined ? [] : [printTcpOptions(options)]),
  ].join(" ");
}

function printSeq(seq: Seq): string {
  if (seq.type === "any") return `...(${seq.length})`;
  const mark = seq.absolute ? "!" : "";
  return `${seq.start}${mark}:${seq.end}${mark}(${seq.length})`;
}

/** `<mss 1460,nop>` */
export function printTcpOptions(options: readonly OptionItem[] | "any"): string {
  return options === "any" ? "<...>" : `<${options.map(printTcpOption).join(",")}>`;
}

function printTcpOption(option: OptionItem): string {
  switch (option.type) {
    case "mss":
    case "wscale":
      return `${option.type} ${option.value}`;
    case "TS":
      return `TS val ${option.val} ecr ${option.ecr}`;
    case "sack":
      return `sack ${option.blocks.map(({ left, right }) => `${left}:${right}`).join(" ")}`;
    case "unknown":
      return `unknown ${option.kind} 0x${option.hex}`;
    default:
      return option.type;
  }
}

function printIcmp({ direction, kind, code, mtu, payload }: IcmpAction): string {
  return [
    `${direction === "in" ? "<" : ">"} icmp ${kind}`,
    ...(code === undefined ? [] : [code]),
    ...(mtu === undefined ? [] : [`mtu ${mtu}`]),
    ...(payload === undefined ? [] : [`[${printSeq(payload)}]`]),
  ].join(" ");
}

function printSyscall({ name, args, result, errno, note }: SyscallAction): string {
  return [
    `${name}(${args.map(printExpr).join(", ")}) = ${result === "any" ? "?" : printExpr(result)}`,
    ...(errno === undefined ? [] : [errno]),
    ...(note === undefined ? [] : [`(${note})`]),
  ].join(" ");
}

/** A value as a script writes it. */
export function printExpr(expr: Expr): string {
  switch (expr.type) {
    case "any":
      return "...";
    case "int":
      return expr.hex ? `0x${expr.value.toString(16)}` : String(expr.value);
    case "word":
      return expr.name;
    case "or":
      return expr.terms.map(printExpr).join("|");
    case "string":
      return printString(expr.text);
    case "array":
      return `[${expr.items.map(printExpr).join(", ")}]`;
    case "struct":
      return `{${expr.fields.map(printField).join(", ")}}`;
    case "call":
      return `${expr.name}(${expr.args.map(printExpr).join(", ")})`;
  }
}

function printField({ name, value }: Field): string {
  return name === undefined ? printExpr(value) : `${name}=${printExpr(value)}`;
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\0", "\\0"],
  ['"', '\\"'],
  ["\\", "\\\\"],
]);

function printString(text: string): string {
  return `"${Array.from(text, (char) => ESCAPED.get(char) ?? char).join("")}"`;
}
