import { Flag, type Segment, seqAdd } from "@synfin/core/tcp";
import { draw, Purpose } from "../../random/draw.ts";
import type { Application } from "../application.ts";
import { Tap } from "../boxes/tap.ts";
import type { Cell } from "../cell.ts";
import { addressOf, type End, hostOf } from "../connections.ts";
import type { Tuple } from "../flights.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import type { CellSpec } from "../spec.ts";
import {
  challengeAckSideChannelOracles,
  HOST_WIDE,
  RIGHT,
  RIGHT_SEEN,
  WRONG,
  WRONG_SEEN,
} from "./challenge-ack-side-channel.oracle.ts";
import { delayParameter } from "./parts/parameters.ts";

const SECOND_US = 1_000_000;
const PORT = 443;
const VICTIM_PORT = 40_000;
/** The numbers of the hosts in the cell. */
const SERVER = 1;
const ATTACKER = 2;

/** CVE-2016-5696: what one connection draws, another lacks. */
export const challengeAckSideChannel: BulkScenario = {
  name: "challenge-ack-side-channel",
  title: { en: "The challenge ACK side channel", ko: "챌린지 ACK 부채널" },
  explanation: {
    en: "RFC 5961 answers a RST that is in the window, but not exactly at RCV.NXT, with a challenge ACK, and §7 limits how many. Linux before 4.7 counted them for the whole host: 100 a second (net.ipv4.tcp_challenge_ack_limit). So anyone with a connection of their own can measure another's: send a forged RST to the victim's connection, draw 100 challenge ACKs on your own in the same second, and count. If one is missing, the guess was in the window; some 2³² / window guesses find it, and one more RST ends the connection (CVE-2016-5696, Y. Cao et al., 2016). Counted for each connection (net.ipv4.tcp_invalid_ratelimit, one in 500 ms), the same count says nothing. `nstat` shows TcpExtTCPChallengeACK.",
    ko: "RFC 5961은 윈도 안에 있지만 RCV.NXT와 정확히 같지 않은 RST에 챌린지 ACK으로 답하며, §7이 그 수를 제한합니다. 4.7 이전의 리눅스는 호스트 전체에서 초당 100개로 셌습니다(net.ipv4.tcp_challenge_ack_limit). 그래서 자기 연결이 하나 있으면 누구나 남의 연결을 잴 수 있습니다. 피해자의 연결에 위조한 RST를 보내고, 같은 초에 자기 연결에서 챌린지 ACK 100개를 끌어내어 셉니다. 하나가 모자라면 추측이 윈도 안에 있었던 것입니다. 2³² / 윈도 번쯤이면 찾아내고, RST 하나로 연결을 끊습니다(CVE-2016-5696, Y. Cao 등, 2016). 연결마다 따로 세면(net.ipv4.tcp_invalid_ratelimit, 500 ms에 하나) 그 수는 아무것도 말해 주지 않습니다. `nstat`에서는 TcpExtTCPChallengeACK입니다.",
  },
  leavesOut: {
    en: "The attacker knows the victim's addresses and ports, and its clock agrees with the server's seconds; the real attack finds both in the same way. No one else draws challenge ACKs. Half of the guesses are right, so that both answers are tested; a blind attacker's seldom are.",
    ko: "공격자는 피해자의 주소와 포트를 알고, 시계가 서버의 초와 맞습니다. 실제 공격은 이 둘도 같은 방법으로 알아냅니다. 다른 누구도 챌린지 ACK을 끌어내지 않습니다. 두 답을 모두 시험하려고 추측의 절반이 맞습니다. 눈먼 공격자의 추측은 드물게 맞습니다.",
  },
  profile: "linux",
  parameters: [
    {
      key: "limit-of",
      unit: "choice",
      default: HOST_WIDE,
      min: 0,
      max: 1,
      choices: ["host", "connection"],
      doc: { en: "whose challenge ACKs are limited", ko: "챌린지 ACK을 누구 단위로 제한하는지" },
    },
    {
      key: "limit",
      unit: "count",
      default: 100,
      min: 1,
      max: 10_000,
      doc: {
        en: "challenge ACKs of the host in each second; a connection's own limit is the profile's",
        ko: "호스트가 초마다 보내는 챌린지 ACK. 연결 단위의 한도는 프로필을 따릅니다",
      },
    },
    {
      key: "guesses",
      unit: "count",
      default: 100,
      min: 2,
      max: 100_000,
      doc: { en: "how many guesses, one a second", ko: "추측 횟수. 1초에 하나" },
    },
    delayParameter(10_000, SECOND_US / 10),
  ],
  plan,
  oracles: challengeAckSideChannelOracles,
};

function plan(settings: Settings): BulkPlan {
  return {
    cells: 1,
    hosts: ["victim", "server", "attacker"],
    untilUs: (settingOf(settings, "guesses") + 3) * SECOND_US,
    sampleUs: SECOND_US,
    connections: 2,
    cell: () => cell(settings),
  };
}

