import { Purpose } from "../../random/draw.ts";
import { KeyedWords } from "../../random/words.ts";
import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import { addressOf, type End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { ConnectOptions } from "../opening.ts";
import type { BulkPlan } from "../plan.ts";
import { portHabit } from "../port-habits.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { delayParameter } from "./parts/parameters.ts";
import { NO_STAMPS, SAME_CLOCK, tupleReuseOracles, UNIFORM_ISN } from "./tuple-reuse.oracle.ts";

const SECOND_US = 1_000_000;
const PORT = 443;
const FIRST_PORT = 1024;

/** Clients whose port is the same each time, and a server in TIME-WAIT. */
export const tupleReuse: BulkScenario = {
  name: "tuple-reuse",
  title: { en: "A SYN to TIME-WAIT", ko: "TIME-WAIT에 온 SYN" },
  explanation: {
    en: "A NAT, a load balancer or a client with a fixed port uses a 4-tuple again while the server, who closed first, still has it in TIME-WAIT. By RFC 6191 the SYN is taken if it is plainly later than the old connection: by its timestamp, or without timestamps by its sequence number. Numbers of another machine behind the NAT are as good as drawn: half of them are later. What becomes of the other half is the profile's. Linux answers with an ACK; the client, in SYN-SENT, answers with a RST, which ends TIME-WAIT, and connects at its next SYN: one second later. Where TIME-WAIT is silent or ignores resets (RFC 1337), the client waits for its end. `nstat` shows TCPSynRetrans at the client and TcpOutRsts. What helps: timestamps from one clock, a NAT that keeps ports longer than TIME-WAIT, clients that close first.",
    ko: "NAT나 로드 밸런서, 포트가 고정된 클라이언트가 4-튜플을 다시 쓰는데 먼저 닫은 서버에는 아직 TIME-WAIT이 있습니다. RFC 6191에 따르면 SYN이 옛 연결보다 분명히 나중일 때 받아들입니다. 타임스탬프로, 없으면 시퀀스 번호로 판단합니다. NAT 뒤 다른 머신의 번호는 무작위나 마찬가지여서 절반만 나중입니다. 나머지 절반은 프로파일에 달렸습니다. 리눅스는 ACK으로 답하고, SYN-SENT의 클라이언트는 RST로 답해 TIME-WAIT이 끝나며, 1초 뒤 다음 SYN에 연결됩니다. TIME-WAIT이 침묵하거나 리셋을 무시하면(RFC 1337) 끝날 때까지 기다립니다. `nstat`에서 클라이언트의 TCPSynRetrans와 TcpOutRsts를 보세요. 한 시계에서 나온 타임스탬프, TIME-WAIT보다 오래 포트를 지키는 NAT, 먼저 닫는 클라이언트가 도움이 됩니다.",
  },
  leavesOut: {
    en: "The NAT itself: the clients stand for it. Linux's tcp_tw_recycle, which kept a timestamp for each address and not for each tuple and so refused many behind one NAT, was removed in 4.12.",
    ko: "NAT는 클라이언트가 대신합니다. 튜플이 아니라 주소마다 타임스탬프를 기억해 NAT 뒤의 많은 클라이언트를 거절하던 리눅스의 tcp_tw_recycle은 4.12에서 없어졌습니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "clients",
      unit: "count",
      default: 500,
      min: 1,
      max: 60_000,
      doc: { en: "tuples", ko: "튜플 수" },
    },
    {
      key: "rounds",
      unit: "count",
      default: 20,
      min: 1,
      max: 10_000,
      doc: { en: "how often each is used again", ko: "튜플마다 다시 쓰는 횟수" },
    },
    {
      key: "gap",
      unit: "us",
      default: 5 * SECOND_US,
      min: 1000,
      max: 3600 * SECOND_US,
      doc: { en: "from its end to its next use", ko: "끝난 뒤 다시 쓸 때까지" },
    },
    {
      key: "isn",
      unit: "choice",
      default: UNIFORM_ISN,
      min: 0,
      max: 1,
      choices: ["uniform", "clock"],
      doc: {
        en: "initial sequence numbers: of anyone, or of RFC 6528's clock",
        ko: "초기 시퀀스 번호: 누구의 것인지 모르거나, RFC 6528의 시계에서",
      },
    },
    {
      key: "stamps",
      unit: "choice",
      default: NO_STAMPS,
      min: 0,
      max: 2,
      choices: ["none", "same-clock", "another-clock"],
      doc: {
        en: "timestamps: none, from one clock, or from another machine's each time",
        ko: "타임스탬프: 없음, 한 시계, 또는 매번 다른 머신의 시계",
      },
    },
    delayParameter(5000, SECOND_US),
  ],
  plan,
  oracles: tupleReuseOracles,
};

