import { createOutbox, type Outbox } from "@synfin/core/tcp";
import { Connections } from "./connections.ts";
import { createEnvelope, type Envelope, Flights } from "./flights.ts";
import { BulkHost } from "./host.ts";
import { Measures } from "./measures.ts";
import { PacketTrip } from "./packet-trip.ts";
import { EventQueue } from "./queue.ts";
import { RunningDigest } from "./running-digest.ts";
import type { CellOptions, CellSpec } from "./spec.ts";
import { Tally } from "./tally.ts";
import { ObjectStore, RowStore, type TcbStore } from "./tcb-store.ts";
import type { CellRoll } from "./watch/cell-roll.ts";
import type { ConnectionWatch } from "./watch/connection-watch.ts";
import { Wire } from "./wire.ts";

/** What a cell is made of, in the hands of those who run it. */
export class Parts {
  nowUs = 0;
  readonly key: number;
  readonly hosts: readonly BulkHost[];
  readonly connections: Connections = new Connections();
  readonly store: TcbStore;
  readonly queue: EventQueue = new EventQueue();
  readonly flights: Flights = new Flights();
  readonly wire: Wire;
  readonly out: Outbox = createOutbox();
  /** The envelope of what leaves. */
  readonly leaving: Envelope = createEnvelope();
  readonly measures: Measures = new Measures();
  readonly tally: Tally;
  readonly digest: RunningDigest = new RunningDigest();
  readonly watch: ConnectionWatch | undefined;
  readonly roll: CellRoll | undefined;

  constructor(spec: CellSpec, options: CellOptions) {
    this.key = options.key;
    this.store = options.store === "rows" ? new RowStore() : new ObjectStore();
    const trip = options.paranoid ? new PacketTrip() : undefined;
    this.watch = options.watch;
    this.roll = options.roll;
    const looking = { trip, box: spec.box, watch: options.watch };
    this.wire = new Wire(spec.link, this.key, this.queue, this.flights, looking);
    this.tally = new Tally(this.connections, this.measures);
    const { expected = 0 } = spec;
    this.connections.reserve(expected);
    this.store.reserve(2 * expected);
    this.hosts = spec.hosts.map((host, index) => new BulkHost(index, host));
  }

  /** The host with this number. Throws where there is none: a bug. */
  host(index: number): BulkHost {
    const host = this.hosts[index];
    if (host === undefined) throw new Error(`synfin: the cell has no host ${index}`);
    return host;
  }

  get bytes(): number {
    return this.store.bytes + this.connections.bytes + this.queue.bytes;
  }
}
