import { type Oracle, type Settings, settingOf } from "../scenario.ts";
import { synRetries } from "./parts/retries.ts";

/** The choices of `isn`. */
export const UNIFORM_ISN = 0;
/** The choices of `stamps`. */
export const NO_STAMPS = 0;
export const SAME_CLOCK = 1;

/** The chance that a number drawn evenly from 2³² is above a given one, modulo 2³². */
const HALF = 0.5;

/** Whether TIME-WAIT still stands when the SYN arrives, and takes any at all. */
function stands(settings: Settings): boolean {
  const { mslUs } = settings.profile.params;
  return settingOf(settings, "gap") + 2 * settingOf(settings, "delay") < 2 * mslUs;
}

function takenShare(settings: Settings): number {
  if (!stands(settings)) return 1;
  if (settings.profile.params.timeWaitTakesSyn === 0) return 0;
  const stamps = settingOf(settings, "stamps");
  if (stamps === SAME_CLOCK) return 1;
  if (stamps === NO_STAMPS && settingOf(settings, "isn") !== UNIFORM_ISN) return 1;
  return HALF;
}

/**
 * When a connect that is not taken at once succeeds: at the first retransmission,
 * if the challenge ACK's reset has ended TIME-WAIT, or else at the first after
 * its end. `undefined` where the client gives up before.
 */
function lateUs(settings: Settings): number | undefined {
  const { params } = settings.profile;
  const roundTripUs = 2 * settingOf(settings, "delay");
  const waits = params.timeWaitSilent === 1 || params.rfc1337 === 1;
  const leftUs = waits ? 2 * params.mslUs - settingOf(settings, "gap") - roundTripUs : 1;
  const sentUs = synRetries(params).sentUs.find((atUs) => atUs >= leftUs);
  return sentUs === undefined ? undefined : sentUs + roundTripUs;
}

export function tupleReuseOracles(settings: Settings): readonly Oracle[] {
  const share = takenShare(settings);
  const taken: Oracle = {
    name: "taken",
    claim: {
      en: "a SYN to TIME-WAIT is taken if its number, or its timestamp, is later than the last: half of all that are drawn evenly, and all of one clock's",
      ko: "TIME-WAIT에 온 SYN은 번호나 타임스탬프가 마지막보다 뒤이면 받아들여집니다. 고르게 뽑으면 절반, 한 시계에서 나오면 모두입니다",
    },
    expected: share,
    unit: "ratio",
    observe: ({ measures: { counts } }) =>
      (counts.get("taken") ?? 0) / Math.max(1, counts.get("reused") ?? 0),
  };
  const afterUs = lateUs(settings);
  if (share === 1 || afterUs === undefined) return [taken];
  const late: Oracle = {
    name: "late",
    claim: {
      en: "the others connect at the next SYN, where the challenge ACK's reset ends TIME-WAIT; where it is silent or ignores resets, at the first SYN after 2MSL",
      ko: "나머지는 챌린지 ACK에 대한 리셋이 TIME-WAIT을 끝내면 다음 SYN에, 침묵하거나 리셋을 무시하면 2MSL 뒤의 첫 SYN에 연결됩니다",
    },
    expected: afterUs,
    unit: "us",
    observe: ({ measures }) => measures.histogram("late").mean,
  };
  return [taken, late];
}
