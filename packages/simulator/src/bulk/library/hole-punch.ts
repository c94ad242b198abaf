import { State } from "@synfin/core/tcp";
import { Purpose } from "../../random/draw.ts";
import { exponentialUs } from "../../random/exponential.ts";
import { KeyedWords } from "../../random/words.ts";
import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import { addressOf, type End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { holePunchOracles, SILENCE } from "./hole-punch.oracle.ts";
import { crowd, crowdParameters, type Opening, PORT, SECOND_US } from "./parts/crowd.ts";
import { delayParameter } from "./parts/parameters.ts";

/** What a host's callbacks are for. */
const MEET = 0;
const DIAL = 1;
const LOOK = 2;
const CLOSE = 0;

/** Two peers behind NATs dial each other at an agreed time (§3.5, Figure 7). */
export const holePunch: BulkScenario = {
  name: "hole-punch",
  title: { en: "Punching a hole", ko: "홀 펀칭" },
  explanation: {
    en: "A NAT lets in only what answers something that went out, so two peers behind NATs both call `connect` at a time that a third has told them. If they do so less than a one-way delay apart, each SYN finds the hole that the other has made, and both ends pass through SYN-RECEIVED: a simultaneous open. Otherwise the earlier SYN comes to a box that does not expect it. If that drops it, nothing is lost: the later SYN comes through and finds the first peer in SYN-SENT. If it answers with a reset, the first `connect` fails with ECONNREFUSED, its hole is gone, and so fails the second. That is why a NAT should be silent for a while (RFC 5382 REQ-4). With `error` well below `delay` nearly all attempts work.",
    ko: "NAT은 나간 것에 대한 응답만 들여보내므로, NAT 뒤의 두 피어는 제삼자가 알려준 시각에 함께 `connect`를 부릅니다. 차이가 편도 지연보다 작으면 각 SYN은 상대가 뚫은 구멍을 지나고, 양쪽이 SYN-RECEIVED를 거칩니다(동시 열기). 아니면 먼저 간 SYN이 예상하지 못한 장비에 닿습니다. 장비가 버리면 늦은 SYN이 통과하여 SYN-SENT인 피어를 만나므로 괜찮습니다. RST로 응답하면 첫 `connect`가 ECONNREFUSED로 실패하고 구멍도 사라져 둘째도 실패합니다. 그래서 NAT은 잠시 침묵해야 합니다(RFC 5382 REQ-4).",
  },
  leavesOut: {
    en: "The boxes keep ports (endpoint-independent mapping), so addresses need no rewriting; they stand beside their hosts, and each peer dials once.",
    ko: "장비는 포트를 유지하므로(endpoint-independent mapping) 주소를 바꾸지 않으며, 호스트 바로 옆에 있습니다. 각 피어는 한 번만 시도합니다.",
  },
  profile: "linux",
  parameters: [
    ...crowdParameters(10_000, 1000),
    delayParameter(20_000),
    {
      key: "error",
      unit: "us",
      default: 20_000,
      min: 0,
      max: 100_000,
      doc: {
        en: "how late each peer dials on average, exponentially",
        ko: "각 피어가 평균적으로 늦는 시간(지수 분포)",
      },
    },
    {
      key: "unsolicited",
      unit: "choice",
      default: SILENCE,
      min: 0,
      max: 1,
      choices: ["silence", "reset"],
      doc: {
        en: "what a SYN that no one expects comes to",
        ko: "예상하지 못한 SYN에 대한 처리",
      },
    },
  ],
  plan,
  oracles: holePunchOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  const delayUs = settingOf(settings, "delay");
  const isHidden = settingOf(settings, "unsolicited") === SILENCE;
  const base = crowd(settings, 2 * params.mslUs, (opening) => {
    const dials = dialling(delayUs);
    const meets = meeting(opening, delayUs, settingOf(settings, "error"));
    const shared = { params, ephemeralPorts, isHidden };
    return {
      hosts: [
        { ...shared, name: "one", application: { ...dials, ...meets(dials) } },
        { ...shared, name: "other", application: dials },
      ],
      link: { delayUs },
    };
  });
  return { ...base, hosts: ["one", "other"] };
}

type HostDue = NonNullable<Application["hostDue"]>;

/** A peer that dials the other from the one port that both know; pair n has addresses n. */
function dialling(delayUs: number): Application & { hostDue: HostDue } {
  return {
    hostDue(cell: Cell, host: BulkHost, _what: number, pair: number): void {
      const other = addressOf(1 - host.index, pair);
      cell.connect(host, other, PORT, { nth: pair, localPort: PORT });
    },
    connected(cell: Cell, end: End): void {
      // The first host closes, once the other end stands, too.
      if (cell.hostOf(end).index === 0) cell.later(end, 4 * delayUs + SECOND_US, CLOSE);
    },
    due(cell: Cell, end: End): void {
      cell.close(end);
    },
    peerClosed(cell: Cell, end: End): void {
      cell.close(end);
    },
  };
}

/** The third, who tells each pair when to dial, and looks whether their SYNs have crossed. */
function meeting({ connections, cells, index, rate }: Opening, delayUs: number, errorUs: number) {
  let words: KeyedWords | undefined;
  const lateUs = (cell: Cell, host: number, pair: number): number => {
    words ??= new KeyedWords(cell.key);
    return exponentialUs(errorUs, words.aim(Purpose.OPEN, pair, host, 0));
  };
  const meetAtUs = (pair: number) => Math.floor(((pair * cells + index) * SECOND_US) / rate);
  const meet = (cell: Cell, pair: number): void => {
    const [one, other] = cell.hosts;
    if (one === undefined || other === undefined) return;
    const [first, second] = [lateUs(cell, 0, pair), lateUs(cell, 1, pair)];
    cell.laterHost(one, first, DIAL, pair);
    cell.laterHost(other, second, DIAL, pair);
    cell.laterHost(one, Math.max(first, second) + delayUs + 1, LOOK, pair);
    const next = pair + 1;
    if (next < connections) cell.laterHost(one, meetAtUs(next) - cell.nowUs, MEET, next);
  };
  return ({ hostDue }: { hostDue: HostDue }): Application => ({
    begin(cell: Cell, host: BulkHost): void {
      cell.laterHost(host, meetAtUs(0), MEET, 0);
    },
    hostDue(cell: Cell, host: BulkHost, what: number, pair: number): void {
      if (what === DIAL) hostDue(cell, host, what, pair);
      else if (what === MEET) meet(cell, pair);
      else if (hasCrossed(cell, pair)) cell.measures.count("crossed");
    },
  });
}

/** Whether both ends have had the other's SYN before their own was answered. */
function hasCrossed(cell: Cell, pair: number): boolean {
  const end = cell.connections.find(addressOf(0, pair), PORT, addressOf(1, pair), PORT);
  if (end < 0) return false;
  return cell.state(end) === State.SYN_RECEIVED && cell.state(end ^ 1) === State.SYN_RECEIVED;
}
