import { FAULT_ACTIONS, FAULT_KINDS, type Fault, type FaultAction } from "./fault.ts";

/** A fault, or one line that names the part that is wrong and what would be right. */
export type FaultResult =
  | { readonly ok: true; readonly value: Fault }
  | { readonly ok: false; readonly message: string };

const EXAMPLE =
  'for example "drop:client:FIN", "delay=200ms:server:SYN-ACK" or "drop:client:any:5"';

/** Reads one fault of the grammar in `Fault`. */
export function parseFault(text: string): FaultResult {
  const retransmissions = text.endsWith("+");
  const parts = (retransmissions ? text.slice(0, -1) : text).split(":");
  if (parts.length < 3 || parts.length > 4) {
    return wrong(text, `it should be ACTION:END:KIND[:N][+], ${EXAMPLE}`);
  }
  const [action = "", end = "", kindText = "", count] = parts;
  const what = parseAction(action);
  if (typeof what === "string") return wrong(text, what);
  if (!/^[a-z][a-z0-9-]*$/.test(end)) {
    return wrong(text, `"${end}" should be the name of the sending host, such as "client"`);
  }
  const kind = FAULT_KINDS.find((known) => known.toLowerCase() === kindText.toLowerCase());
  if (kind === undefined) {
    return wrong(text, `"${kindText}" should be one of ${FAULT_KINDS.join(", ")}`);
  }
  const nth = parseCount(count);
  if (nth === undefined) {
    return wrong(text, `"${count}" should be a number from 1, or * for every one`);
  }
  return { ok: true, value: { ...what, end, kind, nth, retransmissions } };
}

/** The text that `parseFault` reads back to the same fault. */
export function formatFault(fault: Fault): string {
  const action = fault.action === "delay" ? `delay=${formatDelay(fault.delayUs)}` : fault.action;
  const count = fault.nth === 1 ? "" : `:${fault.nth === 0 ? "*" : fault.nth}`;
  return `${action}:${fault.end}:${fault.kind}${count}${fault.retransmissions ? "+" : ""}`;
}

function wrong(text: string, why: string): FaultResult {
  return { ok: false, message: `bad fault "${text}": ${why}` };
}

function parseAction(text: string): { action: FaultAction; delayUs: number } | string {
  const [name = "", value, ...rest] = text.split("=");
  const action = FAULT_ACTIONS.find((known) => known === name);
  if (action === undefined) return `"${name}" should be one of ${FAULT_ACTIONS.join(", ")}`;
  if (action !== "delay") {
    return value === undefined ? { action, delayUs: 0 } : `"${action}" takes no value`;
  }
  const delayUs = rest.length > 0 ? undefined : parseDelay(value ?? "");
  if (delayUs === undefined) {
    return `"${text}" should say how long, from 1us to 1000s: delay=200ms, delay=3s`;
  }
  return { action, delayUs };
}

const UNITS: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1_000_000 };
const MAX_DELAY_US = 1_000_000_000;

function parseDelay(text: string): number | undefined {
  const match = /^([0-9]{1,10})(us|ms|s)$/.exec(text);
  if (match === null) return undefined;
  const delayUs = Number(match[1]) * (UNITS[match[2] ?? ""] ?? 0);
  return delayUs >= 1 && delayUs <= MAX_DELAY_US ? delayUs : undefined;
}

function formatDelay(delayUs: number): string {
  if (delayUs % 1_000_000 === 0) return `${delayUs / 1_000_000}s`;
  return delayUs % 1000 === 0 ? `${delayUs / 1000}ms` : `${delayUs}us`;
}

function parseCount(text: string | undefined): number | undefined {
  if (text === undefined) return 1;
  if (text === "*") return 0;
  return /^[1-9][0-9]{0,6}$/.test(text) ? Number(text) : undefined;
}
