/**
 * pcap and pcapng, in and out, in any JavaScript.
 *
 * Written here because none of the packages on npm that were looked at
 * (`pcap-ng-parser`, `pcap-decoder`, `pcap-parser`, `@tdole/np_libpcap`)
 * reads and writes both formats, or does it without Node.
 */
export { LinkType } from "./link-type.ts";
export { type OpenedFrame, openFrame } from "./open-frame.ts";
export { readCapture } from "./read-capture.ts";
export type { Capture, CaptureError, CaptureRecord } from "./record.ts";
export type { PacketToWrite, WriteOptions } from "./write-options.ts";
export { writePcap } from "./write-pcap.ts";
export { pcapngHeader, pcapngPacket, writePcapng } from "./write-pcapng.ts";
