import { State } from "@synfin/core/tcp";
import { type Oracle, type Settings, settingOf } from "../scenario.ts";
import { meanInState } from "./parts/mean-in-state.ts";

const SECOND_US = 1_000_000;
const SERVER = 1;

/** Whether nothing ever ends FIN-WAIT-2: its user holds it, or the system has no timer for it. */
function isForEver(settings: Settings): boolean {
  return settingOf(settings, "held") === 1 || settings.profile.params.orphanFinWait2Us === 0;
}

/**
 * From the client's call to FIN-WAIT-2 at the server: handshake, FIN, its ACK,
 * which waits for company because the client sends nothing (§3.8.6.3).
 */
function beforeUs(settings: Settings): number {
  return 5 * settingOf(settings, "delay") + settings.profile.params.delayedAckUs;
}

/** The first whole second at which as many leave FIN-WAIT-2 as enter it. */
function warmUs(settings: Settings): number {
  const us = beforeUs(settings) + settings.profile.params.orphanFinWait2Us;
  return Math.ceil(us / SECOND_US) * SECOND_US;
}

export function finWait2PileUpOracles(settings: Settings): readonly Oracle[] {
  return [isForEver(settings) ? growing(settings) : level(settings)];
}

function level(settings: Settings): Oracle {
  const { orphanFinWait2Us } = settings.profile.params;
  return {
    name: "fin-wait-2",
    claim: {
      en: "rate × the time that an orphan stays (60 s on Linux, tcp_fin_timeout) stand in FIN-WAIT-2: Little's law",
      ko: "속도 × 고아 연결이 머무는 시간(리눅스는 tcp_fin_timeout, 60초)만큼 FIN-WAIT-2에 있습니다(리틀의 법칙)",
    },
    expected: (settingOf(settings, "rate") * orphanFinWait2Us) / SECOND_US,
    unit: "count",
    // Connections come whole.
    error: 1,
    observe: (result) => meanInState(result, SERVER, State.FIN_WAIT_2, warmUs(settings)),
  };
}

function growing(settings: Settings): Oracle {
  const length = settingOf(settings, "length");
  return {
    name: "fin-wait-2",
    claim: {
      en: "rate × time stand in FIN-WAIT-2 at the end: there is no bound",
      ko: "끝에는 속도 × 시간만큼 FIN-WAIT-2에 있습니다. 한계가 없습니다",
    },
    expected: (settingOf(settings, "rate") * (length - beforeUs(settings))) / SECOND_US,
    unit: "count",
    // Connections come whole.
    error: 1,
    observe: (result) => meanInState(result, SERVER, State.FIN_WAIT_2, length),
  };
}
