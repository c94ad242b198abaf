import { State } from "@synfin/core/tcp";
import { erlangB } from "../../stats/judge/erlang-b.ts";
import { type Capacity, type Oracle, type Settings, settingOf } from "../scenario.ts";
import { CONSTANT } from "./parts/arrivals.ts";
import { meanInState } from "./parts/mean-in-state.ts";
import { firstRtoUs, retries } from "./parts/retries.ts";

const SECOND_US = 1_000_000;
const MILLION = 1_000_000;
const SERVER = 1;

/** What the scenario counts: closes, those of them that were resets, and when there were any. */
export const CLOSES = "closes";
export const RESETS = "resets";
export const TOO_MANY = "too-many-orphans";

/** How long a FIN that no one acknowledges is sent again and again. */
export function orphanUs(settings: Settings): number {
  const { params } = settings.profile;
  const rtoUs = firstRtoUs(params, 2 * settingOf(settings, "delay"));
  const r2Us = params.orphanR2Us > 0 ? params.orphanR2Us : params.r2Us;
  return retries(params, rtoUs, r2Us).givenUpUs;
}

/** From here on as many leave FIN-WAIT-1 as enter it. */
export function warmUs(settings: Settings): number {
  return 2 * orphanUs(settings) + settingOf(settings, "hold") + 4 * settingOf(settings, "delay");
}

/** How many would be in FIN-WAIT-1 if any number might: Little's law for both kinds of client. */
function offered(settings: Settings): number {
  const goneUs = settingOf(settings, "gone") * orphanUs(settings);
  const otherUs = (MILLION - settingOf(settings, "gone")) * 2 * settingOf(settings, "delay");
  return (settingOf(settings, "rate") * ((goneUs + otherUs) / MILLION)) / SECOND_US;
}

/** Little's law again: the rate at which as many would be in FIN-WAIT-1 as there may be. */
export function orphanCapacity(settings: Settings): readonly Capacity[] {
  const room = settingOf(settings, "max-orphans");
  const inTheWay = offered(settings) / settingOf(settings, "rate");
  return [
    {
      resource: { en: "orphans", ko: "고아 연결" },
      counter: "TCPAbortOnMemory",
      perSecond: inTheWay === 0 ? Number.POSITIVE_INFINITY : room / inTheWay,
      formula: {
        en: "tcp_max_orphans / mean time in FIN-WAIT-1",
        ko: "tcp_max_orphans / FIN-WAIT-1에 있는 평균 시간",
      },
      usedUpAtUs: ({ measures: { firsts } }) => firsts.get(TOO_MANY),
    },
  ];
}

export function finWait1OrphansOracles(settings: Settings): readonly Oracle[] {
  const most = settingOf(settings, "max-orphans");
  const refused = erlangB(most, offered(settings));
  const isEven = settingOf(settings, "arrivals") === CONSTANT;
  // Erlang's formula is for a Poisson process; at an even rate only room for all is simple.
  if (isEven && offered(settings) > most - 2) return [];
  const orphans: Oracle = {
    name: "orphans",
    claim: {
      en: "on average, rate × share gone × 102 s stand in FIN-WAIT-1, less those for which there is no room",
      ko: "평균적으로 속도 × 사라진 비율 × 102초만큼 FIN-WAIT-1에 있습니다. 자리가 없는 것은 빠집니다",
    },
    expected: offered(settings) * (isEven ? 1 : 1 - refused),
    unit: "count",
    // At an even rate connections come whole.
    error: isEven ? 1 : 0,
    observe: (result) => meanInState(result, SERVER, State.FIN_WAIT_1, warmUs(settings)),
  };
  // Below one in a million no run of this length sees any.
  if (isEven || refused < 1e-6) return [orphans];
  const resets: Oracle = {
    name: "resets",
    claim: {
      en: "the share of closes that become resets is Erlang's B(tcp_max_orphans, rate × time in FIN-WAIT-1)",
      ko: "리셋이 되는 close의 비율은 얼랑 B(tcp_max_orphans, 속도 × FIN-WAIT-1에 있는 시간)입니다",
    },
    expected: refused,
    unit: "ratio",
    observe: ({ measures: { counts } }) =>
      (counts.get(RESETS) ?? 0) / Math.max(1, counts.get(CLOSES) ?? 0),
  };
  return [orphans, resets];
}
