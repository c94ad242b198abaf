import { frameAt, subjectOf } from "./frame.ts";
import type { Picture } from "./picture.ts";
import type { PlaybackController } from "./playback-controller.ts";
import type { Ran } from "./run.ts";
import type { Scene } from "./scene.ts";
import type { TcpConnection } from "./tcp-connection.ts";

type Chosen = Pick<TcpConnection, "tool" | "_selected" | "_focused" | "_field">;
type Rest = Pick<
  Scene,
  | "isServers"
  | "language"
  | "narrate"
  | "cards"
  | "transcript"
  | "words"
  | "reel"
  | "canUndo"
  | "actions"
>;

/** All that a run is rendered from, at the present time and with what its reader has chosen. */
export function sceneOf(
  { title, description, trace, recorded, own }: Ran,
  { steps, ladder, drawing }: Picture,
  { atUs, playing, speed }: PlaybackController,
  { tool, _selected, _focused, _field }: Chosen,
  rest: Rest,
): Scene {
  const frame = frameAt(ladder, steps, atUs);
  const chosen = trace.segments.find(({ id }) => id === _selected);
  const selected = chosen ?? subjectOf(trace, steps[frame.step]) ?? trace.segments[0];
  return {
    ...rest,
    ...{ title, description, recorded, trace, steps, ladder, drawing, frame },
    own: rest.canUndo ? undefined : own,
    ...{ playing, speed, tool, selected },
    field: _field,
    tabStop: trace.segments.find(({ id }) => id === _focused)?.id ?? selected?.id,
  };
}
