import { type CaptureRecord, readCapture } from "@synfin/capture";
import { ExitCode, type Io, UsageError } from "../io.ts";
import { readOptions } from "../options.ts";
import { type DecodedFrame, decodeFrame } from "./decode-frame.ts";
import { formatJson } from "./format-json.ts";
import { textFormatter } from "./format-text.ts";

const OPTIONS = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;

const DECODE_HELP = `usage: synfin decode FILE [--json]

Prints one line for each frame of a pcap or pcapng file: the TCP segment's
ends, flags, raw sequence and acknowledgment numbers, raw window, octets of
text, whether the checksum is right, and the options. What is no TCP segment
gets a line that says what it is. A summary goes to stderr.

  FILE      a capture of Ethernet, raw IP, Linux cooked or loopback frames;
            - reads standard input
  --json    JSON Lines: frame timeUs src dst srcPort dstPort seq ack flags
            window urgentPointer checksumOk ipChecksumOk options payloadLength
            for a segment; "skipped" or "error" for any other frame
  --help    this text

Exits with 2 where the file cannot be read to its end.
`;

/** `synfin decode`: resolves to the exit code, or rejects with a `UsageError`. */
export async function decodeCommand(args: readonly string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = readOptions("decode", args, OPTIONS);
  if (values["help"] === true) {
    io.stdout.write(DECODE_HELP);
    return ExitCode.OK;
  }
  const file = onlyFile(positionals);
  const { records, error } = readCapture(await readFile(file, io));
  const format = values["json"] === true ? formatJson : textFormatter(decodeAll(records));
  const tally = { segments: 0, bad: 0, skipped: 0, broken: 0 };
  for (const frame of decodeAll(records)) {
    count(tally, frame);
    io.stdout.write(`${format(frame)}\n`);
  }
  // What could be read has been printed; the break itself is an error all the same.
  if (error !== undefined) throw new UsageError(`${file}: ${error.message}`);
  io.stderr.write(`${summary(tally)}\n`);
  return ExitCode.OK;
}

/** One frame at a time: a capture may hold more of them than memory does. */
function* decodeAll(records: readonly CaptureRecord[]): Iterable<DecodedFrame> {
  for (const record of records) yield decodeFrame(record);
}

function onlyFile([file, second]: readonly string[]): string {
  if (file === undefined) {
    throw new UsageError("decode: no file; give one pcap or pcapng file, or - for standard input");
  }
  if (second !== undefined) {
    throw new UsageError(`decode: a second file "${second}"; give one file at a time`);
  }
  return file;
}

async function readFile(file: string, io: Io): Promise<Uint8Array> {
  try {
    return await io.readFile(file === "-" ? "/dev/stdin" : file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`decode: cannot read "${file}" (${reason}); give a pcap or pcapng file`);
  }
}

/** How many frames there were of each sort. */
interface Tally {
  segments: number;
  /** Those among the segments whose IP or TCP checksum is wrong. */
  bad: number;
  skipped: number;
  broken: number;
}

function count(tally: Tally, frame: DecodedFrame): void {
  if ("skipped" in frame) tally.skipped++;
  else if ("error" in frame) tally.broken++;
  else {
    tally.segments++;
    // A checksum that cannot be known is no bad one.
    if (frame.checksumOk === false || !frame.ipChecksumOk) tally.bad++;
  }
}

function summary({ segments, bad, skipped, broken }: Tally): string {
  const others = `${skipped} other frames, ${broken} broken frames`;
  return `${segments} TCP segments, ${bad} with a bad checksum, ${others}`;
}
