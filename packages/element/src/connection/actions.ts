import { fieldNotes } from "../extras/load.ts";
import { putAddress } from "../links/link-controller.ts";
import type { PiecesController } from "../pieces/pieces-controller.ts";
import { fileName } from "./export-format.ts";
import { canDrop } from "./frame.ts";
import type { PlaybackController } from "./playback-controller.ts";
import { DELAY_SECONDS } from "./run.ts";
import type { RunController } from "./run-controller.ts";
import { saveFile } from "./save-file.ts";
import type { Actions } from "./scene.ts";
import type { TcpConnection } from "./tcp-connection.ts";

/** What a reader's buttons, keys and clicks do to an element. */
export function actionsOf(
  element: TcpConnection,
  playback: PlaybackController,
  run: RunController,
  pieces: PiecesController,
): Actions {
  return {
    toggle: () => {
      element._selected = undefined;
      if (playback.playing) element.pause();
      else element.play();
    },
    step: (count) => {
      element._selected = undefined;
      element.step(count);
    },
    seek: (atUs) => {
      element._selected = undefined;
      playback.seek(atUs);
    },
    setSpeed: (speed) => {
      element.speed = speed;
    },
    setScenario: (name) => {
      element.scenario = name;
    },
    setSeq: (mode) => {
      element.seq = mode;
    },
    setTool: (tool) => {
      element.tool = tool;
    },
    press: (id, tool = element.tool) => {
      element._selected = id;
      const segment = element.trace?.segments.find((one) => one.id === id);
      if (tool === "inspect" || segment === undefined || !canDrop(segment, playback.atUs)) return;
      run.strike(id, tool === "delay" ? `delay=${1000 * DELAY_SECONDS}ms` : tool);
    },
    share: async () => {
      const address = await element.toLink().catch(() => undefined);
      if (address === undefined) return;
      await putAddress(address);
      element._copiedAtUs = playback.atUs;
    },
    save: (format) => {
      const name = fileName(element.trace?.scenario ?? "", format);
      element.exportAs(format).then(
        (file) => saveFile(file, name),
        ({ message }: Error) =>
          element.dispatchEvent(new CustomEvent("error", { detail: { message } })),
      );
    },
    look: (field) => {
      if (field === undefined) return;
      element._field = field;
      pieces.get(fieldNotes);
    },
    drop: (id) => element.dropSegment(id),
    undo: () => element.undo(),
    reset: () => element.reset(),
  };
}
