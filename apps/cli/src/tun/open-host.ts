import { stateName } from "@synfin/core/tcp";
import { drawKey, Link } from "@synfin/simulator";
import {
  type HostObserver,
  openTun,
  type PacketDevice,
  PcapngFile,
  REAL_TIME_PARAMS,
  RealTimeHost,
  TunError,
} from "@synfin/tun";
import { type Io, UsageError } from "../io.ts";
import type { TunSettings } from "./tun-options.ts";

/** The IP and TCP headers that a packet of the usual 1500 octets leaves no room for. */
const HEADERS = { v4: 40, v6: 60 };

/** The stack, and everything that has to go when the command ends. */
export interface OpenHost {
  readonly host: RealTimeHost;
  readonly device: PacketDevice;
  close(): Promise<void>;
}

/** Makes the interface and the stack. Rejects with a `UsageError` that says what would be right. */
export async function openHost(settings: TunSettings, io: Io): Promise<OpenHost> {
  const { address, prefixLength, peer, netns, link, seed, pcapng } = settings;
  const capture = pcapng === undefined ? undefined : await createCapture(pcapng);
  try {
    const tun = { address, prefixLength, peer, ...(netns === undefined ? {} : { netns }) };
    const device = await openTun(tun);
    const mss = 1500 - (address.includes(":") ? HEADERS.v6 : HEADERS.v4);
    const host = new RealTimeHost({
      ...{ device, address, params: { ...REAL_TIME_PARAMS, mss } },
      ...(link === undefined ? {} : { link: new Link(link, drawKey(seed, "tun")) }),
      observers: [
        ...(capture === undefined ? [] : [captureAll(capture)]),
        ...(settings.states ? [printStates(io)] : []),
      ],
    });
    return { host, device, close: () => host.close().then(() => capture?.close()) };
  } catch (error) {
    await capture?.close();
    if (error instanceof TunError) throw new UsageError(`tun: ${error.message}`);
    throw error;
  }
}

async function createCapture(path: string): Promise<PcapngFile> {
  try {
    return await PcapngFile.create(path, 0);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `tun: cannot write --pcapng "${path}" (${reason}); give a file in a folder that exists and that you may write to`,
    );
  }
}

function captureAll(capture: PcapngFile): HostObserver {
  return { packet: (packet, _direction, atUs) => capture.add(packet, atUs) };
}

function printStates(io: Io): HostObserver {
  return {
    changed: ({ localPort, remoteAddress, remotePort }, { from, to }, atUs) => {
      const time = (atUs / 1_000_000).toFixed(6).padStart(12);
      const ends = `:${localPort} ${remoteAddress}:${remotePort}`;
      io.stderr.write(`${time}  ${ends}  ${stateName(from)} -> ${stateName(to)}\n`);
    },
  };
}
