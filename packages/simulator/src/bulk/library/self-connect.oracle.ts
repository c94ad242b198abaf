import { PORT_HABITS } from "../port-habits.ts";
import type { PortOrder } from "../port-pool.ts";
import { type Oracle, type Settings, settingOf } from "../scenario.ts";

/** The ephemeral ports, and the order in which they are tried. */
export function range(settings: Settings): {
  readonly first: number;
  readonly last: number;
  readonly order: PortOrder;
} {
  const [first] = settings.profile.ephemeralPorts;
  const last = Math.min(65_535, first + settingOf(settings, "ports") - 1);
  return { first, last, order: PORT_HABITS[settings.profile.name].connect };
}

/** How many calls there are to each that meets itself; `Infinity` where none ever does. */
function attemptsEach(settings: Settings): number {
  const { first, last, order } = range(settings);
  const count = last - first + 1;
  const index = settingOf(settings, "port") - first;
  if (index < 0 || index >= count) return Number.POSITIVE_INFINITY;
  if (!order.startsWith("linux")) return count;
  // One half of the ports is enough for one call at a time, so the other is never tried.
  return index % 2 === 0 ? Math.ceil(count / 2) : Number.POSITIVE_INFINITY;
}

export function selfConnectOracles(settings: Settings): readonly Oracle[] {
  const each = attemptsEach(settings);
  const attempts = settingOf(settings, "attempts");
  const { order } = range(settings);
  const never = each === Number.POSITIVE_INFINITY;
  // Where the search begins is even; the mean is right at once, or after each whole pass.
  if (order === "random" || order === "linux-connect" || never) return [count(attempts / each)];
  const whole = attempts % each === 0 ? [count(attempts / each)] : [];
  return attempts < 2 * each ? whole : [...whole, period(each)];
}

function count(expected: number): Oracle {
  return {
    name: "self-connects",
    claim: {
      en: "one call in as many as there are ports to try meets itself; on Linux that is half of the range, and none if the destination's port is of the other parity",
      ko: "시도하는 포트 수만큼의 호출에 한 번꼴로 자기 자신과 연결됩니다. 리눅스에서는 범위의 절반이며, 목적지 포트의 홀짝이 다르면 한 번도 없습니다",
    },
    expected,
    unit: "count",
    observe: ({ measures: { counts } }) => counts.get("self-connects") ?? 0,
  };
}

function period(each: number): Oracle {
  return {
    name: "period",
    claim: {
      en: "from one call that meets itself to the next there are as many as there are ports to try",
      ko: "자기 자신과 연결된 호출에서 다음번까지는 시도하는 포트 수만큼입니다",
    },
    expected: each,
    unit: "count",
    observe: ({ measures }) => measures.histogram("attempts-between").mean,
  };
}
