import { Flag, type FlagName } from "@synfin/core/tcp";
import { checksumOk, decodePacket, type TcpSegment } from "@synfin/core/wire";
import type { TraceSegment } from "@synfin/simulator";
import { html, nothing, type TemplateResult } from "lit";
import type { Scene } from "./scene.ts";

/** The bits in the order in which they stand in the header. */
const BITS: readonly FlagName[] = ["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];

/** The TCP header of a segment, decoded from its own octets, as RFC 9293 Figure 1 draws it. */
export function inspectorView(scene: Scene): TemplateResult | typeof nothing {
  const { selected, words } = scene;
  const packet = selected === undefined ? undefined : octets(selected);
  const decoded = packet === undefined ? undefined : decodePacket(packet);
  if (selected === undefined || packet === undefined || decoded?.ok !== true) return nothing;
  const { tcp } = decoded.value;
  const good = checksumOk(packet) === true;
  return html`<section class="card inspector" part="inspector">
    <p class="heading">${words.header(selected.flags.join(","))}</p>
    ${headerGrid(scene, tcp, good)} ${hexView(packet, tcp)}
  </section>`;
}

function headerGrid({ words }: Scene, tcp: TcpSegment, good: boolean): TemplateResult {
  const { fields } = words;
  return html`<dl class="grid">
    ${cell("half", fields.srcPort, tcp.srcPort)} ${cell("half", fields.dstPort, tcp.dstPort)}
    ${cell("full", fields.seq, tcp.seq)} ${cell("full", fields.ack, tcp.ack)}
    ${cell("nibble", fields.offset, tcp.dataOffset)} ${cell("nibble", fields.reserved, tcp.reserved)}
    ${BITS.map((name) => bit(name, (tcp.flags & Flag[name]) !== 0))}
    ${cell("half", fields.window, tcp.window)}
    ${cell("half", fields.checksum, `0x${hex(tcp.checksum, 4)} ${words.checksum(good)}`)}
    ${cell("half", fields.urgent, tcp.urgentPointer)}
    ${tcp.options.length === 0 ? nothing : cell("full", fields.options, optionsText(tcp))}
  </dl>`;
}

function cell(size: string, name: string, value: number | string): TemplateResult {
  return html`<div class=${size}><dt>${name}</dt><dd>${value}</dd></div>`;
}

function bit(name: FlagName, isSet: boolean): TemplateResult {
  return html`<div class="bit ${isSet ? "set" : ""}"><dt>${name.charAt(0)}<span class="hidden">${name.slice(1)}</span></dt><dd>${isSet ? 1 : 0}</dd></div>`;
}

function optionsText({ options }: TcpSegment): string {
  return options
    .map((option) => ("value" in option ? `${option.name} ${option.value}` : option.name))
    .join(", ");
}

/** The header's octets, the one with the flags set apart. */
function hexView(packet: Uint8Array, tcp: TcpSegment): TemplateResult {
  const start = packet.length - tcp.payload.length - tcp.dataOffset * 4;
  const header = [...packet.subarray(start, start + tcp.dataOffset * 4)];
  return html`<p class="hex">
    ${header.map((octet, index) => (index === 13 ? html`<b>${hex(octet, 2)}</b> ` : `${hex(octet, 2)} `))}
  </p>`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function octets({ packet }: TraceSegment): Uint8Array | undefined {
  const pairs = packet.match(/../g);
  return pairs === null ? undefined : Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}
