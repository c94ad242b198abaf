import { State } from "@synfin/core/tcp";
import type { IcmpAction } from "../ast.ts";
import { printAction } from "../print-script.ts";
import type { Bench } from "./bench.ts";
import { unsupported } from "./failure.ts";

/** An ICMP type by the name that scripts give it, and the codes of it that have names. */
interface IcmpType {
  readonly type: number;
  readonly codes: Readonly<Record<string, number>>;
}

/** RFC 792 and RFC 1122 §3.2.2.1. */
const V4: Readonly<Record<string, IcmpType>> = {
  unreachable: {
    type: 3,
    codes: {
      net_unreachable: 0,
      host_unreachable: 1,
      protocol_unreachable: 2,
      port_unreachable: 3,
      frag_needed: 4,
      source_route_failed: 5,
      net_unknown: 6,
      host_unknown: 7,
      net_prohibited: 9,
      host_prohibited: 10,
      packet_filtered: 13,
    },
  },
  source_quench: { type: 4, codes: {} },
  time_exceeded: { type: 11, codes: {} },
  parameter_problem: { type: 12, codes: {} },
};

/** RFC 4443 §3. */
const V6: Readonly<Record<string, IcmpType>> = {
  unreachable: {
    type: 1,
    codes: {
      net_unreachable: 0,
      admin_prohibited: 1,
      host_unreachable: 3,
      address_unreachable: 3,
      port_unreachable: 4,
    },
  },
  packet_too_big: { type: 2, codes: {} },
  time_exceeded: { type: 3, codes: {} },
  parameter_problem: { type: 4, codes: {} },
};

/**
 * Injects an ICMP error about a segment of the connection under test. What is
 * quoted counts as the script's packets do; without a quote it is the SYN.
 */
export function injectIcmp(action: IcmpAction, bench: Bench): void {
  if (action.direction === "out") {
    unsupported(action.at, "ICMP from the stack", "there are only inbound ICMP errors");
  }
  const { localAddress, remoteAddress, underTest } = bench;
  const { localPort, remotePort, numbers, socket } = underTest;
  const version = localAddress.includes(":") ? 6 : 4;
  const quote = action.payload ?? { type: "range", start: 0, end: 0, length: 0, absolute: false };
  const opening = (socket?.tcb.state ?? State.SYN_SENT) <= State.SYN_RECEIVED;
  const seq = numbers.quotedSeq(quote, opening);
  bench.transcript.note(bench.nowUs, bench.state, `<── ${printAction(action).slice(2)}`);
  const ends = { localAddress, localPort, remoteAddress, remotePort };
  const what = typeAndCode(action, version === 4 ? V4 : V6);
  bench.posix.icmpArrives({ version, ...what, ...ends, seq }, bench.nowUs);
}

function typeAndCode(
  { at, kind, code }: IcmpAction,
  types: Readonly<Record<string, IcmpType>>,
): { type: number; code: number } {
  const found = Object.hasOwn(types, kind) ? types[kind] : undefined;
  if (found === undefined) {
    return unsupported(at, `ICMP ${kind}`, `there are ${Object.keys(types).join(", ")}`);
  }
  const { type, codes } = found;
  if (code === undefined) return { type, code: 0 };
  const number = Object.hasOwn(codes, code) ? codes[code] : undefined;
  if (number !== undefined) return { type, code: number };
  const names = Object.keys(codes).join(", ") || "none";
  return unsupported(at, `ICMP ${kind} ${code}`, `its codes with a name are ${names}`);
}
