import type { OptionItem, PacketAction } from "../ast.ts";
import { printPacket, printTcpOptions } from "../print-script.ts";
import type { Bench, Sent } from "./bench.ts";
import { mismatch, unsupported } from "./failure.ts";
import type { Numbers } from "./numbers.ts";
import { padded } from "./tcp-options.ts";
import type { Timestamps } from "./timestamps.ts";
import type { PacketView } from "./transcript.ts";
import { viewOutbound } from "./view.ts";

/** Holds a segment that came to the one that the script expects. Throws `ScriptFailure`. */
export function checkOutbound(
  action: PacketAction,
  sent: Sent,
  bench: Bench,
  timestamps: Timestamps,
): void {
  if (action.ip !== undefined && action.ip !== "noecn") {
    unsupported(action.at, `"[${action.ip}]"`, "there is only [noecn] for outbound packets");
  }
  const { numbers } = sent;
  if (action.flags.includes("SYN") && action.seq.type === "range") {
    numbers.localSynIs(action.seq.start);
    bench.underTest.numbers.localSynIs(action.seq.start);
  }
  const view = viewOutbound(sent.datagram, numbers);
  const options = timestamps.outbound(itemsOf(view), padded(itemsOf(action)));
  const wrong = differences(action, sent, view, options);
  if (wrong.length === 0) return;
  const shown = { ...view, options: options.length === 0 ? undefined : options };
  const found = `"${printPacket(shown)}" came (${wrong.join(", ")})`;
  mismatch(action.at, `"${printPacket(action)}"`, found);
}

function itemsOf({ options }: PacketView): readonly OptionItem[] {
  return options === undefined || options === "any" ? [] : options;
}

function differences(
  action: PacketAction,
  { datagram, numbers }: Sent,
  view: PacketView,
  options: readonly OptionItem[],
): string[] {
  const { seq, ack } = datagram.segment;
  const wanted = printTcpOptions(padded(itemsOf(action)));
  const checks: readonly (readonly [name: string, right: boolean])[] = [
    ["other flags", flagSet(action) === flagSet(view)],
    ["another length", action.seq.length === view.seq.length],
    ["another sequence number", isSeqRight(action, seq, view)],
    ["another acknowledgment", isAckRight(action, ack, numbers)],
    ["another window", action.win === undefined || action.win === view.win],
    ["another urgent pointer", (action.urg ?? 0) === (view.urg ?? 0)],
    ["other options", action.options === "any" || wanted === printTcpOptions(options)],
  ];
  return checks.flatMap(([name, right]) => (right ? [] : [name]));
}

function flagSet({ flags }: Pick<PacketView, "flags">): string {
  return [...flags].sort((a, b) => (a < b ? -1 : 1)).join();
}

function isSeqRight({ seq }: PacketAction, raw: number, view: PacketView): boolean {
  if (seq.type === "any") return true;
  if (seq.absolute) return seq.start === raw;
  return view.seq.type === "range" && seq.start === view.seq.start;
}

/** An acknowledgment number that is left out is 0 on the wire. */
function isAckRight({ ack, flags }: PacketAction, raw: number, numbers: Numbers): boolean {
  if (ack === undefined) return raw === 0;
  if (ack.absolute) return ack.value === raw;
  return ack.value === numbers.outboundAck(raw, flags.includes("SYN"));
}
