/** Ways to break whom a host listens and talks to: §3.9.1.1, §3.9.2.3. */
const SOCKETS = "packages/sockets/src";
const STACK = `${SOCKETS}/stack.ts`;
const ARRIVALS = `${SOCKETS}/arrivals.ts`;
const CHECK = `${SOCKETS}/address-check.ts`;

const TAKEN = 'if (listeners.overlaps(port, address)) return failed("EADDRINUSE");';

/** @type {readonly import("./mutant.mjs").Mutant[]} */
export const ADDRESS_MUTANTS = [
  {
    what: "a second passive OPEN takes the listener's place",
    file: STACK,
    find: TAKEN,
    replace: "",
    breaks: ["MUST-41"],
  },
  {
    what: "a port from which a connection is opening cannot be listened on",
    file: STACK,
    find: TAKEN,
    replace: `${TAKEN}\n    if (this.sockets().some((one) => one.localPort === port && one.tcb.state < 4)) return failed("EADDRINUSE");`,
    breaks: ["MUST-42"],
  },
  {
    what: "whatever address the user names, the host chooses",
    file: STACK,
    find: "const local = wanted ?? this.addresses.find(",
    replace: "const local = this.addresses.find(",
    breaks: ["MUST-43"],
  },
  {
    what: "a listener at one address takes what comes to any",
    file: `${SOCKETS}/listener.ts`,
    find: "return here?.get(address) ?? here?.get(ANY);",
    replace: "return here?.get(address) ?? here?.values().next().value;",
    breaks: ["MUST-43"],
  },
  {
    what: "the host opens from its first address, whatever the peer's IP version is",
    file: STACK,
    find: "wanted ?? this.addresses.find((address) => sameVersion(address, remote));",
    replace: "wanted ?? this.address;",
    breaks: ["MUST-44"],
  },
  {
    what: "whatever address a SYN came to, the host answers from its first",
    file: `${SOCKETS}/at-listener.ts`,
    find: "const socket = createSocket(endsOf(datagram), flow, params);",
    replace:
      "const localAddress = options.address;\n    const socket = createSocket({ ...endsOf(datagram), localAddress }, flow, params);",
    breaks: ["MUST-45"],
  },
  {
    what: "text has the address that it is sent to as its source",
    file: `${SOCKETS}/steps.ts`,
    find: "const src = socket.localAddress;",
    replace: "const src = segment.length > 0 ? dst : socket.localAddress;",
    breaks: ["MUST-45"],
  },
  {
    what: "OPEN to a group or to everyone is not refused",
    file: CHECK,
    find: 'if (kind === "unicast") return undefined;',
    replace: 'if (kind !== undefined && kind !== "unspecified") return undefined;',
    breaks: ["MUST-46"],
  },
  {
    what: "OPEN to no address is not refused",
    file: CHECK,
    find: 'return kind === undefined || kind === "unspecified" ? "EINVAL" : "ENETUNREACH";',
    replace:
      'if (kind === "unspecified") return undefined;\n  return kind === undefined ? "EINVAL" : "ENETUNREACH";',
    breaks: ["MUST-46"],
  },
  {
    what: "what comes to everyone is the host's, too",
    file: ARRIVALS,
    find: "if (!addresses.includes(dst)) return;",
    replace: "if (!addresses.includes(dst) && isUnicast(dst)) return;",
    breaks: ["MUST-57"],
  },
  {
    what: "a SYN from a group is answered",
    file: ARRIVALS,
    find: "    if (!isUnicast(datagram.src)) return;\n",
    replace: "",
    breaks: ["MUST-63"],
  },
];
