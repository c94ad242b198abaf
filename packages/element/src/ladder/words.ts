import type { TraceTimer, Verdict } from "@synfin/simulator";
import type { Language } from "../locale/language.ts";

/** The few words that stand in a ladder. Protocol words stay as they are. */
export interface LadderWords {
  readonly again: string;
  readonly injected: string;
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly timer: Readonly<Record<TraceTimer["timer"], string>>;
  /** Beside a timer that was started again before its time. */
  readonly restarted: string;
}

const en: LadderWords = {
  again: "again",
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
  restarted: "anew",
};

const ko: LadderWords = {
  again: "재전송",
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