function cell(settings: Settings): CellSpec {
  const { params, ephemeralPorts } = settings.profile;
  const attacker = new Attacker(settings);
  const limit = settingOf(settings, "limit");
  const challengeLimit = settingOf(settings, "limit-of") === HOST_WIDE ? limit : undefined;
  return {
    hosts: [
      { name: "victim", params, ephemeralPorts, application: victim },
      { name: "server", params, ephemeralPorts, challengeLimit, application: server },
      { name: "attacker", params, ephemeralPorts, application: attacker },
    ],
    link: { delayUs: settingOf(settings, "delay") },
    box: new Tap((envelope) => attacker.sees(envelope)),
  };
}

/** Opens a connection, and is idle. */
const victim: Application = {
  begin(cell: Cell, host: BulkHost): void {
    cell.connect(host, addressOf(SERVER, 0), PORT, { localPort: VICTIM_PORT });
  },
};

const server: Application = {
  begin(cell: Cell, host: BulkHost): void {
    cell.listen(host, PORT);
  },
};

/** What the attacker does in each second. */
const GUESS = 0;
const DRAW = 1;
const COUNT = 2;

/**
 * In each second one forged RST to the victim's connection, then as many of
 * its own as there may be challenge ACKs, and a look at how many came. The
 * first second, without a guess, shows how many that usually are.
 */
class Attacker implements Application {
  readonly #limit: number;
  readonly #guesses: number;
  #own: End = -1;
  #came = 0;
  /** What comes in a second without a guess, which is the first. */
  #usual = 0;

  constructor(settings: Settings) {
    this.#limit = settingOf(settings, "limit");
    this.#guesses = settingOf(settings, "guesses");
  }

  begin(cell: Cell, host: BulkHost): void {
    const end = cell.connect(host, addressOf(SERVER, 0), PORT);
    if (typeof end === "number") this.#own = end;
    for (let nth = 0; nth <= this.#guesses; nth += 1) {
      const secondUs = (nth + 1) * SECOND_US;
      if (nth > 0) cell.laterHost(host, secondUs + 100_000, GUESS, nth);
      cell.laterHost(host, secondUs + 200_000, DRAW, nth);
      cell.laterHost(host, secondUs + 700_000, COUNT, nth);
    }
  }

  /** Its network card: it sees what is sent to it, and nothing else. */
  sees({ dst }: Tuple): void {
    if (hostOf(dst) === ATTACKER) this.#came += 1;
  }

  hostDue(cell: Cell, host: BulkHost, what: number, nth: number): void {
    if (what === GUESS) this.#guess(cell, host, nth);
    else if (what === DRAW) this.#draw(cell, host);
    else this.#count(cell, nth);
  }

  /** A RST that is in the window, or half the sequence space away from it. */
  #guess(cell: Cell, host: BulkHost, nth: number): void {
    const isRight = isRightGuess(cell, nth);
    cell.measures.count(isRight ? RIGHT : WRONG);
    const { connections } = cell;
    const [src, dst] = [addressOf(0, 0), addressOf(SERVER, 0)];
    const served = connections.find(dst, PORT, src, VICTIM_PORT);
    const { rcvNxt } = cell.peek(served);
    const seq = seqAdd(rcvNxt, isRight ? 1 : 0x8000_0000);
    this.#reset(cell, host, { src, srcPort: VICTIM_PORT, dst, dstPort: PORT }, seq);
  }

  /** In the window of its own connection, which it knows. */
  #draw(cell: Cell, host: BulkHost): void {
    const { connections } = cell;
    const [own, other] = [this.#own, this.#own ^ 1];
    const tuple = {
      src: connections.address(own),
      srcPort: connections.port(own),
      dst: connections.address(other),
      dstPort: connections.port(other),
    };
    const seq = seqAdd(cell.peek(own).sndNxt, 1);
    this.#came = 0;
    for (let sent = 0; sent < this.#limit; sent += 1) this.#reset(cell, host, tuple, seq);
  }

  #reset(cell: Cell, host: BulkHost, tuple: Tuple, seq: Segment["seq"]): void {
    cell.inject(host, tuple, { flags: Flag.RST, seq });
  }

  /** One is missing: the other connection must have drawn it. */
  #count(cell: Cell, nth: number): void {
    if (nth === 0) this.#usual = this.#came;
    if (this.#came >= this.#usual) return;
    cell.measures.count(isRightGuess(cell, nth) ? RIGHT_SEEN : WRONG_SEEN);
  }
}

/** The truth, which the attacker does not know: even and odd draws. */
function isRightGuess(cell: Cell, nth: number): boolean {
  return draw(cell.key, Purpose.CHOICE, nth, ATTACKER, 0) % 2 === 0;
}
