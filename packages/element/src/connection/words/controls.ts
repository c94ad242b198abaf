import type { Language } from "../../locale/language.ts";
import type { ExportFormat } from "../export-format.ts";

/** What the bars above and below the ladder say. */
export interface ControlWords {
  readonly scenario: string;
  readonly numbers: string;
  readonly relative: string;
  readonly absolute: string;
  readonly toStart: string;
  readonly back: string;
  readonly play: string;
  readonly pause: string;
  readonly forward: string;
  readonly time: string;
  readonly speed: string;
  readonly undo: string;
  readonly reset: string;
  readonly share: string;
  readonly save: string;
  readonly files: Readonly<Record<ExportFormat, string>>;
  readonly tool: string;
}

const en: ControlWords = {
  scenario: "Scenario",
  numbers: "Sequence numbers",
  relative: "relative",
  absolute: "absolute",
  toStart: "To the start",
  back: "Step back",
  play: "Play",
  pause: "Pause",
  forward: "Step forward",
  time: "Time",
  speed: "Speed",
  undo: "Undo",
  reset: "Reset",
  share: "Copy link",
  save: "Export",
  files: { svg: "SVG", png: "PNG", json: "JSON", text: "Text", pcapng: "pcapng" },
  tool: "A click on a segment",
};

const ko: ControlWords = {
  scenario: "시나리오",
  numbers: "시퀀스 번호",
  relative: "상대",
  absolute: "절대",
  toStart: "처음으로",
  back: "한 단계 뒤로",
  play: "재생",
  pause: "일시 정지",
  forward: "한 단계 앞으로",
  time: "시간",
  speed: "속도",
  undo: "되돌리기",
  reset: "초기화",
  share: "링크 복사",
  save: "내보내기",
  files: { svg: "SVG", png: "PNG", json: "JSON", text: "텍스트", pcapng: "pcapng" },
  tool: "세그먼트를 누르면",
};

/** The words of each language; a key that is missing does not compile. */
export const CONTROL_WORDS: Readonly<Record<Language, ControlWords>> = { en, ko };
