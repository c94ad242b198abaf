import { type Profile, State, type TcpParams } from "@synfin/core/tcp";
import type { Application } from "./application.ts";
import type { BulkListener } from "./bulk-listener.ts";
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
  /**
   * What none of its connections asked for is dropped in silence, as by a NAT
   * or a stateful firewall before it; otherwise it draws a reset.
   */
  readonly isHidden?: boolean;
  /** What its users do. */
  readonly application: Application;
}

const STATES = State.TIME_WAIT + 1;

/** A host at work: its parameters, its ports, its listeners, and what it counts. */
export class BulkHost {
  readonly name: string;
  readonly index: number;
  readonly params: TcpParams;
  readonly home: Home;
  /** Of its first address; a host with more gives each connection its port itself. */
  readonly ports: PortPool;
  readonly isHidden: boolean;
  readonly application: Application;
  readonly counters: Counters = createCounters();
  /** Its connections by state; CLOSED and LISTEN stay 0. */
  readonly states: Float64Array = new Float64Array(STATES);
  readonly listeners: Map<number, BulkListener> = new Map();

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
    const { ephemeralPorts, portOrder = "sequential", bindsFirst = false } = spec;
    this.ports = new PortPool(ephemeralPorts, portOrder, bindsFirst);
    this.isHidden = spec.isHidden ?? false;
    this.application = spec.application;
  }
}
