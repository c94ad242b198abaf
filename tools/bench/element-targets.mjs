/** What is wanted of `<tcp-connection>` in a page. */
import { median } from "./measure.mjs";
import { atLeast, atMost, inform } from "./target.mjs";

const FIRST_FRAME_MS = 100;
const FRAMES = 55;
/** Of an empty page's frames, where the machine cannot do more. */
const SHARE = 0.95;
const TASK_MS = 50;

/**
 * @param {import("./element.mjs").ElementSection | undefined} element
 * @returns {import("./target.mjs").Target[]}
 */
export function elementTargets(element) {
  if (element === undefined) return [];
  const name = "first frame of <tcp-connection> at a quarter of the speed, ms";
  if ("skipped" in element) return [atMost(name, FIRST_FRAME_MS, element.skipped)];
  const { firstFrame, playing, scrubbing, segments } = element;
  const whole = `; all of it drawn after ${median(firstFrame.readyMs).toFixed(1)}`;
  const wall = { value: median(firstFrame.wallMs), detail: beside(element, "wallMs") + whole };
  const cpu = { value: median(firstFrame.cpuMs), detail: beside(element, "cpuMs") };
  return [
    atMost(name, FIRST_FRAME_MS, wall),
    inform(atMost("the same, by the processor's clock", FIRST_FRAME_MS, cpu)),
    ...motionTargets(`playing ${segments} segments`, playing),
    ...motionTargets(`scrubbing ${segments} segments`, scrubbing),
  ];
}

/**
 * @param {import("./element-page.ts").ElementFigures} figures
 * @param {"wallMs" | "cpuMs"} clock
 */
function beside({ controlFirstFrame, readyMadeFirstFrame }, clock) {
  const [word, markup] = [controlFirstFrame, readyMadeFirstFrame].map((frame) => {
    return median(frame[clock]).toFixed(1);
  });
  return `an element that draws a word: ${word}; one that has this picture as markup: ${markup}`;
}

/**
 * @param {string} what
 * @param {import("./element-page.ts").Motion} motion
 */
function motionTargets(what, motion) {
  const control = median(motion.controlFramesPerSecond);
  const wanted = Number(Math.min(FRAMES, SHARE * control).toFixed(1));
  const frames = {
    value: median(motion.framesPerSecond),
    detail: `an empty page ${control.toFixed(1)}; ${median(motion.cpuMsPerFrame).toFixed(1)} ms of the processor a frame`,
  };
  return [
    atLeast(`frames/s, ${what}`, wanted, frames),
    atMost(`longest task, ${what}, ms by cpu`, TASK_MS, Math.max(...motion.longestTaskMs)),
  ];
}
