import type { Errno } from "@synfin/sockets";
import { erlangB } from "../../../stats/judge/erlang-b.ts";
import { PORT_HABITS, portHabit } from "../../port-habits.ts";
import type { BulkResult } from "../../result.ts";
import { type Capacity, type Oracle, type Settings, settingOf } from "../../scenario.ts";
import { CONSTANT } from "./arrivals.ts";

const SECOND_US = 1_000_000;

/** `tcp_tw_reuse_delay`: how long Linux waits before it takes over a TIME-WAIT. */
const REUSE_US = 1 * SECOND_US;

export function bindsFirst(settings: Settings): boolean {
  return settingOf(settings, "bind-before-connect") === 1;
}

/** After how long a TIME-WAIT is taken over; `Infinity` where this system never does it. */
export function reuseUs(settings: Settings): number {
  const { name, params } = settings.profile;
  const knows = PORT_HABITS[name].connect.startsWith("linux") && !bindsFirst(settings);
  const isOn = settingOf(settings, "tw-reuse") === 1 && params.timestamps === 1;
  return knows && isOn ? REUSE_US : Number.POSITIVE_INFINITY;
}

/** How long a port is taken: two round trips, the hold, and TIME-WAIT. */
export function takenUs(settings: Settings): number {
  const { mslUs } = settings.profile.params;
  const waitsUs = Math.min(2 * mslUs, reuseUs(settings));
  return 4 * settingOf(settings, "delay") + settingOf(settings, "hold") + waitsUs;
}

/** How many ports there are to each pool, and how many pools. */
export function pools(settings: Settings): { readonly ports: number; readonly count: number } {
  const { bindsFirst: isShared } = portHabit(settings.profile.name, bindsFirst(settings));
  return {
    ports: settingOf(settings, "ports"),
    count: isShared ? 1 : settingOf(settings, "destinations"),
  };
}

/**
 * How many calls a second the ports are enough for: P/T for each pool, but for
 * those that are taken from the start and stay so.
 */
function holdsAt(settings: Settings): number {
  const { ports, count } = pools(settings);
  const forGood = settings.start?.established ?? 0;
  return (Math.max(0, count * ports - forGood) * SECOND_US) / takenUs(settings);
}

/** What a call fails with once all ports are taken. */
function portErrno(settings: Settings): Errno {
  const { bindsFirst: isShared } = portHabit(settings.profile.name, bindsFirst(settings));
  return isShared ? "EADDRINUSE" : "EADDRNOTAVAIL";
}

/** The same, for whoever asks at what rate it would have held. */
export function portCapacity(settings: Settings): readonly Capacity[] {
  const errno = portErrno(settings);
  const { count } = pools(settings);
  return [
    {
      resource: { en: "ephemeral ports", ko: "임시 포트" },
      errno,
      perSecond: holdsAt(settings),
      formula:
        count === 1
          ? { en: "ports / time that each is taken", ko: "포트 수 / 포트가 쓰이는 시간" }
          : {
              en: "destinations × ports / time that each is taken",
              ko: "목적지 수 × 포트 수 / 포트가 쓰이는 시간",
            },
      usedUpAtUs: ({ measures: { firsts } }) => firsts.get(errno),
    },
  ];
}

/** How many calls a second went through, once the first period is over. */
function wentThrough({ measures: { counts } }: BulkResult): number {
  const through = (counts.get("attempts") ?? 0) - (counts.get("refused") ?? 0);
  return (through * SECOND_US) / Math.max(1, counts.get("counted-us") ?? 0);
}

export function portPressureOracles(settings: Settings): readonly Oracle[] {
  const rate = settingOf(settings, "rate");
  const isEven = settingOf(settings, "arrivals") === CONSTANT;
  if (!isEven) return [refusedByErlang(settings)];
  const isEnough = rate <= holdsAt(settings);
  const both = [refusedEvenly(settings), sustained(settings)];
  return isEnough ? both : [onset(settings), ...both];
}

/** How many times the P/T of one pool goes through: once for each, as far as it is asked for. */
export function timesOver(settings: Settings, claim: Oracle["claim"]): Oracle {
  const { ports, count } = pools(settings);
  const single = (ports * SECOND_US) / takenUs(settings);
  return {
    name: "times-over",
    claim,
    expected: Math.min(settingOf(settings, "rate") / single, count),
    unit: "ratio",
    error: count / ports,
    observe: (result) => wentThrough(result) / single,
  };
}

function refusedShare({ measures: { counts } }: BulkResult): number {
  return (counts.get("refused") ?? 0) / Math.max(1, counts.get("attempts") ?? 0);
}

function refusedByErlang(settings: Settings): Oracle {
  const { ports, count } = pools(settings);
  const offered = (settingOf(settings, "rate") * takenUs(settings)) / SECOND_US / count;
  return {
    name: "refused",
    claim: {
      en: "the share of calls that are refused is Erlang's B(ports, rate × time a port is taken), for each pool of ports",
      ko: "거절되는 호출의 비율은 포트 풀마다 얼랑 B(포트 수, 속도 × 포트가 쓰이는 시간)입니다",
    },
    expected: erlangB(ports, offered),
    unit: "ratio",
    observe: refusedShare,
  };
}

/** Calls do not come in step with the end of a TIME-WAIT: one per pool and period may be off. */
function offByOne(settings: Settings): number {
  const { count } = pools(settings);
  return (count * SECOND_US) / takenUs(settings);
}

function refusedEvenly(settings: Settings): Oracle {
  const rate = settingOf(settings, "rate");
  return {
    name: "refused",
    claim: {
      en: "over whole periods, 1 − ports / (rate × time a port is taken) of all calls are refused",
      ko: "주기 전체에서 1 − 포트 수 / (속도 × 포트가 쓰이는 시간)만큼의 호출이 거절됩니다",
    },
    expected: Math.max(0, 1 - holdsAt(settings) / rate),
    unit: "ratio",
    error: offByOne(settings) / rate,
    observe: refusedShare,
  };
}

function sustained(settings: Settings): Oracle {
  return {
    name: "sustained",
    claim: {
      en: "ports / (time a port is taken) calls go through in each second, and at that rate none would have been refused",
      ko: "초마다 포트 수 / (포트가 쓰이는 시간)만큼의 호출이 성공하며, 그 속도까지는 거절이 없습니다",
    },
    expected: Math.min(settingOf(settings, "rate"), holdsAt(settings)),
    unit: "per-second",
    error: offByOne(settings),
    observe: wentThrough,
  };
}

function onset(settings: Settings): Oracle {
  const { ports, count } = pools(settings);
  return {
    name: "onset",
    claim: {
      en: "ports are what fails first: the first call is refused after ports / rate",
      ko: "가장 먼저 포트가 바닥납니다. 포트 수 / 속도만큼 지나면 처음으로 거절됩니다",
    },
    expected: Math.floor((count * ports * SECOND_US) / settingOf(settings, "rate")),
    unit: "us",
    observe: ({ measures: { firsts } }) => firsts.get(portErrno(settings)) ?? 0,
  };
}
