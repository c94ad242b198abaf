import type { Trace, TraceOption, TraceSegment } from "../trace/trace.ts";
import type { ShownNumbers } from "./relative.ts";
import { TcpEnd } from "./tcp-end.ts";

/** What stands in a segment's header beside its flags and numbers, ready to be shown. */
export interface SegmentFacts {
  /** Its options in the words of tcpdump: `mss 1460`, `wscale 7`, `sack 1461:2921`. */
  readonly options: readonly string[];
  readonly window: ShownWindow;
}

/** A window as a reader should take it. */
export interface ShownWindow {
  /** As it stands in the header. */
  readonly field: number;
  /** What the field is multiplied by; 1 where no scale was agreed, and on every SYN. */
  readonly factor: number;
  /** Whether it says something new: a first one that is scaled, a shut one, a large change. */
  readonly isNews: boolean;
}

/** The facts of every segment, by its id; SACK blocks count as the numbers shown do. */
export function segmentFacts(
  trace: Trace,
  numbers: ReadonlyMap<string, ShownNumbers>,
): ReadonlyMap<string, SegmentFacts> {
  const windows = shownWindows(trace);
  return new Map(
    trace.segments.map((segment) => {
      const shown = numbers.get(segment.id) ?? segment;
      const options = segment.options.map((option) => optionText(option, segment, shown));
      const window = windows.get(segment.id) ?? { field: segment.window, factor: 1, isNews: false };
      return [segment.id, { options, window }];
    }),
  );
}

/** `win 512`, and `win 512×128 = 65536` where the field is scaled. */
export function windowText({ field, factor }: ShownWindow, times = "×"): string {
  return factor === 1 ? `win ${field}` : `win ${field}${times}${factor} = ${field * factor}`;
}

function optionText(option: TraceOption, { ack }: TraceSegment, shown: ShownNumbers): string {
  const { name, value = 0, echo = 0, blocks = [] } = option;
  const edge = (seq: number): number => (shown.ack === ack ? seq : shown.ack + ((seq - ack) | 0));
  switch (name) {
    case "mss":
      return `mss ${value}`;
    case "window-scale":
      return `wscale ${value}`;
    case "sack-permitted":
      return "sackOK";
    case "sack":
      return `sack ${blocks.map(([left, right]) => `${edge(left)}:${edge(right)}`).join(" ")}`;
    case "timestamps":
      return `TS ${value}/${echo}`;
    default:
      return value === 0 ? name : `${name} ${value}`;
  }
}

/** A change by less than this share of the largest window is no news. */
const SHARE = 8;

function shownWindows(trace: Trace): ReadonlyMap<string, ShownWindow> {
  const ends = new Map(trace.hosts.map(({ name }) => [name, new TcpEnd()]));
  const said = new Map<string, { last: number; most: number; factor: number }>();
  const windows = new Map<string, ShownWindow>();
  for (const segment of trace.segments) {
    const { id, from, to, flags, window: field, injected } = segment;
    const end = ends.get(from);
    if (end === undefined || injected === true || flags.includes("RST")) continue;
    end.sends(segment);
    ends.get(to)?.hears(segment, true);
    const isSyn = flags.includes("SYN");
    const factor = isSyn ? 1 : end.scale;
    const octets = field * factor;
    const before = said.get(from) ?? { last: octets, most: octets, factor: 1 };
    const most = Math.max(before.most, octets);
    const isLarge = Math.abs(octets - before.last) * SHARE >= most && octets !== before.last;
    const offersScale = isSyn && segment.options.some(({ name }) => name === "window-scale");
    const isNews = offersScale || field === 0 || isLarge || (!isSyn && factor !== before.factor);
    const last = isNews || isSyn ? octets : before.last;
    said.set(from, { last, most, factor: isSyn ? before.factor : factor });
    windows.set(id, { field, factor, isNews });
  }
  return windows;
}
