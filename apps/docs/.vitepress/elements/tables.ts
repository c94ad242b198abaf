import type { MarkdownRenderer } from "vitepress";
import { KOREAN } from "./ko.ts";
import { type Entry, entriesOf, KINDS, type Kind, TAGS, type Tag } from "./manifest.ts";

type Language = "en" | "ko";

/** What a table says in one language, but for the names, which are the same in all. */
interface Words {
  readonly attribute: string;
  readonly property: string;
  readonly method: string;
  readonly event: string;
  readonly slot: string;
  readonly part: string;
  readonly style: string;
  readonly type: string;
  readonly result: string;
  readonly first: string;
  readonly what: string;
  readonly when: string;
  readonly unnamed: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    attribute: "attribute",
    property: "property",
    method: "method",
    event: "event",
    slot: "slot",
    part: "part",
    style: "custom property",
    type: "type",
    result: "returns",
    first: "at first",
    what: "what it is",
    when: "when",
    unnamed: "(unnamed)",
  },
  ko: {
    attribute: "속성",
    property: "프로퍼티",
    method: "메서드",
    event: "이벤트",
    slot: "슬롯",
    part: "part",
    style: "사용자 지정 속성",
    type: "타입",
    result: "반환값",
    first: "기본값",
    what: "의미",
    when: "발생 시점",
    unnamed: "(이름 없음)",
  },
};

/** `<!-- table: tcp-load events -->` on a line of its own. */
const PLACE = /^<!-- table: ([\w-]+) (\w+) -->$/gm;

/**
 * Lets a page have the tables of the elements' manifest where it asks for
 * them, in the language of its path; as Markdown, so that the search reads them too.
 */
export function elementTables(md: MarkdownRenderer): void {
  md.core.ruler.before("normalize", "element-tables", (state) => {
    const path = String((state.env as { relativePath?: string }).relativePath ?? "");
    state.src = withTables(state.src, path.startsWith("ko/") ? "ko" : "en");
  });
}

/** @throws where a page asks for a table that there is not. */
export function withTables(markdown: string, language: Language): string {
  return markdown.replace(PLACE, (place, tag: Tag, kind: Kind) => {
    if (!TAGS.includes(tag) || !KINDS.includes(kind)) {
      throw new Error(`${place} is none of ${TAGS.join(", ")} with one of ${KINDS.join(", ")}`);
    }
    return tableOf(tag, kind, language);
  });
}

function tableOf(tag: Tag, kind: Kind, language: Language): string {
  const words = WORDS[language];
  const rows = entriesOf(tag, kind).map((entry) => {
    const korean = KOREAN[tag][kind][entry.name];
    if (korean === undefined) {
      throw new Error(`${tag} has no Korean for ${kind} ${entry.name}: .vitepress/elements/ko.ts`);
    }
    return ROWS[kind](entry, language === "ko" ? korean : entry.description, words);
  });
  const [head = []] = rows.map((row) => row.map(([name]) => name));
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map(() => "---")),
    ...rows.map((row) => line(row.map(([, cell]) => cell))),
  ].join("\n");
}

/** The columns of a row, each with its head. */
type Row = readonly (readonly [head: string, cell: string])[];

const ROWS: Readonly<Record<Kind, (entry: Entry, text: string, words: Words) => Row>> = {
  attributes: (entry, text, words) => [
    [words.attribute, code(entry.name)],
    [words.what, text],
    [words.first, firstOf(entry)],
    [words.property, entry.fieldName === undefined ? "" : code(entry.fieldName)],
  ],
  properties: (entry, text, words) => [
    [words.property, code(entry.name)],
    [words.what, text],
    [words.type, code(entry.type?.text ?? "")],
  ],
  methods: ({ name, parameters = [], return: result }, text, words) => {
    const list = parameters.map((one) => (one.optional === true ? `${one.name}?` : one.name));
    const type = result?.type.text ?? "void";
    return [
      [words.method, code(`${name}(${list.join(", ")})`)],
      [words.what, text],
      [words.result, type === "void" ? "" : code(type)],
    ];
  },
  events: (entry, text, words) => [
    [words.event, code(entry.name)],
    [words.when, text],
    [words.type, code(entry.type?.text ?? "")],
  ],
  slots: ({ name }, text, words) => [
    [words.slot, name === "" ? words.unnamed : code(name)],
    [words.what, text],
  ],
  parts: ({ name }, text, words) => [
    [words.part, code(name)],
    [words.what, text],
  ],
  styles: ({ name }, text, words) => [
    [words.style, code(name)],
    [words.what, text],
  ],
};

/** A bar would end the cell. */
const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

/** What is nothing at first, or off, has an empty cell. */
function firstOf({ default: first = '""' }: Entry): string {
  const value: unknown = JSON.parse(first);
  return value === "" || value === false ? "" : code(String(value));
}
