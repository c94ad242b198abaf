/**
 * pcap and pcapng, in and out, in any JavaScript.
 *
 * Written here because none of the packages on npm that were looked at serves:
 * `pcap-ng-parser` reads pcapng only, as Node streams; `pcap-decoder` and
 * `pcap-parser` read classic pcap only; `@tdole/np_libpcap` reads and writes
 * classic pcap only, as Node files. None writes pcapng.
 */
export { LinkType } from "./link-type.ts";
export { type OpenedFrame, openFrame } from "./open-frame.ts";
export { readCapture } from "./read-capture.ts";
export type { Capture, CaptureError, CaptureRecord } from "./record.ts";
export type { PacketToWrite, WriteOptions } from "./write-options.ts";
export { writePcap } from "./write-pcap.ts";
export { writePcapng } from "./write-pcapng.ts";
