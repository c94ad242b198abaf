/** Which way a packet goes, as the stack sees it. */
export const Direction = { OUT: 0, IN: 1 } as const;
export type Direction = (typeof Direction)[keyof typeof Direction];

/** A packet about to travel, as far as a link may look at it. */
export interface DepartingPacket {
  /** The direction; a link draws differently for each. */
  readonly host: Direction;
  /** From 1, for each direction. */
  readonly number: number;
  readonly sentAtUs: number;
  readonly packet: Uint8Array;
  readonly datagram: { readonly flow: number };
}

/** One copy of a packet: when it arrives, unless its verdict is `drop`. */
export interface PacketCopy {
  readonly atUs: number;
  readonly verdict: string;
  /** The packet as it arrives, where it is not as it left. */
  readonly damaged?: Uint8Array;
}

/**
 * What lies between the stack and the device, over and above the real wire:
 * loss, duplication, reordering, delay. The `Link` of `@synfin/simulator` is
 * one, so what is drawn here is what is drawn there.
 */
export interface PacketLink {
  carry(departing: DepartingPacket, fault: undefined): readonly PacketCopy[];
}

/** A link that changes nothing. */
export const CLEAR_LINK: PacketLink = {
  carry: ({ sentAtUs }) => [{ atUs: sentAtUs, verdict: "deliver" }],
};
