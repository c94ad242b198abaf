import { type Profile, State, type TcpParams } from "@synfin/core/tcp";
import type { Application } from "./application.ts";
import { type Counters, createCounters } from "./counters.ts";
import { type PortOrder, PortPool } from "./port-pool.ts";
import type { Home } from "./row.ts";

/** One computer of a cell, or many alike that share nothing but their application. */
export interface HostSpec {
  /** What results call it: `client`, `server`, `proxy`. */
  readonly name: string;
  readonly params: TcpParams;
  readonly ephemeralPorts: Profile["ephemeralPorts"];
  readonly portOrder?: PortOrder;
  /** One port serves one connection only: `bind` before `connect`. */
  readonly bindsFirst?: boolean;
  /** How many addresses it has; 1 by default. Only the first has ephemeral ports. */
  readonly addresses?: number;
  /** What its users do. */
  readonly application: Application;
}

const STATES = State.TIME_WAIT + 1;

/** A host at work: its parameters, its ports, and what it counts. */
export class BulkHost {
  readonly name: string;
  readonly index: number;
  readonly params: TcpParams;
  readonly home: Home;
  readonly ports: PortPool;
  readonly application: Application;
  readonly counters: Counters = createCounters();
  /** Its connections by state; CLOSED and LISTEN stay 0. */
  readonly states: Float64Array = new Float64Array(STATES);
  /** Ports that are listened on. */
  readonly listening: Set<number> = new Set();

  constructor(index: number, spec: HostSpec) {
    const { params } = spec;
    this.name = spec.name;
    this.index = index;
    this.params = params;
    this.home = {
      rcvBuf: params.receiveBuffer,
      r2Us: params.r2Us,
      userTimeoutUs: params.userTimeoutUs,
    };
    this.ports = new PortPool(
      spec.ephemeralPorts,
      spec.portOrder ?? "sequential",
      spec.bindsFirst ?? false,
    );
    this.application = spec.application;
  }
}
