import { formatDuration } from "@synfin/simulator/view";
import { announce } from "../narration/announce.ts";
import { type Scene, storyOf } from "./scene.ts";

/** What a screen reader says: it changes once for each step, never for a frame. */
export function statusText(scene: Scene): string {
  const { steps, frame, words } = scene;
  const moment = steps[frame.step];
  if (moment === undefined) return "";
  const where = `${words.step(frame.step + 1, steps.length)}, ${formatDuration(moment.atUs)}`;
  return `${where}. ${announce(storyOf(scene), moment)}`;
}
