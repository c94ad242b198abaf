import { html, type TemplateResult } from "lit";

/** Flags, states and what else the protocol calls by name. */
const PROTOCOL_WORD =
  /\b(?:SYN|FIN|RST|ACK|PSH|URG)(?:,(?:SYN|FIN|RST|ACK|PSH|URG))*\b(?!-)|\b(?:SYN-(?:SENT|RECEIVED)|FIN-WAIT-[12]|CLOSE-WAIT|LAST-ACK|TIME-WAIT|ESTABLISHED|LISTEN|CLOSED|CLOSING)/g;

/** A text with its protocol words set apart. */
export function protocolWords(text: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let from = 0;
  for (const match of text.matchAll(PROTOCOL_WORD)) {
    parts.push(text.slice(from, match.index), html`<b class="word">${match[0]}</b>`);
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}
