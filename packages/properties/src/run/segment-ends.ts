import type { Trace, TraceSegment } from "@synfin/simulator";
import { type End, type Heard, shiftOf, wholeArrivals } from "./end.ts";
import { has } from "./sequence.ts";

/**
 * The two ends of a trace's first connection, read off its segments alone. No
 * state is known, so that each end is there from the first microsecond on, and
 * for ever, unless it begins another connection, with a SYN of another number.
 */
export function endsOfSegments(trace: Trace): End[] {
  const arrivals = wholeArrivals(trace);
  return trace.hosts.flatMap(({ name }, index) => {
    const peer = trace.hosts[1 - index];
    return peer === undefined ? [] : [endOfSegments(trace, arrivals, name, peer.name)];
  });
}

function endOfSegments(trace: Trace, arrivals: readonly Heard[], host: string, peer: string): End {
  const portOf = (wanted: string) => trace.hosts.find(({ name }) => name === wanted)?.port ?? 0;
  const allHeard = arrivals.filter(({ segment }) => segment.to === host);
  const allSent = trace.segments.filter((segment) => segment.from === host && !has(segment, "RST"));
  const syn = allSent.find(isSyn);
  const second = allSent.find((segment) => isSyn(segment) && segment.seq !== syn?.seq);
  const endedAtUs = second?.sentAtUs ?? Number.POSITIVE_INFINITY;
  const sent = second === undefined ? allSent : allSent.slice(0, allSent.indexOf(second));
  const heard = allHeard.filter(({ atUs }) => atUs < endedAtUs);
  const taken = heard.find(({ segment }) => isSyn(segment))?.segment;
  const [ours, theirs] = [shiftOf(syn), shiftOf(taken)];
  const scaled = ours !== undefined && theirs !== undefined;
  return {
    host,
    peer,
    localPort: portOf(host),
    remotePort: portOf(peer),
    iss: syn?.seq,
    irs: taken?.seq,
    sentScale: scaled ? 1 << ours : 1,
    heardScale: scaled ? 1 << theirs : 1,
    bornAtUs: 0,
    endedAtUs,
    ending: undefined,
    states: [],
    last: "CLOSED",
    sent,
    heard,
  };
}

function isSyn(segment: TraceSegment): boolean {
  return has(segment, "SYN") && !has(segment, "RST");
}
