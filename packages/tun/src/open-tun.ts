import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type LoopbackPort, openLoopback } from "./loopback-port.ts";
import type { PacketDevice } from "./packet-device.ts";
import { complaint, ip, requirePrograms } from "./programs.ts";
import { TunError } from "./tun-error.ts";
import { checkTunOptions, type TunOptions } from "./tun-options.ts";

const DEVICE = "/dev/net/tun";
const OPEN_MS = 5000;
/** How long socat may take to hand on what it was given last. */
const GRACE_MS = 30;

let made = 0;

/**
 * Makes a TUN interface and gives the kernel the address `peer` on it.
 *
 * socat holds the interface and passes each packet on as one datagram on
 * loopback, so no native code is needed and packets keep their boundaries.
 * The interface goes when socat ends: on `close`, when this process exits,
 * and, because socat asks the kernel for a signal at its parent's death, also
 * when this process is killed. Rejects with a `TunError`.
 */
export async function openTun(options: TunOptions): Promise<PacketDevice> {
  checkTunOptions(options);
  if (!existsSync(DEVICE)) {
    throw new TunError(
      "no-device",
      `${DEVICE} is not there; load it with modprobe tun, or give it to the container with --device ${DEVICE} --cap-add NET_ADMIN`,
    );
  }
  requirePrograms("setpriv", "socat", "ip");
  made += 1;
  const name = options.name ?? `synfin${(process.pid % 1_000_000) * 100 + (made % 100)}`;
  const port = await openLoopback();
  const socat = new Socat(port, name, options.mtu ?? 1500);
  try {
    await socat.ready();
    await configure(name, options);
    return new TunDevice(port, socat);
  } catch (error) {
    await socat.end();
    await port.close();
    throw error;
  }
}

async function configure(name: string, options: TunOptions): Promise<void> {
  const { netns, peer, prefixLength, mtu = 1500 } = options;
  if (netns !== undefined) await ip(undefined, "link", "set", name, "netns", netns);
  // No duplicate address detection: a tentative address would not answer for a second.
  const nodad = peer.includes(":") ? ["nodad"] : [];
  await ip(netns, "address", "add", `${peer}/${prefixLength}`, "dev", name, ...nodad);
  await ip(netns, "link", "set", name, "mtu", String(mtu), "up");
}

/** The socat process, ended by its own handle and never by a name. */
class Socat {
  /** Resolves to what it said last, once it has ended. */
  readonly ended: Promise<string>;
  private readonly port: LoopbackPort;
  private readonly child: ChildProcess;
  private readonly killWithUs: () => void;
  private hasEnded = false;

  constructor(port: LoopbackPort, name: string, mtu: number) {
    this.port = port;
    const udp = `UDP4:127.0.0.1:${port.own},bind=127.0.0.1:${port.other},rcvbuf=4194304`;
    const tun = `TUN,tun-name=${name},iff-no-pi`;
    const args = ["--pdeathsig", "TERM", "socat", "-b", String(mtu + 1), tun, udp];
    this.child = spawn("setpriv", args, { stdio: ["ignore", "ignore", "pipe"] });
    this.killWithUs = () => this.child.kill();
    process.once("exit", this.killWithUs);
    this.ended = this.watch();
  }

  private watch(): Promise<string> {
    let said = "";
    this.child.stderr?.on("data", (text: Buffer) => {
      said += text.toString();
    });
    return new Promise((resolve) => {
      this.child.on("error", (error) => resolve(error.message));
      this.child.on("close", () => resolve(said));
    }).then(() => {
      this.hasEnded = true;
      process.removeListener("exit", this.killWithUs);
      return said;
    });
  }

  /** It makes the interface first, and takes its port only when that is done. */
  async ready(): Promise<void> {
    for (let waitedMs = 0; waitedMs < OPEN_MS; waitedMs += 5) {
      if (this.hasEnded) throw complaint("socat", await this.ended);
      if (await this.port.otherIsTaken()) return;
      await sleep(5);
    }
    throw new TunError("failed", `socat made no interface within ${OPEN_MS / 1000} s`);
  }

  async end(): Promise<void> {
    this.child.kill();
    await this.ended;
  }
}

class TunDevice implements PacketDevice {
  readonly gone: Promise<Error | undefined>;
  private readonly port: LoopbackPort;
  private readonly socat: Socat;
  private closing: Promise<void> | undefined;

  constructor(port: LoopbackPort, socat: Socat) {
    this.port = port;
    this.socat = socat;
    this.gone = socat.ended.then((said) => this.onEnd(said));
  }

  send(packet: Uint8Array): void {
    if (this.closing === undefined) this.port.send(packet);
  }

  receive(receiver: (packet: Uint8Array) => void): void {
    this.port.receive(receiver);
  }

  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  private async finish(): Promise<void> {
    await this.port.flushed();
    await sleep(GRACE_MS);
    await this.socat.end();
    await this.port.close();
  }

  private async onEnd(said: string): Promise<Error | undefined> {
    if (this.closing !== undefined) return undefined;
    this.closing = this.port.close();
    await this.closing;
    return complaint("socat, which held the TUN interface, ended and", said);
  }
}
