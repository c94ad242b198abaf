import { type Profile, State, type TcpParams } from "@synfin/core/tcp";
import type { Application } from "./application.ts";
import type { BulkListener } from "./bulk-listener.ts";
import { ChallengeLimit } from "./challenge-limit.ts";
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
   * `connect` takes over a TIME-WAIT whose peer was last heard longer ago than
   * this (`tcp_tw_reuse`; see `mayTakeOver`). Never, by default.
   */
  readonly timeWaitReuseUs?: number;
  /** Challenge ACKs in each second, of all its connections together, see `ChallengeLimit`. */
  readonly challengeLimit?: number | undefined;
  /** `tcp_max_orphans`: a close that makes more of them is a reset; any number by default. */
  readonly maxOrphans?: number | undefined;
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
  /** See `HostSpec`; `Infinity` where no TIME-WAIT is taken over. */
  readonly timeWaitReuseUs: number;
  readonly isHidden: boolean;
  readonly application: Application;
  readonly counters: Counters = createCounters();
  /** Its connections by state; CLOSED and LISTEN stay 0. */
  readonly states: Float64Array = new Float64Array(STATES);
  readonly listeners: Map<number, BulkListener> = new Map();
  /** Whether one of them has queues to look after; most have not. */
  hasQueues = false;
  readonly maxOrphans: number;
  /** The limit that all its connections share, if there is one. */
  readonly challenges: ChallengeLimit | undefined;

  constructor(index: number, spec: HostSpec) {
    const { challengeLimit, maxOrphans = Number.POSITIVE_INFINITY } = spec;
    this.challenges = challengeLimit === undefined ? undefined : new ChallengeLimit();
    const params =
      challengeLimit === undefined
        ? spec.params
        : ChallengeLimit.paramsFor(spec.params, challengeLimit);
    this.maxOrphans = maxOrphans;
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
    this.timeWaitReuseUs = spec.timeWaitReuseUs ?? Number.POSITIVE_INFINITY;
    this.isHidden = spec.isHidden ?? false;
    this.application = spec.application;
  }
}
