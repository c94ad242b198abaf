import { State } from "@synfin/core/tcp";
import { Purpose } from "../../random/draw.ts";
import type { Application } from "../application.ts";
import type { Cell } from "../cell.ts";
import type { End } from "../connections.ts";
import type { BulkHost } from "../host.ts";
import type { BulkPlan } from "../plan.ts";
import { type BulkScenario, type Settings, settingOf } from "../scenario.ts";
import { crowd, crowdParameters, opensEvenly, PORT, SECOND_US } from "./parts/crowd.ts";
import { exponentialDraws } from "./parts/draws.ts";
import { delayParameter } from "./parts/parameters.ts";
import { LINGER, READ, resetOnCloseOracles, UNREAD } from "./reset-on-close.oracle.ts";

const WRITE = 0;
const CLOSE = 0;

/** A close that resets: SO_LINGER with no time, or unread data (SHLD-3, §3.6.1). */
export const resetOnClose: BulkScenario = {
  name: "reset-on-close",
  title: { en: "A close that resets", ko: "RST로 닫기" },
  explanation: {
    en: "A server that closes while its client still writes throws away what it has not read, although TCP has acknowledged it: an ACK says that the other TCP has it, and not that the program does. `close` with unread data sends a reset instead of a FIN (SHLD-3; TcpExtTCPAbortOnClose), and so does SO_LINGER with a time of 0, which some set to be rid of TIME-WAIT. It works, there is none; but the client hears ECONNRESET, loses what it had not read itself, and learns nothing about what was taken. To be sure, read to the end: shutdown(SHUT_WR), read until 0, close.",
    ko: "클라이언트가 아직 쓰고 있을 때 서버가 닫으면, TCP가 확인 응답한 데이터라도 읽지 않은 것은 버려집니다. ACK은 상대 TCP가 받았다는 뜻이지 프로그램이 받았다는 뜻이 아닙니다. 읽지 않은 데이터가 있으면 `close`는 FIN 대신 RST를 보냅니다(SHLD-3. TcpExtTCPAbortOnClose). TIME-WAIT을 없애려고 쓰는 시간 0의 SO_LINGER도 그렇습니다. TIME-WAIT은 사라지지만 클라이언트는 ECONNRESET을 받고 무엇이 처리되었는지 모릅니다. 확실히 하려면 shutdown(SHUT_WR) 뒤에 0이 될 때까지 읽고 닫으십시오.",
  },
  leavesOut: {
    en: "What is not read fits the receive buffer, and nothing is lost on the way. The client has set TCP_NODELAY, so each write is on its way at once.",
    ko: "읽지 않은 데이터는 수신 버퍼에 들어가며, 도중에 사라지는 것은 없습니다. 클라이언트는 TCP_NODELAY를 켜서 쓰는 즉시 보냅니다.",
  },
  profile: "linux",
  parameters: [
    ...crowdParameters(10_000, 1000),
    delayParameter(20_000),
    {
      key: "how",
      unit: "choice",
      default: UNREAD,
      min: LINGER,
      max: READ,
      choices: ["linger", "unread", "read"],
      doc: {
        en: "the server closes with SO_LINGER 0, or without having read, or has read everything",
        ko: "서버가 닫는 방식: SO_LINGER 0, 읽지 않고 닫기, 모두 읽고 닫기",
      },
    },
    {
      key: "hold",
      unit: "us",
      default: SECOND_US,
      min: 0,
      max: 3600 * SECOND_US,
      doc: { en: "when the server closes", ko: "서버가 닫는 시각" },
    },
    {
      key: "gap",
      unit: "us",
      default: SECOND_US,
      min: 1000,
      max: 3600 * SECOND_US,
      doc: {
        en: "mean time between two writes of the client, exponential",
        ko: "클라이언트가 쓰는 평균 간격(지수 분포)",
      },
    },
    {
      key: "octets",
      unit: "octets",
      default: 100,
      min: 1,
      max: 1000,
      doc: { en: "how much it writes each time", ko: "한 번에 쓰는 양" },
    },
  ],
  plan,
  oracles: resetOnCloseOracles,
};

function plan(settings: Settings): BulkPlan {
  const { params, ephemeralPorts } = settings.profile;
  const holdUs = settingOf(settings, "hold");
  return crowd(settings, holdUs + 2 * params.mslUs, (opening) => ({
    hosts: [
      {
        name: "client",
        params: { ...params, nagle: 0 },
        ephemeralPorts,
        application: {
          ...writer(settingOf(settings, "gap"), settingOf(settings, "octets")),
          ...opensEvenly(opening),
        },
      },
      {
        name: "server",
        params,
        ephemeralPorts,
        application: closer(settingOf(settings, "how"), holdUs),
      },
    ],
    link: { delayUs: settingOf(settings, "delay") },
    whiles: [{ what: CLOSE, afterUs: holdUs }],
  }));
}

/** Writes at the times of a Poisson process until it hears of the close. */
function writer(meanGapUs: number, octets: number): Application {
  const gapUs = exponentialDraws(Purpose.THINK, meanGapUs);
  const writes = new Map<End, number>();
  const wait = (cell: Cell, end: End): void => {
    const nth = (writes.get(end) ?? 0) + 1;
    writes.set(end, nth);
    cell.later(end, gapUs(cell, end, nth), WRITE);
  };
  return {
    connected: wait,
    due(cell: Cell, end: End): void {
      if (cell.state(end) !== State.ESTABLISHED) return;
      cell.send(end, octets);
      wait(cell, end);
    },
    peerClosed(cell: Cell, end: End): void {
      cell.close(end);
    },
    ended(_cell: Cell, end: End): void {
      writes.delete(end);
    },
  };
}

function closer(how: number, holdUs: number): Application {
  const unread = new Map<End, number>();
  return {
    reads: how === READ,
    begin(cell: Cell, host: BulkHost): void {
      cell.listen(host, PORT);
    },
    connected(cell: Cell, end: End): void {
      cell.later(end, holdUs, CLOSE);
    },
    received(_cell: Cell, end: End, octets: number): void {
      if (how !== READ) unread.set(end, (unread.get(end) ?? 0) + octets);
    },
    due(cell: Cell, end: End): void {
      cell.measures.count("unread", unread.get(end) ?? 0);
      unread.delete(end);
      if (how === LINGER) cell.abort(end);
      else cell.close(end);
    },
  };
}
