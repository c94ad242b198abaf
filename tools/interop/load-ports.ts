import { PROFILES } from "@synfin/core/tcp";
import { type Application, addressOf, type Cell, type End } from "@synfin/simulator/bulk";
import { Kernel, KernelError, type KernelListener, type KernelSocket } from "./kernel.ts";
import { runCell } from "./load-run.ts";
import type { Namespace } from "./namespace.ts";

const ADDRESS = "127.0.0.1";
const PORTS: readonly number[] = [5001, 5002];
const GAP_US = 10_000;

/** Connections one after the other from one address, until a call fails. */
export interface PortExperiment {
  readonly range: readonly [first: number, last: number];
  /** To how many ports of the server, one after the other; 1 by default. */
  readonly destinations?: number;
  readonly bindsFirst?: boolean;
  /** Who closes each connection before the next is opened; nobody by default. */
  readonly closesFirst?: "client" | "server";
}

/** As many calls as this for each destination, and then no failure is what came out. */
const MOST = 250;

/** `100, then EADDRNOTAVAIL`, for each destination in turn. */
export type PortOutcome = string;

function outcome(opened: number, errno: string | undefined): PortOutcome {
  return errno === undefined ? `all ${opened}` : `${opened}, then ${errno}`;
}

export async function measurePorts(
  namespace: Namespace,
  experiment: PortExperiment,
): Promise<PortOutcome> {
  const { range, destinations = 1 } = experiment;
  await namespace.sysctl("net.ipv4.ip_local_port_range", range.join(" "));
  await namespace.sysctl("net.ipv4.tcp_tw_reuse", 0);
  // A delayed ACK that is overtaken by a FIN draws a reset, which would end a TIME-WAIT.
  await namespace.sysctl("net.ipv4.tcp_rfc1337", 1);
  const kernel = new Kernel(namespace);
  const outcomes: PortOutcome[] = [];
  for (const port of PORTS.slice(0, destinations)) {
    outcomes.push(await fill(kernel, port, experiment));
  }
  return outcomes.join("; ");
}

async function fill(
  kernel: Kernel,
  port: number,
  { bindsFirst = false, closesFirst }: PortExperiment,
): Promise<PortOutcome> {
  const listener = await kernel.listen(port, ADDRESS, MOST);
  for (let opened = 0; opened < MOST; opened += 1) {
    try {
      const client = await kernel.dial(ADDRESS, port, { bindsFirst });
      if (closesFirst !== undefined) await closeBoth(client, listener, closesFirst);
    } catch (error) {
      if (error instanceof KernelError) return outcome(opened, error.code);
      throw error;
    }
  }
  return outcome(MOST, undefined);
}

async function closeBoth(
  client: KernelSocket,
  listener: KernelListener,
  first: "client" | "server",
): Promise<void> {
  const server = await listener.accept();
  const [one, other] = first === "client" ? [client, server] : [server, client];
  await one.close();
  await other.recv();
  await other.close();
}

export function simulatePorts(experiment: PortExperiment): PortOutcome {
  const { params } = PROFILES.linux;
  const { range, bindsFirst = false, closesFirst, destinations = 1 } = experiment;
  const client = new Filler(PORTS.slice(0, destinations), closesFirst === "client");
  const server = serverThat(closesFirst === "server");
  const hosts = [
    { name: "client", params, ephemeralPorts: range, bindsFirst, application: client },
    { name: "server", params, ephemeralPorts: range, application: server },
  ];
  // All of it is over before the first TIME-WAIT is.
  runCell({ hosts, link: { delayUs: 10 } }, 2 * params.mslUs);
  return client.outcomes.join("; ");
}

class Filler implements Application {
  readonly outcomes: PortOutcome[] = [];
  readonly #ports: readonly number[];
  readonly #closes: boolean;
  #opened = 0;

  constructor(ports: readonly number[], closes: boolean) {
    this.#ports = ports;
    this.#closes = closes;
  }

  begin(cell: Cell, host: Cell["hosts"][number]): void {
    cell.laterHost(host, GAP_US, 0);
  }

  hostDue(cell: Cell, host: Cell["hosts"][number]): void {
    const port = this.#ports[this.outcomes.length];
    if (port === undefined) return;
    const end = cell.connect(host, addressOf(1, 0), port);
    if (typeof end === "string") this.#isDone(end);
    else this.#opened += 1;
    if (this.#opened === MOST) this.#isDone(undefined);
    cell.laterHost(host, GAP_US, 0);
  }

  #isDone(errno: string | undefined): void {
    this.outcomes.push(outcome(this.#opened, errno));
    this.#opened = 0;
  }

  connected(cell: Cell, end: End): void {
    if (this.#closes) cell.close(end);
  }

  peerClosed(cell: Cell, end: End): void {
    cell.close(end);
  }
}

function serverThat(closesFirst: boolean): Application {
  return {
    begin: (cell, host) => {
      for (const port of PORTS) cell.listen(host, port);
    },
    connected: (cell, end) => {
      if (closesFirst) cell.close(end);
    },
    peerClosed: (cell, end) => cell.close(end),
  };
}
