import { Flag, type FlagName } from "@synfin/core/tcp";
import { checksumOk } from "@synfin/core/wire";
import type { TraceSegment } from "@synfin/simulator";
import { windowText } from "@synfin/simulator/view";
import { html, nothing, type TemplateResult } from "lit";
import type { FieldNote } from "../extras/field-note.ts";
import { fieldNotes } from "../extras/load.ts";
import type { Scene } from "./scene.ts";
import { CARD_WORDS, type HeaderField } from "./words/cards.ts";

/** The bits in the order in which they stand in the header. */
const BITS: readonly FlagName[] = ["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];

/** The TCP header of a segment, read from its own octets, as RFC 9293 Figure 1 draws it. */
export function inspectorView(scene: Scene): TemplateResult | typeof nothing {
  const { selected, field, language } = scene;
  const packet = selected === undefined ? undefined : octets(selected);
  if (selected === undefined || packet === undefined) return nothing;
  const header = tcpHeader(packet);
  const good = checksumOk(packet) === true;
  const note = field === undefined ? undefined : fieldNotes.now?.noteOf(field, header, language);
  return html`<section class="card inspector" part="inspector">
    <p class="heading">${CARD_WORDS[language].header(selected.flags.join(","))}</p>
    ${headerGrid(scene, selected, header, good)} ${hexView(header, note)}
    <p class="about" id="note">${note?.text}</p>
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
  { language, ladder, field, actions }: Scene,
  { id }: TraceSegment,
  header: DataView,
  good: boolean,
): TemplateResult {
  const { fields, checksum } = CARD_WORDS[language];
  const look = (event: Event): void => actions.look(fieldOf(event)?.dataset["field"]);
  const flags = header.getUint8(13);
  const facts = ladder.marks.get(id)?.facts;
  const scaled = facts !== undefined && facts.window.factor > 1;
  const options = facts?.options ?? [];
  const cell = (size: string, key: string, name: string, value: number | string) =>
    html`<div
      class="${size} ${key === field ? "looked" : ""}"
      data-field=${key}
      tabindex=${key === (field ?? "srcPort") ? 0 : -1}
      aria-describedby="note"
    ><dt>${name}</dt><dd>${value}</dd></div>`;
  const known = (size: string, key: HeaderField, value: number | string) =>
    cell(size, key, fields[key], value);
  const bit = (name: FlagName) =>
    (flags & Flag[name]) === 0 ? cell("bit", name, name, 0) : cell("bit set", name, name, 1);
  return html`<dl class="grid" @focusin=${look} @pointerover=${look} @keydown=${moveOn}>
    ${known("half", "srcPort", header.getUint16(0))} ${known("half", "dstPort", header.getUint16(2))}
    ${known("full", "seq", header.getUint32(4))} ${known("full", "ack", header.getUint32(8))}
    ${known("nibble", "offset", header.byteLength / 4)}
    ${known("nibble", "reserved", header.getUint8(12) & 15)} ${BITS.map(bit)}
    ${known("half", "window", scaled ? windowText(facts.window).slice(4) : header.getUint16(14))}
    ${known("half", "checksum", `0x${hex(header.getUint16(16), 4)} ${checksum(good)}`)}
    ${known("half", "urgent", header.getUint16(18))}
    ${options.length === 0 ? nothing : known("full", "options", optionsText(options))}
  </dl>`;
}

function fieldOf({ target }: Event): HTMLElement | null {
  return (target as Element).closest<HTMLElement>("[data-field]");
}

/** The arrows go from field to field, and are not the element's own then. */
function moveOn(event: KeyboardEvent): void {
  const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const all = (event.currentTarget as Element).querySelectorAll<HTMLElement>("[data-field]");
  const from = [...all].indexOf(fieldOf(event) as HTMLElement);
  if (by === undefined || from === -1) return;
  event.preventDefault();
  all[from + by]?.focus();
}

/** Here is room for the names of both timestamps. */
function optionsText(options: readonly string[]): string {
  return options.join(", ").replace(/TS (\d+)\/(\d+)/, "TSval $1 TSecr $2");
}

/** The header's octets, those of the field that is looked at set apart, or else the flags. */
function hexView(header: DataView, note: FieldNote | undefined): TemplateResult {
  const { from, to } = note ?? { from: 13, to: 14 };
  const all = Array.from({ length: header.byteLength }, (_, index) => header.getUint8(index));
  return html`<p class="hex">
    ${all.map((octet, index) => (index >= from && index < to ? html`<b>${hex(octet, 2)}</b> ` : `${hex(octet, 2)} `))}
  </p>`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function octets({ packet }: TraceSegment): Uint8Array | undefined {
  const pairs = packet.match(/../g);
  return pairs === null ? undefined : Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}
