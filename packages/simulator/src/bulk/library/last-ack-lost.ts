import { State } from "@synfin/core/tcp";
import type { Application } from "../application.ts";
import { LossyClose } from "../boxes/lossy-close.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { lastAckLostOracles } from "./last-ack-lost.oracle.ts";
import { crowd, crowdParameters, opensEvenly, PORT } from "./parts/crowd.ts";
import { follower } from "./parts/follower.ts";
import { delayParameter } from "./parts/parameters.ts";

/** The last ACK of a close is lost: what TIME-WAIT is there for (§3.6.1). */
export const lastAckLost: BulkScenario = {
  name: "last-ack-lost",
  title: { en: "The last ACK is lost", ko: "마지막 ACK의 손실" },
  explanation: {
    en: "Nobody acknowledges the last ACK, so nobody knows that it is lost until the FIN before it comes again. The end in LAST-ACK sends that FIN again after an RTO, twice as long each time; the end in TIME-WAIT answers it once more and starts 2MSL anew. Without TIME-WAIT a reset would answer, and the peer's last `read` or `close` might fail. On a path that loses p of its segments a FIN is sent 1/(1 − p)² times: see TcpRetransSegs, and LAST-ACK in `ss -tano`, whose timer shows the backoff.",
    ko: "마지막 ACK은 아무도 확인하지 않으므로, 그 앞의 FIN이 다시 올 때까지 손실을 알 수 없습니다. LAST-ACK 쪽은 RTO 뒤에 FIN을 다시 보내며 간격은 매번 두 배가 됩니다. TIME-WAIT 쪽은 다시 응답하고 2MSL을 처음부터 셉니다. TIME-WAIT이 없다면 RST로 응답하게 됩니다. 세그먼트의 p가 사라지는 경로에서 FIN은 1/(1 − p)² 번 전송됩니다. TcpRetransSegs와 `ss -tano`의 LAST-ACK 타이머를 보십시오.",
  },
  leavesOut: {
    en: "Only the close suffers losses, so that the timeout is that of an undisturbed handshake. Linux gives an orphan up after tcp_orphan_retries (8 by default); here it goes on for tcp_retries2's 924.6 s.",
    ko: "닫는 동안에만 손실이 있어, 재전송 시간은 방해받지 않은 핸드셰이크의 값입니다. 리눅스는 고아 연결을 tcp_orphan_retries(기본 8) 뒤에 포기하지만 여기서는 tcp_retries2의 924.6초까지 계속합니다.",
  },
  profile: "linux",
  parameters: [
    ...crowdParameters(10_000, 1000),
    delayParameter(20_000),
    {
      key: "loss",
      unit: "ppm",
      default: 100_000,
      min: 0,
      max: 500_000,
      doc: {
        en: "the chance that a segment is lost, either way, from the first FIN on",
        ko: "첫 FIN부터 어느 방향이든 세그먼트가 사라질 확률",
      },
    },
  ],
  plan,
  oracles: lastAckLostOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  return crowd(settings, 2 * params.mslUs, (opening) => {
    const box = new LossyClose([settingOf(settings, "loss"), 1_000_000]);
    return {
      hosts: [
        {
          name: "client",
          params,
          ephemeralPorts,
          application: { ...closer(), ...opensEvenly(opening) },
        },
        {
          name: "server",
          params,
          ephemeralPorts,
          application: {
            ...follower(PORT),
            ended: (cell, end) => box.forget(cell.connections.flow(end)),
          },
        },
      ],
      link: { delayUs: settingOf(settings, "delay") },
      box,
    };
  });
}

/** Closes at once, and measures how long its TIME-WAIT lasts. */
function closer(): Application {
  const sinceUs = new Map<End, number>();
  return {
    connected(cell: Cell, end: End): void {
      cell.close(end);
    },
    peerClosed(cell: Cell, end: End): void {
      if (cell.state(end) === State.TIME_WAIT) sinceUs.set(end, cell.nowUs);
    },
    ended(cell: Cell, end: End): void {
      const since = sinceUs.get(end);
      if (since === undefined) return;
      cell.measures.histogram("time-wait").record(cell.nowUs - since);
      sinceUs.delete(end);
    },
  };
}
