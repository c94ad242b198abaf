import type { TcpOption } from "@synfin/core/wire";
import type { DecodedFrame, SegmentFrame } from "./decode-frame.ts";
import { toHex } from "./format-json.ts";

/** A line's cells. Only the last one may be of any width. */
type Row = readonly string[];

/** What is the same for all lines: when the capture starts, and how wide its columns are. */
interface Layout {
  readonly startUs: number;
  readonly headWidths: readonly number[];
  readonly cellWidths: readonly number[];
}

/**
 * Makes lines that stand in columns: number, seconds since the first frame,
 * ends, flags, raw numbers, checksum and options; or what the frame is
 * instead of a segment. It goes through all frames once, to measure them, and
 * keeps none, for there may be millions.
 */
export function textFormatter(frames: Iterable<DecodedFrame>): (frame: DecodedFrame) => string {
  const layout = measure(frames);
  return (frame) => {
    const head = align(headCells(frame, layout.startUs), layout.headWidths, "right");
    const tail =
      "options" in frame ? align(segmentCells(frame), layout.cellWidths, "left") : remark(frame);
    return `${head}  ${tail}`.trimEnd();
  };
}

function measure(frames: Iterable<DecodedFrame>): Layout {
  const headWidths: number[] = [];
  const cellWidths: number[] = [];
  let startUs: number | undefined;
  for (const frame of frames) {
    startUs ??= frame.timeUs;
    widen(headWidths, headCells(frame, startUs ?? 0));
    if ("options" in frame) widen(cellWidths, segmentCells(frame));
  }
  return { startUs: startUs ?? 0, headWidths, cellWidths };
}

/** Makes each column as wide as this row's cell, where that is wider. */
function widen(widths: number[], row: Row): void {
  for (const [column, cell] of row.entries()) {
    widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
}

function headCells(frame: DecodedFrame, startUs: number): Row {
  return [String(frame.frame), secondsSince(startUs, frame.timeUs)];
}

function secondsSince(startUs: number, timeUs: number | undefined): string {
  if (timeUs === undefined) return "-";
  const sign = timeUs < startUs ? "-" : "";
  const us = Math.abs(timeUs - startUs);
  const fraction = String(us % 1_000_000).padStart(6, "0");
  return `${sign}${Math.floor(us / 1_000_000)}.${fraction}`;
}

function remark(frame: DecodedFrame): string {
  if ("error" in frame) return `error: ${frame.error.message}`;
  return "skipped" in frame ? `skipped: ${frame.skipped}` : "";
}

function segmentCells(segment: SegmentFrame): Row {
  return [
    `${endpoint(segment.src, segment.srcPort)} > ${endpoint(segment.dst, segment.dstPort)}`,
    segment.flags.length === 0 ? "no flags" : segment.flags.join(","),
    `seq ${segment.seq}`,
    `ack ${segment.ack}`,
    `win ${segment.window}`,
    `len ${segment.payloadLength}`,
    checksumMark(segment),
    [...segment.options.map(optionText), ...oddities(segment)].join(", "),
  ];
}

function endpoint(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function checksumMark({ checksumOk, ipChecksumOk }: SegmentFrame): string {
  if (!ipChecksumOk) return checksumOk === false ? "BAD IP AND TCP SUM" : "BAD IP SUM";
  if (checksumOk === null) return "cut off";
  return checksumOk ? "ok" : "BAD SUM";
}

function oddities({ flags, reserved, urgentPointer, optionErrors }: SegmentFrame): string[] {
  const urgent = flags.includes("URG") || urgentPointer !== 0;
  return [
    ...(urgent ? [`urgent pointer ${urgentPointer}`] : []),
    ...(reserved === 0 ? [] : [`reserved bits ${reserved}`]),
    ...optionErrors.map(({ message }) => `MUST-7: ${message}`),
  ];
}

function optionText(option: TcpOption): string {
  switch (option.name) {
    case "mss":
      return `mss ${option.value}`;
    case "window-scale":
      return `window-scale ${option.shift}`;
    case "timestamps":
      return `timestamps ${option.value} ${option.echoReply}`;
    case "sack":
      return `sack ${option.blocks.map(({ left, right }) => `${left}-${right}`).join(" ")}`;
    case "user-timeout":
      return `user-timeout ${option.timeout} ${option.unit}`;
    case "unknown":
      return `kind ${option.kind} ${toHex(option.data)}`.trimEnd();
    case "malformed":
      return `malformed ${toHex(option.bytes)}`;
    default:
      return option.name;
  }
}

function align(row: Row, wide: readonly number[], side: "left" | "right"): string {
  const cells = row.map((cell, column) => {
    const width = wide[column] ?? 0;
    return side === "left" ? cell.padEnd(width) : cell.padStart(width);
  });
  return cells.join("  ");
}
