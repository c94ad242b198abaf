/** Ways to break what ICMP errors mean: §3.9.1.8, §3.9.2.2. */
const ICMP = "packages/core/src/tcp/icmp.ts";
const ARRIVALS = "packages/sockets/src/arrivals.ts";

/** @type {readonly import("./mutant.mjs").Mutant[]} */
export const FAILURE_MUTANTS = [
  {
    what: "an ICMP error goes to whatever connection has its local port",
    file: ARRIVALS,
    find: "const socket = connections.find(error);",
    replace:
      "const socket = connections.all().find(({ localPort }) => localPort === error.localPort);",
    breaks: ["MUST-54"],
  },
  {
    what: "an ICMP error goes nowhere",
    file: ARRIVALS,
    find: "if (socket === undefined) return;\n    clearOutbox",
    replace: "if (error.seq >= 0 || socket === undefined) return;\n    clearOutbox",
    breaks: ["MUST-54"],
  },
  {
    what: "no one hears of soft errors",
    file: ICMP,
    find: "    signal(out, Signal.SOFT_ERROR);\n",
    replace: "",
    breaks: ["MUST-47", "SHLD-25"],
  },
  {
    what: "source quench is a soft error",
    file: ICMP,
    find: "if (type === SOURCE_QUENCH) return IcmpKind.IGNORED;",
    replace: "if (type === SOURCE_QUENCH) return IcmpKind.SOFT;",
    breaks: ["MUST-55"],
  },
  {
    what: "a soft error aborts",
    file: ICMP,
    find: "if (kind === IcmpKind.SOFT || !aborts) {",
    replace: "if (!aborts) {",
    breaks: ["MUST-56"],
  },
  {
    what: "a hard error does not abort",
    file: ICMP,
    find: "if (kind === IcmpKind.SOFT || !aborts) {",
    replace: "if (kind === IcmpKind.SOFT || aborts) {",
    breaks: ["SHLD-26"],
  },
];
