import type { Moment } from "@synfin/simulator/view";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { TimeMap } from "../ladder/time-map.ts";
import { stepAt } from "./frame.ts";

/** What is played. */
export interface Reel {
  readonly map: TimeMap;
  readonly steps: readonly Moment[];
  /** Where it begins and ends, in microseconds. */
  readonly fromUs: number;
  readonly toUs: number;
}

/** Pixels of the ladder in a second, at speed 1: a segment takes three quarters of a second. */
const PIXELS_PER_SECOND = 58;
/** How long a step stays, where motion is reduced, at speed 1. */
const STEP_SECONDS = 1.6;
/** A frame that was held up longer than this does not make the run leap. */
const LONGEST_FRAME_SECONDS = 0.1;

/**
 * The position in a run, and its movement: even on the folded axis, so that
 * waits pass quickly. Where the reader prefers less motion, it goes from step
 * to step instead.
 */
export class PlaybackController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #reel: () => Reel | undefined;
  #atUs = 0;
  #y = 0;
  #map: TimeMap | undefined;
  #playing = false;
  #request = 0;
  #lastMs = 0;
  #heldSeconds = 0;
  speed = 1;
  /** Whether it begins again at the end, after a rest. */
  loop = false;

  /** `reel` gives what is played at present, or undefined where there is nothing. */
  constructor(host: ReactiveControllerHost, reel: () => Reel | undefined) {
    this.#host = host;
    this.#reel = reel;
    host.addController(this);
  }

  hostConnected(): void {}

  hostDisconnected(): void {
    this.pause();
  }

  get atUs(): number {
    return this.#atUs;
  }

  get playing(): boolean {
    return this.#playing;
  }

  /** Plays on, from the beginning if the run is at its end. */
  play(): void {
    const reel = this.#reel();
    if (this.#playing || reel === undefined) return;
    if (this.#atUs >= reel.toUs) this.seek(0);
    this.#playing = true;
    this.#map = undefined;
    this.#heldSeconds = 0;
    this.#request = requestAnimationFrame((ms) => {
      this.#lastMs = ms;
      this.#tick(ms);
    });
    this.#host.requestUpdate();
  }

  pause(): void {
    if (!this.#playing) return;
    this.#playing = false;
    cancelAnimationFrame(this.#request);
    this.#host.requestUpdate();
  }

  /** Goes to a time, in microseconds; kept within the run. */
  seek(atUs: number): void {
    const reel = this.#reel();
    const end = reel?.toUs ?? Number.POSITIVE_INFINITY;
    const to = Math.min(Math.max(reel?.fromUs ?? 0, Math.round(atUs)), end);
    this.#y = reel?.map.y(to) ?? 0;
    if (to === this.#atUs) return;
    this.#atUs = to;
    this.#host.requestUpdate();
  }

  /** Goes so many steps on, or back where `count` is negative, and stops there. */
  step(count: number): void {
    this.pause();
    this.#leap(count);
  }

  #leap(count: number): void {
    const steps = this.#reel()?.steps ?? [];
    const now = stepAt(steps, this.#atUs);
    // Between two steps, the first step back is to the one that was last.
    const isBetween = count < 0 && steps[now] !== undefined && steps[now].atUs < this.#atUs;
    const to = Math.min(Math.max(0, now + count + (isBetween ? 1 : 0)), steps.length - 1);
    this.seek(steps[to]?.atUs ?? 0);
  }

  #tick(ms: number): void {
    const reel = this.#reel();
    if (!this.#playing || reel === undefined) return;
    const seconds = Math.min((ms - this.#lastMs) / 1000, LONGEST_FRAME_SECONDS) * this.speed;
    this.#lastMs = ms;
    if (this.#atUs >= reel.toUs) this.#rest(seconds);
    else if (prefersLessMotion()) this.#hold(seconds);
    else this.#glide(seconds, reel.map);
    if (this.#atUs >= reel.toUs && !this.loop) this.pause();
    else this.#request = requestAnimationFrame((next) => this.#tick(next));
  }

  #glide(seconds: number, map: TimeMap): void {
    // A drop or a new width lays the run out anew, also while it plays.
    if (map !== this.#map) this.#y = map.y(this.#atUs);
    this.#map = map;
    this.#y += seconds * PIXELS_PER_SECOND;
    const y = this.#y;
    this.seek(map.atUs(y));
    // Times are whole microseconds; the way between two of them is kept.
    this.#y = Math.min(y, map.endY);
  }

  /** Stands at the end for as long as a step, and begins again. */
  #rest(seconds: number): void {
    this.#heldSeconds += seconds;
    if (this.#heldSeconds < STEP_SECONDS) return;
    this.#heldSeconds = 0;
    this.#map = undefined;
    this.seek(0);
  }

  #hold(seconds: number): void {
    this.#heldSeconds += seconds;
    if (this.#heldSeconds < STEP_SECONDS) return;
    this.#heldSeconds = 0;
    this.#leap(1);
  }
}

/** Whether the reader has asked for less motion. */
export function prefersLessMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
