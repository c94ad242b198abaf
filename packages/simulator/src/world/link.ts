import type { Fault } from "../fault/fault.ts";
import { draw, hits, Purpose } from "../random/draw.ts";
import type { LinkSpec, Ratio } from "../scenario/scenario.ts";
import type { Verdict } from "../trace/trace.ts";
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
    const verdict = fault === undefined ? this.chance(departing) : verdictOf(fault);
    const onTimeUs = departing.sentAtUs + this.delayUs(departing);
    switch (verdict) {
      case "duplicate": {
        const again = onTimeUs + Math.max(1, this.spec.delayUs >>> 1);
        return [
          { atUs: onTimeUs, verdict: "deliver" },
          { atUs: again, verdict },
        ];
      }
      case "delay":
        return [{ atUs: onTimeUs + (fault?.delayUs ?? 0), verdict }];
      case "reorder":
        // Late by two one-way delays: what the sender does meanwhile overtakes it.
        return [{ atUs: onTimeUs + 2 * this.spec.delayUs + 1, verdict }];
      case "corrupt":
        return [this.damage(departing, onTimeUs)];
      default:
        return [{ atUs: onTimeUs, verdict }];
    }
  }

  private chance(departing: Carried): Verdict {
    const { loss, corrupt, duplicate, reorder } = this.spec;
    if (this.comesUp(loss, Purpose.LOSS, departing)) return "drop";
    if (this.comesUp(corrupt, Purpose.CORRUPT, departing)) return "corrupt";
    if (this.comesUp(duplicate, Purpose.DUPLICATE, departing)) return "duplicate";
    if (this.comesUp(reorder, Purpose.REORDER, departing)) return "reorder";
    return "deliver";
  }

  private comesUp(ratio: Ratio | undefined, purpose: Purpose, departing: Carried): boolean {
    return ratio !== undefined && hits(this.draw(purpose, departing), ratio[0], ratio[1]);
  }

  private delayUs(departing: Carried): number {
    const { delayUs, jitterUs } = this.spec;
    if (jitterUs === undefined || jitterUs === 0) return delayUs;
    return delayUs + (this.draw(Purpose.JITTER, departing) % (jitterUs + 1));
  }

  /** One bit of the TCP segment arrives changed; the checksum always sees one. */
  private damage(departing: Carried, atUs: number): Copy {
    const { packet } = departing;
    if (packet === undefined) return { atUs, verdict: "corrupt" };
    const ipHeader = packet[0] !== undefined && packet[0] >>> 4 === 4 ? 20 : 40;
    const bits = 8 * (packet.length - ipHeader);
    const bit = 8 * ipHeader + (this.draw(Purpose.CORRUPT_BIT, departing) % bits);
    const damaged = packet.slice();
    damaged[bit >>> 3] = (damaged[bit >>> 3] ?? 0) ^ (0x80 >>> (bit & 7));
    return { atUs, verdict: "corrupt", damaged };
  }

  private draw(purpose: Purpose, departing: Carried): number {
    return draw(this.key, purpose, departing.datagram.flow, departing.host, departing.number);
  }
}

function verdictOf(fault: Fault): Verdict {
  return fault.action;
}
