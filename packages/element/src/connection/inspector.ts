import { Flag, type FlagName } from "@synfin/core/tcp";
import { checksumOk } from "@synfin/core/wire";
import type { TraceSegment } from "@synfin/simulator";
import { windowText } from "@synfin/simulator/view";
import { html, nothing, type TemplateResult } from "lit";
import type { Scene } from "./scene.ts";

/** The bits in the order in which they stand in the header. */
const BITS: readonly FlagName[] = ["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];

/** The TCP header of a segment, read from its own octets, as RFC 9293 Figure 1 draws it. */
export function inspectorView(scene: Scene): TemplateResult | typeof nothing {
  const { selected, words } = scene;
  const packet = selected === undefined ? undefined : octets(selected);
  if (selected === undefined || packet === undefined) return nothing;
  const header = tcpHeader(packet);
  const good = checksumOk(packet) === true;
  return html`<section class="card inspector" part="inspector">
    <p class="heading">${words.header(selected.flags.join(","))}</p>
    ${headerGrid(scene, selected, header, good)} ${hexView(header)}
  </section>`;
}

/** The header with its options: behind an IP header of IPv4, or of IPv6 without extensions. */
function tcpHeader(packet: Uint8Array): DataView {
  const first = packet[0] ?? 0;
  const start = first >>> 4 === 4 ? 4 * (first & 15) : 40;
  const offset = (packet[start + 12] ?? 0) >>> 4;
  return new DataView(packet.buffer, start, 4 * offset);
}

function headerGrid(
  { words, ladder }: Scene,
  { id }: TraceSegment,
  header: DataView,
  good: boolean,
): TemplateResult {
  const { fields } = words;
  const flags = header.getUint8(13);
  const facts = ladder.marks.get(id)?.facts;
  const scaled = facts !== undefined && facts.window.factor > 1;
  const options = facts?.options ?? [];
  return html`<dl class="grid">
    ${cell("half", fields.srcPort, header.getUint16(0))} ${cell("half", fields.dstPort, header.getUint16(2))}
    ${cell("full", fields.seq, header.getUint32(4))} ${cell("full", fields.ack, header.getUint32(8))}
    ${cell("nibble", fields.offset, header.byteLength / 4)} ${cell("nibble", fields.reserved, header.getUint8(12) & 15)}
    ${BITS.map((name) => bit(name, (flags & Flag[name]) !== 0))}
    ${cell("half", fields.window, scaled ? windowText(facts.window).slice(4) : header.getUint16(14))}
    ${cell("half", fields.checksum, `0x${hex(header.getUint16(16), 4)} ${words.checksum(good)}`)}
    ${cell("half", fields.urgent, header.getUint16(18))}
    ${options.length === 0 ? nothing : cell("full", fields.options, optionsText(options))}
  </dl>`;
}

function cell(size: string, name: string, value: number | string): TemplateResult {
  return html`<div class=${size}><dt>${name}</dt><dd>${value}</dd></div>`;
}

function bit(name: FlagName, isSet: boolean): TemplateResult {
  return html`<div class="bit ${isSet ? "set" : ""}"><dt>${name.charAt(0)}<span class="hidden">${name.slice(1)}</span></dt><dd>${isSet ? 1 : 0}</dd></div>`;
}

/** Here is room for the names of both timestamps. */
function optionsText(options: readonly string[]): string {
  return options.join(", ").replace(/TS (\d+)\/(\d+)/, "TSval $1 TSecr $2");
}

/** The header's octets, the one with the flags set apart. */
function hexView(header: DataView): TemplateResult {
  const all = Array.from({ length: header.byteLength }, (_, index) => header.getUint8(index));
  return html`<p class="hex">
    ${all.map((octet, index) => (index === 13 ? html`<b>${hex(octet, 2)}</b> ` : `${hex(octet, 2)} `))}
  </p>`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function octets({ packet }: TraceSegment): Uint8Array | undefined {
  const pairs = packet.match(/../g);
  return pairs === null ? undefined : Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}
