import { existsSync } from "node:fs";
import { describe, test } from "vitest";
import { expectKnownDifference, expectSame } from "./comparison.ts";
import { type BacklogExperiment, measureBacklog, simulateBacklog } from "./load-backlog.ts";
import {
  measureDefaults,
  readSetting,
  SIMULATED_DEFAULTS,
  SIMULATED_SYNCOOKIES,
} from "./load-defaults.ts";
import { measurePorts, type PortExperiment, simulatePorts } from "./load-ports.ts";
import {
  isSameSchedule,
  measureVoid,
  said,
  simulateVoid,
  type VoidExperiment,
} from "./load-void.ts";
import { interop } from "./needs.ts";
import { inQuiet, withNamespace } from "./use-namespace.ts";

/** The profile `linux` is 6.5 and later; an older kernel is only compared with the older one. */
const is65 = existsSync("/proc/sys/net/ipv4/tcp_syn_linear_timeouts");

const HUNDRED = [40_000, 40_099] as const;

const LINUX_65: readonly [string, VoidExperiment][] = [
  ["Linux 6.5 and later", { profile: "linux", seconds: 8 }],
  ["Linux 6.5 and later, tcp_syn_retries 2", { profile: "linux", seconds: 8, retries: 2 }],
];

/** The bulk simulator beside Linux's own TCP, each experiment in a namespace of its own. */
describe.skipIf(interop.missing).concurrent("the load simulator, against Linux", () => {
  // The longest first, so that the others are done meanwhile.
  test.for<[string, VoidExperiment]>([
    ["Linux before 6.5", { profile: "linux-pre-6.5", seconds: 8 }],
    ["Linux before 6.5, tcp_syn_retries 2", { profile: "linux-pre-6.5", seconds: 8, retries: 2 }],
    ...(is65 ? LINUX_65 : []),
  ])("a SYN into the void: %s", async ([_name, experiment], { task, expect }) => {
    const simulated = simulateVoid(experiment);
    const most = simulated.syns.length;
    const measured = await withNamespace((namespace) => measureVoid(namespace, experiment, most));
    const agree = isSameSchedule(simulated, measured);
    const [ours, kernels] = [said(simulated, 0), said(measured, 2)];
    task.meta.comparison = { simulated: ours, measured: kernels, agree };
    expect(agree, `simulated ${ours}; measured ${kernels}`).toBe(true);
  });

  if (is65) {
    test("the defaults of a fresh namespace", async (context) => {
      expectSame(context, SIMULATED_DEFAULTS, await withNamespace(measureDefaults));
    });
  }

  test("the default of tcp_syncookies", async (context) => {
    const measured = await withNamespace((namespace) => readSetting(namespace, "tcp_syncookies"));
    const why =
      "the profile drops a SYN for which there is no room; cookies are a scenario's choice";
    expectKnownDifference(context, SIMULATED_SYNCOOKIES, measured, why);
  });

  test.for<[string, PortExperiment]>([
    ["100 ports", { range: HUNDRED }],
    ["102 ports", { range: [40_000, 40_101] }],
    ["one port", { range: [40_000, 40_000] }],
    ["100 ports, one destination port after the other", { range: HUNDRED, destinations: 2 }],
    ["100 ports, the client closes first", { range: HUNDRED, closesFirst: "client" }],
    ["100 ports, the server closes first", { range: HUNDRED, closesFirst: "server" }],
    [
      "100 ports, bind first, two destinations",
      { range: HUNDRED, bindsFirst: true, destinations: 2 },
    ],
    [
      "100 ports, bind first, the client closes first, two destinations",
      { range: HUNDRED, bindsFirst: true, closesFirst: "client", destinations: 2 },
    ],
  ])("connect until it fails: %s", async ([_name, experiment], context) => {
    const measured = await withNamespace((namespace) => measurePorts(namespace, experiment));
    expectSame(context, simulatePorts(experiment), measured);
  });

  test("connect until it fails: 3 ports", async (context) => {
    const experiment: PortExperiment = { range: [40_000, 40_002] };
    const measured = await withNamespace((namespace) => measurePorts(namespace, experiment));
    const why = "Linux looks at an even number of ports in a row, and here always at the same two";
    expectKnownDifference(context, simulatePorts(experiment), measured, why);
  });

  test.for<[string, BacklogExperiment]>([
    ["backlog 0", { backlog: 0, clients: 6, syncookies: 1 }],
    ["backlog 1", { backlog: 1, clients: 7, syncookies: 1 }],
    ["backlog 5", { backlog: 5, clients: 11, syncookies: 1 }],
    ["backlog 16", { backlog: 16, clients: 22, syncookies: 1 }],
    ["backlog 16, tcp_syncookies 0", { backlog: 16, clients: 22, syncookies: 0 }],
    [
      "backlog 0, no ACK arrives, tcp_syncookies 0",
      { backlog: 0, clients: 6, syncookies: 0, losesAcksAfter: 0 },
    ],
    [
      "backlog 5, no ACK arrives, tcp_syncookies 0",
      { backlog: 5, clients: 11, syncookies: 0, losesAcksAfter: 0 },
    ],
    [
      "backlog 5, no ACK arrives, tcp_syncookies 1",
      { backlog: 5, clients: 11, syncookies: 1, losesAcksAfter: 0 },
    ],
    [
      "backlog 5, 3 wait, and the ACKs of 6 more come all at once",
      { backlog: 5, clients: 9, syncookies: 1, losesAcksAfter: 3, andThenNone: true },
    ],
  ])("nobody accepts: %s", async ([_name, experiment], context) => {
    const measured = await inQuiet((namespace) => measureBacklog(namespace, experiment));
    expectSame(context, simulateBacklog(experiment), measured);
  });
});
