import type { CapturedConnection, CapturedConnections } from "./connections.ts";
import type { BrokenLaw, LawTally } from "./judge.ts";

/** A capture that was held to the laws. */
export interface Checked {
  readonly file: string;
  /** The addresses at which it was made, where that is known. */
  readonly at: readonly string[];
  readonly found: CapturedConnections;
  readonly judged: readonly {
    readonly connection: CapturedConnection;
    readonly broken: readonly BrokenLaw[];
  }[];
  readonly laws: readonly LawTally[];
}

/** The laws and the connections as a table, broken laws first seen at their packets. */
export function checkedTable({ at, found, judged, laws }: Checked): string {
  const rows = judged.flatMap(({ connection, broken }) => [
    connectionLine(connection, broken.length),
    ...broken.map(({ packet, law, source, message }) => {
      return `  packet ${packet}: ${law} (${source}): ${message}`;
    }),
  ]);
  const width = Math.max(...laws.map(({ law }) => law.name.length));
  const verdicts = laws.map((tally) => `${tally.law.name.padEnd(width)}  ${verdict(tally, at)}`);
  return [...rows, "", ...verdicts, "", summary(found, laws), ""].join("\n");
}

function connectionLine(connection: CapturedConnection, broken: number): string {
  const { ends, trace, fromSyn, oneWay } = connection;
  const first = trace.segments[0]?.id ?? "";
  const last = trace.segments.at(-1)?.id ?? "";
  const where = `packets ${first.slice(1)} to ${last.slice(1)}`;
  const began = fromSyn ? "" : ", began before the capture";
  const missing = oneWay ? ", only one direction was captured" : "";
  const holds = oneWay ? "what it shows alone holds" : "every law holds";
  const verdictText = broken === 0 ? holds : count(broken, "breach", "breaches");
  return `${ends.join(" > ")}  ${where}${began}${missing}: ${verdictText}`;
}

function verdict({ onlyAt, met, broken }: LawTally, at: readonly string[]): string {
  if (onlyAt && at.length === 0) return "not looked at: needs --at";
  if (broken > 0) return `BROKEN ${count(broken, "time", "times")}`;
  return met === 0 ? "nothing to judge" : `holds, ${count(met, "time", "times")} judged`;
}

function summary(
  { connections, segments, others, cutOff }: CapturedConnections,
  laws: readonly LawTally[],
): string {
  const broken = laws.filter((tally) => tally.broken > 0).length;
  const what = broken === 0 ? "no law is broken" : `${count(broken, "law is", "laws are")} broken`;
  const cut = cutOff === 0 ? "" : ` (${cutOffText(cutOff)})`;
  const rest = others === 0 ? "" : `, ${count(others, "other packet", "other packets")}${cut}`;
  return `${count(connections.length, "connection", "connections")}, ${count(segments, "segment", "segments")}${rest}: ${what}`;
}

/** What is to be said of packets whose headers were not captured. */
export function cutOffText(cutOff: number): string {
  return `${cutOff} cut off before the end of the headers: give the capture a larger snaplen`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The same as one JSON object, with a line's end. */
export function checkedJson({ at, found, judged, laws }: Checked): string {
  const result = {
    passed: laws.every(({ broken }) => broken === 0),
    at,
    segments: found.segments,
    others: found.others,
    cutOff: found.cutOff,
    connections: judged.map(({ connection: { ends, trace, fromSyn, oneWay }, broken }) => ({
      ends,
      fromSyn,
      oneWay,
      packets: trace.segments.map(({ id }) => Number(id.slice(1))),
      broken,
    })),
    laws: laws.map(({ law, onlyAt, met, broken }) => {
      const { name, source, says } = law;
      return { law: name, source, says, lookedAt: !onlyAt || at.length > 0, met, broken };
    }),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
