import { Flag, STATE_NAMES, type StateName } from "@synfin/core/tcp";
import { PORT_EVENTS, type PortEvent, type PortOutput, type PortSegment } from "./port.ts";

/** An answer that is none: the message names the field, the value, and what would be right. */
export class PortError extends Error {
  override readonly name = "PortError";
}

/**
 * Takes an adapter's answer apart, field by field: who wrote it may be a
 * program in any language. Throws a `PortError` for the first that is wrong.
 *
 * @param earliestUs when the next timer may run out at the earliest
 */
export function readOutput(answer: unknown, earliestUs: number): PortOutput {
  const fields = object("the answer", answer);
  const { segments, received, events, wakeAtUs, error, state } = fields;
  for (const name of Object.keys(fields)) {
    if (!FIELDS.includes(name)) refuse(name, fields[name], `one of ${FIELDS.join(", ")}`);
  }
  return {
    segments: list("segments", segments).map((one, index) => segment(`segments[${index}]`, one)),
    received: hex("received", received),
    events: list("events", events).map((one, index) => event(`events[${index}]`, one)),
    wakeAtUs: wake(wakeAtUs, earliestUs),
    ...(error === undefined || error === null ? {} : { error: text("error", error) }),
    ...(state === undefined || state === null ? {} : { state: stateOf(state) }),
  };
}

const FIELDS = ["segments", "received", "events", "wakeAtUs", "error", "state"];
const SEGMENT_FIELDS = ["seq", "ack", "flags", "window", "mss", "text"];

function segment(place: string, value: unknown): PortSegment {
  const fields = object(place, value);
  for (const name of Object.keys(fields)) {
    const known = SEGMENT_FIELDS.includes(name);
    if (!known) refuse(`${place}.${name}`, fields[name], `one of ${SEGMENT_FIELDS.join(", ")}`);
  }
  const { mss } = fields;
  return {
    seq: whole(`${place}.seq`, fields["seq"], 0xffff_ffff),
    ack: whole(`${place}.ack`, fields["ack"] ?? 0, 0xffff_ffff),
    flags: flags(`${place}.flags`, fields["flags"]),
    window: whole(`${place}.window`, fields["window"], 0xffff),
    ...(mss === undefined || mss === null ? {} : { mss: whole(`${place}.mss`, mss, 0xffff) }),
    text: hex(`${place}.text`, fields["text"]),
  };
}

function flags(place: string, value: unknown): string {
  const names = text(place, value).split(",");
  const wrong = names.find((name) => !Object.hasOwn(Flag, name));
  if (wrong === undefined) return names.join(",");
  return refuse(place, value, `names out of ${Object.keys(Flag).join(", ")}, with commas between`);
}

function event(place: string, value: unknown): PortEvent {
  const found = PORT_EVENTS.find((name) => name === value);
  return found ?? refuse(place, value, `one of "${PORT_EVENTS.join('", "')}"`);
}

function stateOf(value: unknown): StateName {
  const found = STATE_NAMES.find((name) => name === value);
  return found ?? refuse("state", value, `one of ${STATE_NAMES.join(", ")}`);
}

function wake(value: unknown, earliestUs: number): number | null {
  if (value === undefined || value === null) return null;
  const atUs = whole("wakeAtUs", value, Number.MAX_SAFE_INTEGER);
  if (atUs >= earliestUs) return atUs;
  return refuse("wakeAtUs", value, `${earliestUs} or later; what is due by now is done by now`);
}

function whole(place: string, value: unknown, most: number): number {
  const fits = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most;
  return fits ? value : refuse(place, value, `a whole number from 0 to ${most}`);
}

function hex(place: string, value: unknown): string {
  const digits = text(place, value ?? "");
  if (/^([0-9a-f]{2})*$/i.test(digits)) return digits.toLowerCase();
  return refuse(place, value, "hexadecimal, two digits for each octet");
}

function text(place: string, value: unknown): string {
  return typeof value === "string" ? value : refuse(place, value, "a text");
}

function list(place: string, value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : refuse(place, value, "a list");
}

function object(place: string, value: unknown): Readonly<Record<string, unknown>> {
  const fits = typeof value === "object" && value !== null && !Array.isArray(value);
  return fits ? (value as Record<string, unknown>) : refuse(place, value, "an object");
}

function refuse(place: string, value: unknown, right: string): never {
  const shown = JSON.stringify(value) ?? "left out";
  throw new PortError(`${place} is ${shown}, but it should be ${right}`);
}
