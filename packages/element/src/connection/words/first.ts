import type { Verdict } from "@synfin/simulator";
import type { Language } from "../../locale/language.ts";
import type { Tool } from "../tool.ts";

/** What the ladder itself says, and what is said where it cannot be shown. */
export interface ConnectionWords {
  readonly region: (title: string) => string;
  readonly ladder: (title: string, count: number) => string;
  readonly step: (index: number, count: number) => string;
  readonly copied: string;
  readonly tools: Readonly<Record<Tool, string>>;
  readonly pressIt: (what: string, does: string) => string;
  readonly showIt: (what: string) => string;
  readonly fate: Readonly<Record<Verdict | "air" | "ahead", string>>;
  readonly way: (from: string, to: string) => string;
  readonly noScenario: (name: string, near: readonly string[]) => string;
  readonly cannotRead: (what: string, why: string) => string;
  readonly badSeed: (value: string) => string;
  readonly missing: string;
  readonly tryAgain: string;
  readonly badEnd: (fault: string, ends: readonly string[]) => string;
}

const en: ConnectionWords = {
  region: (title) => `TCP connection: ${title}`,
  ladder: (title, count) => `${title}: ladder of ${count} segments, time downwards`,
  step: (index, count) => `Step ${index} of ${count}`,
  copied: "Link copied",
  tools: { drop: "Drop", delay: "Delay", duplicate: "Duplicate", inspect: "Inspect" },
  pressIt: (what, does) => `${what}. Enter: ${does}`,
  showIt: (what) => `${what}. Press Enter to see its header`,
  fate: {
    deliver: "arrived",
    drop: "lost",
    duplicate: "arrived twice",
    delay: "arrived late",
    reorder: "arrived out of order",
    corrupt: "arrived damaged",
    air: "on its way",
    ahead: "to come",
  },
  way: (from, to) => `${from} to ${to}`,
  noScenario: (name, near) =>
    `There is no scenario “${name}”.${near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : " Choose one from the list, such as lost-fin."}`,
  cannotRead: (what, why) => `“${what}” cannot be played: ${why}`,
  badSeed: (value) => `The seed is ${value}, but it should be a whole number from 0 on, such as 7.`,
  missing: "A file that belongs to this figure could not be loaded. The rest goes on without it.",
  tryAgain: "Try again",
  badEnd: (fault, ends) => `bad fault "${fault}": its host should be ${ends.join(" or ")}`,
};

const ko: ConnectionWords = {
  region: (title) => `TCP 연결: ${title}`,
  ladder: (title, count) => `${title}: 세그먼트 ${count}개의 사다리, 시간은 아래로`,
  step: (index, count) => `${count}단계 중 ${index}`,
  copied: "링크를 복사함",
  tools: { drop: "유실", delay: "지연", duplicate: "복제", inspect: "살펴보기" },
  pressIt: (what, does) => `${what}. Enter: ${does}`,
  showIt: (what) => `${what}. Enter 키로 헤더 보기`,
  fate: {
    deliver: "도착",
    drop: "유실",
    duplicate: "두 번 도착",
    delay: "늦게 도착",
    reorder: "순서가 바뀌어 도착",
    corrupt: "손상되어 도착",
    air: "가는 중",
    ahead: "예정",
  },
  way: (from, to) => `${from}에서 ${to}로`,
  noScenario: (name, near) =>
    `“${name}” 시나리오는 없습니다.${near.length > 0 ? ` 혹시 ${near.join(", ")}입니까?` : " 목록에서 lost-fin 같은 것을 고르십시오."}`,
  cannotRead: (what, why) => `“${what}”을(를) 재생할 수 없습니다: ${why}`,
  badSeed: (value) => `시드가 ${value}입니다. 7처럼 0 이상의 정수여야 합니다.`,
  missing: "이 그림에 딸린 파일 하나를 불러오지 못했습니다. 나머지는 그대로 쓸 수 있습니다.",
  tryAgain: "다시 시도",
  badEnd: (fault, ends) => `잘못된 결함 "${fault}": 호스트는 ${ends.join(", ")} 중 하나여야 합니다`,
};

/** The words of each language; a key that is missing does not compile. */
export const CONNECTION_WORDS: Readonly<Record<Language, ConnectionWords>> = { en, ko };
