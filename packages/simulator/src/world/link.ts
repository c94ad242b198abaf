import type { Fault } from "../fault/fault.ts";
import { Purpose } from "../random/draw.ts";
import type { LinkSpec } from "../scenario/scenario.ts";
import type { Verdict } from "../trace/trace.ts";
import { delayOf, drawFor, duplicateLagUs, fate, type Passage, reorderLagUs } from "./fate.ts";
import type { Copy, Transmission } from "./observer.ts";

/** A transmission whose fate is still open. */
export type Departing = Omit<Transmission, "copies">;

/** As much of it as the link looks at; packets that no world sent have it as well. */
export type Carried = Pick<Departing, "host" | "number" | "sentAtUs" | "packet"> & {
  readonly datagram: Pick<Departing["datagram"], "flow">;
};

/**
 * What lies between two hosts. It gives each transmission a verdict: that of
 * the fault aimed at it, or else the first of its own chances that comes up.
 */
export class Link {
  private readonly spec: LinkSpec;
  private readonly key: number;

  /** @param key of `drawKey`, shared by all draws of the run */
  constructor(spec: LinkSpec, key: number) {
    this.spec = spec;
    this.key = key;
  }

  /** The copies that will arrive, or would have. At least one. */
  carry(departing: Carried, fault: Fault | undefined): Copy[] {
    const passage = this.passage(departing);
    const verdict: Verdict = fault === undefined ? fate(this.spec, passage) : fault.action;
    const onTimeUs = departing.sentAtUs + delayOf(this.spec, passage);
    switch (verdict) {
      case "duplicate": {
        const again = onTimeUs + duplicateLagUs(this.spec);
        return [
          { atUs: onTimeUs, verdict: "deliver" },
          { atUs: again, verdict },
        ];
      }
      case "delay":
        return [{ atUs: onTimeUs + (fault?.delayUs ?? 0), verdict }];
      case "reorder":
        return [{ atUs: onTimeUs + reorderLagUs(this.spec), verdict }];
      case "corrupt":
        return [this.damage(departing, onTimeUs)];
      default:
        return [{ atUs: onTimeUs, verdict }];
    }
  }

  /** One bit of the TCP segment arrives changed; the checksum always sees one. */
  private damage(departing: Carried, atUs: number): Copy {
    const { packet } = departing;
    if (packet === undefined) return { atUs, verdict: "corrupt" };
    const ipHeader = packet[0] !== undefined && packet[0] >>> 4 === 4 ? 20 : 40;
    const bits = 8 * (packet.length - ipHeader);
    const bit = 8 * ipHeader + (drawFor(Purpose.CORRUPT_BIT, this.passage(departing)) % bits);
    const damaged = packet.slice();
    damaged[bit >>> 3] = (damaged[bit >>> 3] ?? 0) ^ (0x80 >>> (bit & 7));
    return { atUs, verdict: "corrupt", damaged };
  }

  private passage({ host, number, datagram }: Carried): Passage {
    return { key: this.key, flow: datagram.flow, host, number };
  }
}
