import type { TraceTimer, Verdict } from "@synfin/simulator";
import type { Reason } from "@synfin/simulator/view";
import type { Language } from "../locale/language.ts";

/** The few words that stand in a ladder. Protocol words stay as they are. */
export interface LadderWords {
  readonly reason: Readonly<Record<Reason, string>>;
  readonly injected: string;
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly timer: Readonly<Record<TraceTimer["timer"], string>>;
  /** Beside a timer that was started again before its time. */
  readonly restarted: string;
}

const en: LadderWords = {
  reason: {
    timeout: "retransmission",
    "after-timeout": "retransmission after RTO",
    "fast-retransmit": "fast retransmit",
    "partial-ack": "retransmission, partial ACK",
    recovery: "retransmission, recovery",
    "after-zero-window": "retransmission",
    retransmission: "retransmission",
    "zero-window-probe": "zero-window probe",
    "keep-alive": "keep-alive probe",
    "keep-alive-ack": "keep-alive ACK",
    "challenge-ack": "challenge ACK",
    "window-update": "window update",
    "duplicate-ack": "dup ACK",
    "delayed-ack": "delayed ACK",
  },
  injected: "injected",
  verdict: {
    deliver: "",
    drop: "lost",
    duplicate: "copy",
    delay: "delayed",
    reorder: "reordered",
    corrupt: "corrupted",
  },
  timer: {
    retransmission: "RTO",
    "time-wait": "2MSL",
    "delayed-ack": "delayed ACK",
    "user-timeout": "user timeout",
    persist: "persist",
    "keep-alive": "keep-alive",
    "fin-wait-2": "FIN-WAIT-2",
  },
  restarted: "restarted",
};

const ko: LadderWords = {
  reason: {
    timeout: "재전송",
    "after-timeout": "RTO 뒤 재전송",
    "fast-retransmit": "빠른 재전송",
    "partial-ack": "부분 ACK 재전송",
    recovery: "복구 재전송",
    "after-zero-window": "재전송",
    retransmission: "재전송",
    "zero-window-probe": "제로 윈도 프로브",
    "keep-alive": "킵얼라이브 프로브",
    "keep-alive-ack": "킵얼라이브 ACK",
    "challenge-ack": "챌린지 ACK",
    "window-update": "윈도 갱신",
    "duplicate-ack": "중복 ACK",
    "delayed-ack": "지연 ACK",
  },
  injected: "주입",
  verdict: {
    deliver: "",
    drop: "유실",
    duplicate: "복제본",
    delay: "지연",
    reorder: "순서 바뀜",
    corrupt: "손상",
  },
  timer: {
    retransmission: "RTO",
    "time-wait": "2MSL",
    "delayed-ack": "지연 ACK",
    "user-timeout": "사용자 시한",
    persist: "persist",
    "keep-alive": "킵얼라이브",
    "fin-wait-2": "FIN-WAIT-2",
  },
  restarted: "새로 시작",
};

/** The words of a language. */
export function ladderWords(language: Language): LadderWords {
  return language === "ko" ? ko : en;
}