function plan(settings: Settings): BulkPlan {
  const { name, ephemeralPorts } = settings.profile;
  const stamped = settingOf(settings, "stamps") !== NO_STAMPS;
  const params = { ...settings.profile.params, timestamps: stamped ? 1 : 0 };
  const rounds = settingOf(settings, "rounds");
  const gapUs = settingOf(settings, "gap");
  return {
    cells: 1,
    hosts: ["clients", "server"],
    untilUs: Number.POSITIVE_INFINITY,
    sampleUs: Math.max(1, Math.ceil((rounds * gapUs + 2 * params.mslUs) / 240)),
    connections: settingOf(settings, "clients") * (rounds + 1),
    cell: () => ({
      hosts: [
        {
          name: "clients",
          params,
          ephemeralPorts,
          ...portHabit(name),
          application: clients(settings),
        },
        { name: "server", params, ephemeralPorts, application: SERVER },
      ],
      link: { delayUs: settingOf(settings, "delay") },
    }),
  };
}

/** Each has a port of its own, which is its number, and uses it round after round. */
function clients(settings: Settings): Application {
  const rounds = settingOf(settings, "rounds");
  const gapUs = settingOf(settings, "gap");
  const { initialRtoUs } = settings.profile.params;
  const uses = new Map<number, number>();
  const options = numbering(settings);
  const open = (cell: Cell, host: BulkHost, nth: number): void => {
    const round = uses.get(nth) ?? 0;
    const localPort = FIRST_PORT + nth;
    const end = cell.connect(host, addressOf(1, 0), PORT, {
      localPort,
      ...options(cell, nth, round),
    });
    if (typeof end === "number" && round > 0) cell.measures.count("reused");
    uses.set(nth, round + 1);
  };
  return {
    begin(cell: Cell, host: BulkHost): void {
      for (let nth = 0; nth < settingOf(settings, "clients"); nth += 1) open(cell, host, nth);
    },
    hostDue(cell: Cell, host: BulkHost, _what: number, nth: number): void {
      open(cell, host, nth);
    },
    connected(cell: Cell, end: End): void {
      const nth = cell.connections.port(end) - FIRST_PORT;
      if (uses.get(nth) === 1) return;
      const tookUs = cell.nowUs - cell.connections.openedAtUs(end >>> 1);
      if (tookUs < initialRtoUs) cell.measures.count("taken");
      else cell.measures.histogram("late").record(tookUs);
    },
    peerClosed(cell: Cell, end: End): void {
      cell.close(end);
    },
    ended(cell: Cell, end: End): void {
      const nth = cell.connections.port(end) - FIRST_PORT;
      if ((uses.get(nth) ?? 0) > rounds) return;
      cell.laterHost(cell.hostOf(end), gapUs, 0, nth);
    },
  };
}

/** The ISN and the timestamp clock of each use of each tuple. */
function numbering(
  settings: Settings,
): (cell: Cell, nth: number, round: number) => Partial<ConnectOptions> {
  const uniform = settingOf(settings, "isn") === UNIFORM_ISN;
  const sameClock = settingOf(settings, "stamps") === SAME_CLOCK;
  let words: KeyedWords | undefined;
  return (cell, nth, round) => {
    words ??= new KeyedWords(cell.key);
    words.aim(Purpose.CLIENT, nth, 0, round);
    const [iss, tsOffset] = [words.next(), words.next()];
    return { ...(uniform ? { iss } : {}), tsOffset: sameClock ? 0 : tsOffset };
  };
}

/** Closes what it is connected to. */
const SERVER: Application = {
  begin(cell: Cell, host: BulkHost): void {
    cell.listen(host, PORT);
  },
  connected(cell: Cell, end: End): void {
    cell.close(end);
  },
};
