import type { PacketAction } from "../ast.ts";
import { printPacket } from "../print-script.ts";

/** A packet in the script's terms. */
export type PacketView = Omit<PacketAction, "type" | "at">;

/** One line of what happened. */
interface TranscriptLine {
  readonly atUs: number;
  /** The state of the connection under test after it, by RFC 9293's name. */
  readonly state: string;
  readonly text: string;
}

/**
 * What happened, in the order in which it did, drawn as a ladder: the stack's
 * lifeline with its states on the left, segments in the script's own words.
 */
export class Transcript {
  private readonly lines: TranscriptLine[] = [];

  /** How many lines there are: a place to put a line later. */
  get length(): number {
    return this.lines.length;
  }

  packet(atUs: number, state: string, view: PacketView): void {
    const arrow = view.direction === "in" ? "<──" : "──>";
    const words = printPacket(view).slice(2);
    this.note(atUs, state, `${arrow} ${words}`);
  }

  note(atUs: number, state: string, text: string): void {
    this.lines.push({ atUs, state, text });
  }

  /** What was done from outside, with the state before it; then the states that it led to. */
  call(place: number, atUs: number, state: string, text: string): void {
    const before = this.lines[place - 1];
    const led = this.lines.slice(place);
    if (led.length > 0 && led.every((line) => line.atUs === atUs)) {
      this.lines.splice(place, 0, { atUs, state: before?.state ?? "CLOSED", text });
    } else {
      this.note(atUs, state, text);
    }
  }

  /** The lines in columns; a state is named where it is another than before. */
  toString(): string {
    let before = "";
    const told = this.lines.filter((line, index) => !isToldBy(line, this.lines[index + 1]));
    const rows = told.map(({ atUs, state, text }) => {
      const shown = state === before ? "" : state;
      before = state;
      return `${clock(atUs).padStart(12)}  ${shown.padEnd(12)} │ ${text}`.trimEnd();
    });
    return rows.map((row) => `${row}\n`).join("");
  }
}

/** A line that only names a state is of no use before one that does it, too. */
function isToldBy(line: TranscriptLine, next: TranscriptLine | undefined): boolean {
  return line.text === "" && line.atUs === next?.atUs && line.state === next.state;
}

function clock(us: number): string {
  return `${Math.floor(us / 1_000_000)}.${String(us % 1_000_000).padStart(6, "0")}`;
}
