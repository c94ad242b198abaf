import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type StateName, stateName, type TcpParams } from "@synfin/core/tcp";
import {
  type Connection,
  type HostObserver,
  openTun,
  type PacketLink,
  PcapngFile,
  REAL_TIME_PARAMS,
  RealTimeHost,
} from "@synfin/tun";
import { requireTool } from "../testing/requirements.ts";
import { Gate } from "./gate.ts";
import { Kernel } from "./kernel.ts";
import { type KernelConnection, kernelConnections, kernelSentAgain } from "./kernel-states.ts";
import type { Meeting } from "./meeting.ts";
import { Namespace } from "./namespace.ts";
import { Traffic } from "./traffic.ts";
import { type Findings, inspect } from "./tshark-check.ts";

/** The addresses of the two ends (RFC 5737, RFC 3849). */
export const OURS = "192.0.2.2";
export const KERNELS = "192.0.2.1";

const PATIENCE_MS = 5000;

export interface LabOptions {
  readonly link?: PacketLink;
  readonly params?: Partial<TcpParams>;
  readonly ours?: string;
  readonly kernels?: string;
  readonly prefixLength?: number;
}

/**
 * Our stack and Linux's, face to face: a namespace with a TUN interface, our
 * stack behind it, the kernel's sockets in it, and everything that our stack
 * sends and receives in a capture.
 */
export class Lab {
  readonly namespace: Namespace;
  readonly host: RealTimeHost;
  readonly kernel: Kernel;
  readonly gate: Gate;
  readonly traffic: Traffic;
  private readonly capture: PcapngFile;
  private readonly histories: Map<Connection, StateName[]>;
  private steps: string[] = [];
  private told = { bytes: 0, ours: 0, kernels: 0 };

  private constructor(parts: Parts) {
    this.namespace = parts.namespace;
    this.gate = parts.gate;
    this.traffic = parts.traffic;
    this.capture = parts.capture;
    this.host = parts.host;
    this.histories = parts.histories;
    this.kernel = new Kernel(parts.namespace);
  }

  static async open(options: LabOptions = {}): Promise<Lab> {
    const namespace = await Namespace.create();
    try {
      return new Lab(await prepare(namespace, options));
    } catch (error) {
      await namespace.remove();
      throw error;
    }
  }

  /** A folder that goes with the lab. */
  get folder(): string {
    return this.namespace.folder;
  }

  /** The states that our end has been in, in order. */
  history(connection: Connection): readonly StateName[] {
    return this.histories.get(connection) ?? [];
  }

  /** Our connection to a port of the kernel's end: the next one that is accepted at `port`. */
  accepted(port: number): Promise<Connection> {
    return new Promise((resolve) => this.host.listen(port, resolve));
  }

  /** Waits until a program in the namespace listens on a port. */
  async kernelListens(port: number): Promise<void> {
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 25) {
      const all = await kernelConnections(this.namespace);
      if (all.some((it) => it.state === "LISTEN" && it.localPort === port)) return;
      await sleep(25);
    }
    throw new Error(`nobody listens on port ${port} after ${PATIENCE_MS / 1000} s`);
  }

  /** The state of the kernel's end of a connection; CLOSED where it has forgotten it. */
  kernelState({ localPort, remotePort }: Connection): Promise<StateName> {
    return this.kernelStateOf(remotePort, localPort);
  }

  /** The same by the ports: the kernel's, and ours. */
  async kernelStateOf(kernelPort: number, ourPort: number): Promise<StateName> {
    return (await this.kernelEnd(kernelPort, ourPort))?.state ?? "CLOSED";
  }

  /** All that the kernel says of its end, by the ports; undefined where it has forgotten it. */
  async kernelEnd(kernelPort: number, ourPort: number): Promise<KernelConnection | undefined> {
    const all = await kernelConnections(this.namespace);
    return all.find((it) => it.localPort === kernelPort && it.remotePort === ourPort);
  }

  /** Both ends' states, as soon as they are these; after some seconds, whatever they are. */
  async states(
    connection: Connection,
    awaited: { readonly ours: StateName; readonly kernel: StateName },
  ): Promise<{ ours: StateName; kernel: StateName }> {
    for (let waitedMs = 0; ; waitedMs += 25) {
      const now = { ours: connection.state, kernel: await this.kernelState(connection) };
      const agree = now.ours === awaited.ours && now.kernel === awaited.kernel;
      if (agree || waitedMs >= PATIENCE_MS) {
        this.steps.push(`${now.ours}/${now.kernel}`);
        return now;
      }
      await sleep(25);
    }
  }

  /** What was met since this was last asked. */
  async meeting(): Promise<Meeting> {
    const { bytes, again } = this.traffic;
    const now = { bytes, ours: again, kernels: await kernelSentAgain(this.namespace) };
    const { told, steps } = this;
    this.told = now;
    this.steps = [];
    return {
      bytes: now.bytes - told.bytes,
      weSentAgain: now.ours - told.ours,
      kernelSentAgain: now.kernels - told.kernels,
      steps,
    };
  }

  /** Takes everything down, and has tshark look at every packet of ours. */
  async close(): Promise<Findings> {
    this.gate.open();
    await this.host.close();
    await this.capture.close();
    try {
      return await inspect(requireTool("tshark").path, captureIn(this.folder), this.host.address);
    } finally {
      await this.namespace.remove();
    }
  }
}

interface Parts {
  readonly namespace: Namespace;
  readonly gate: Gate;
  readonly traffic: Traffic;
  readonly capture: PcapngFile;
  readonly host: RealTimeHost;
  readonly histories: Map<Connection, StateName[]>;
}

async function prepare(namespace: Namespace, options: LabOptions): Promise<Parts> {
  const { ours = OURS, kernels = KERNELS, prefixLength = 24, link } = options;
  const netns = namespace.name;
  const device = await openTun({ address: ours, peer: kernels, prefixLength, netns });
  const gate = new Gate(device);
  const capture = await PcapngFile.create(captureIn(namespace.folder), 0);
  const traffic = new Traffic();
  const histories = new Map<Connection, StateName[]>();
  const params = { ...REAL_TIME_PARAMS, ...options.params };
  const observers = [
    { packet: (packet, _way, atUs) => capture.add(packet, atUs) } satisfies HostObserver,
    historian(histories),
    traffic,
  ];
  const host = new RealTimeHost({
    ...{ device: gate, address: ours, params, observers },
    ...(link === undefined ? {} : { link }),
  });
  return { namespace, gate, traffic, capture, host, histories };
}

function historian(histories: Map<Connection, StateName[]>): HostObserver {
  return {
    changed: (connection, change) => {
      const history = histories.get(connection) ?? [];
      histories.set(connection, history);
      history.push(stateName(change.to));
    },
  };
}

function captureIn(folder: string): string {
  return join(folder, "stack.pcapng");
}
