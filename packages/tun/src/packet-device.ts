/** Something that whole IP packets go into and come out of. */
export interface PacketDevice {
  /** Hands a packet to the other side. What cannot be taken is lost, as on any wire. */
  send(packet: Uint8Array): void;
  /** Who is handed the packets that come; there is one receiver, and the last one set counts. */
  receive(receiver: (packet: Uint8Array) => void): void;
  /** Lets go of everything. Resolves once it is gone; a second call waits for the first. */
  close(): Promise<void>;
  /** Resolves when the device is gone: to why, where no one had asked for it. */
  readonly gone: Promise<Error | undefined>;
}
