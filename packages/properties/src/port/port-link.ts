import {
  type Copy,
  drawKey,
  FaultAim,
  Link,
  parseFault,
  SCENARIO_FLOW,
  type Scenario,
} from "@synfin/simulator";
import type { Departed } from "./port-record.ts";

/** What becomes of a transmission: its id, and every copy with its verdict. */
export interface Passage {
  readonly id: string;
  readonly copies: readonly Copy[];
}

/** The link of a scenario with the faults that are aimed at it, and who sent how much so far. */
export class PortLink {
  private readonly link: Link;
  private readonly aim: FaultAim;
  private readonly names: readonly string[];
  private readonly numbers = [0, 0];

  /** Throws where one of the scenario's faults is none: a bug of the caller. */
  constructor({ name, hosts, link, faults = [] }: Scenario, seed: number) {
    this.names = hosts.map((host) => host.name);
    this.link = new Link(link, drawKey(seed, name));
    this.aim = new FaultAim(
      faults.map((text) => {
        const fault = parseFault(text);
        if (!fault.ok) throw new Error(`synfin: ${fault.message}`);
        return fault.value;
      }),
    );
  }

  carry(host: number, sentAtUs: number, { segment, packet, again }: Departed): Passage {
    const number = (this.numbers[host] ?? 0) + 1;
    this.numbers[host] = number;
    const end = this.names[host] ?? "";
    const flow = SCENARIO_FLOW;
    const target = { end, flow, segment, number, retransmission: again, injected: false };
    const departing = { host, number, sentAtUs, packet, datagram: { flow } };
    return { id: `${end}-${number}`, copies: this.link.carry(departing, this.aim.strike(target)) };
  }
}
