import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { pcapngHeader, pcapngPacket } from "@synfin/capture";

/**
 * A capture file that grows with every packet, so that it is whole at any
 * moment and no memory is spent on it.
 */
export class PcapngFile {
  private readonly file: WriteStream;
  /** What turns the driver's time into the calendar's. */
  private readonly startedAtUs: number;
  private failure: Error | undefined;

  private constructor(file: WriteStream, nowUs: number) {
    this.file = file;
    this.startedAtUs = 1000 * Date.now() - nowUs;
    file.on("error", (error) => {
      this.failure = error;
    });
  }

  /** Creates or empties the file. Rejects with Node's own error where it cannot. */
  static async create(path: string, nowUs: number): Promise<PcapngFile> {
    const file = createWriteStream(path);
    await once(file, "open");
    const capture = new PcapngFile(file, nowUs);
    file.write(pcapngHeader({ application: "synfin tun", interfaceName: "stack" }));
    return capture;
  }

  add(packet: Uint8Array, atUs: number): void {
    this.file.write(pcapngPacket({ timeUs: this.startedAtUs + atUs, data: packet }));
  }

  /** Resolves once all of it is on disk. Rejects where writing failed. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.file.end(() => resolve());
    });
    if (this.failure !== undefined) throw this.failure;
  }
}
