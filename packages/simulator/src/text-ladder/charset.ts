/** The characters that a ladder is drawn with. */
export interface Charset {
  readonly line: string;
  readonly lifeline: string;
  readonly brokenLifeline: string;
  readonly right: string;
  readonly left: string;
  readonly cross: string;
  readonly transit: string;
  readonly wait: string;
  readonly dot: string;
  readonly times: string;
  readonly section: string;
}

const UNICODE: Charset = {
  line: "─",
  lifeline: "│",
  brokenLifeline: "┊",
  right: "▶",
  left: "◀",
  cross: "×",
  transit: "···",
  wait: "⋮",
  dot: "·",
  times: "×",
  section: "§",
};

const ASCII: Charset = {
  line: "-",
  lifeline: "|",
  brokenLifeline: ":",
  right: ">",
  left: "<",
  cross: "X",
  transit: "...",
  wait: ":",
  dot: "-",
  times: "*",
  section: "s. ",
};

/** The set of characters, plain ASCII or box-drawing. */
export function charset(ascii: boolean): Charset {
  return ascii ? ASCII : UNICODE;
}
