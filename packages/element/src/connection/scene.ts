import type { Text, Trace, TraceSegment } from "@synfin/simulator";
import { formatDuration, type Moment } from "@synfin/simulator/view";
import type { Drawing } from "../ladder/draw.ts";
import type { Ladder } from "../ladder/ladder.ts";
import { markText } from "../ladder/marks.ts";
import type { Language } from "../locale/language.ts";
import type { Story } from "../narration/narrate.ts";
import type { Cards, Narrate } from "../pieces/kinds.ts";
import type { ExportFormat } from "./export-format.ts";
import { canDrop, type Frame, isLost, phaseOf } from "./frame.ts";
import type { Reel } from "./playback-controller.ts";
import type { Recorded } from "./run.ts";
import type { OwnWords } from "./source.ts";
import type { Tool } from "./tool.ts";
import type { ConnectionWords } from "./words/first.ts";

/** Everything that the parts of the element are rendered from. */
export interface Scene {
  readonly title: Text;
  readonly description: Text;
  /** Set where nothing can be changed. */
  readonly recorded: Recorded | undefined;
  /** The words of the page's writer; none where the reader's faults make another run. */
  readonly own: OwnWords | undefined;
  readonly trace: Trace;
  readonly steps: readonly Moment[];
  readonly ladder: Ladder;
  readonly drawing: Drawing;
  /** Whether it has to be drawn as a server has drawn it. */
  readonly isServers: boolean;
  readonly frame: Frame;
  readonly words: ConnectionWords;
  readonly language: Language;
  /** What tells a step in sentences, once it is here. */
  readonly narrate: Narrate | undefined;
  /** What stands beside the ladder, once it is here. */
  readonly cards: Pick<Cards, "sideView"> | undefined;
  readonly transcript: Pick<Cards, "transcriptView"> | undefined;
  /** What can be played of the run. */
  readonly reel: Pick<Reel, "fromUs" | "toUs">;
  readonly playing: boolean;
  readonly speed: number;
  readonly canUndo: boolean;
  /** What pressing a segment does to it. */
  readonly tool: Tool;
  /** The segment whose header is shown. */
  readonly selected: TraceSegment | undefined;
  /** The field of the header that is looked at. */
  readonly field: string | undefined;
  /** The segment that the Tab key reaches in the ladder. */
  readonly tabStop: string | undefined;
  readonly actions: Actions;
}

/** What a reader can do. */
export interface Actions {
  readonly toggle: () => void;
  readonly step: (count: number) => void;
  readonly seek: (atUs: number) => void;
  readonly setSpeed: (speed: number) => void;
  readonly setScenario: (name: string) => void;
  readonly setSeq: (mode: "relative" | "absolute") => void;
  readonly setTool: (tool: Tool) => void;
  /** Shows a segment's header, and uses the tool on the segment if it has not arrived. */
  readonly press: (id: string, tool?: Tool) => void;
  /** Puts a link to this place into the address bar and the clipboard. */
  readonly share: () => Promise<void>;
  /** Saves the run as a file. */
  readonly save: (format: ExportFormat) => void;
  /** Looks at a field of the header. */
  readonly look: (field: string | undefined) => void;
  readonly drop: (id: string) => void;
  readonly undo: () => void;
  readonly reset: () => void;
}

/** What the steps of a run are told by. */
export function storyOf({ trace, ladder, language }: Scene): Story {
  const { numbers, marks } = ladder;
  return { trace, language, numbers, marks };
}

/** What became of a segment by now, in words. */
export function fateText({ words, frame }: Scene, segment: TraceSegment): string {
  const phase = phaseOf(segment, frame.atUs);
  return phase === "past" || isLost(segment) ? lastFateText(words, segment) : words.fate[phase];
}

/** What becomes of a segment in the end, in words. */
export function lastFateText({ fate }: ConnectionWords, segment: TraceSegment): string {
  if (isLost(segment)) return fate.drop;
  const special = segment.arrivals.find(({ verdict }) => verdict !== "deliver");
  return fate[special?.verdict ?? "deliver"];
}

/** A segment in one phrase: `FIN,ACK seq 101 ack 1, client to server, 300 ms, lost`. */
export function segmentText(scene: Scene, segment: TraceSegment): string {
  const shown = scene.ladder.numbers.get(segment.id) ?? segment;
  const ack = segment.flags.includes("ACK") ? ` ack ${shown.ack}` : "";
  const mark = markText(scene.ladder.marks, segment);
  return [
    `${segment.flags.join(",")} seq ${shown.seq}${ack}`,
    ...(mark === "" ? [] : [mark]),
    scene.words.way(segment.from, segment.to),
    formatDuration(segment.sentAtUs),
    fateText(scene, segment),
  ].join(", ");
}

/** Whether a reader can still lose a segment: never in a recording. */
export function canLose({ recorded, frame }: Scene, segment: TraceSegment): boolean {
  return recorded === undefined && canDrop(segment, frame.atUs);
}

/** The name of the button that a segment is: what it is, and what pressing it does. */
export function pressText(scene: Scene, segment: TraceSegment): string {
  const text = segmentText(scene, segment);
  const { words, tool } = scene;
  const does = canLose(scene, segment) && tool !== "inspect";
  return does ? words.pressIt(text, words.tools[tool]) : words.showIt(text);
}
