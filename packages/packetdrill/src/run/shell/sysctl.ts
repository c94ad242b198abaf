import type { TcpParams } from "@synfin/core/tcp";
import type { PosixOptions } from "@synfin/sockets";

/** What a setting changes: of the machine, and of the sockets that are yet to be made. */
export interface SystemChange {
  readonly params?: Partial<TcpParams>;
  readonly buffers?: PosixOptions;
}

/** A setting of FreeBSD's kernel: its default, and what another value changes here. */
interface Setting {
  readonly standard: number;
  /** The default is to be set, too, since another profile's is another. */
  readonly always?: true;
  readonly change?: (value: number) => SystemChange;
}

const MILLISECOND_US = 1000;

/** The least shift by which a window of 65535 reaches `kern.ipc.maxsockbuf`, 2 MiB. */
const WINDOW_SCALE = 6;

function when(value: number): 0 | 1 {
  return value === 0 ? 0 : 1;
}

/**
 * The settings that scripts make. The profile is the system with its
 * defaults, so a default needs no change; any other value needs one.
 */
const SETTINGS: Readonly<Record<string, Setting>> = {
  "kern.ipc.maxsockbuf": { standard: 2097152 },
  "net.inet.tcp.blackhole": { standard: 0 },
  "net.inet.tcp.drop_synfin": {
    standard: 0,
    change: (value) => ({ params: { dropSynFin: when(value) } }),
  },
  "net.inet.tcp.ecn.enable": { standard: 2 },
  "net.inet.tcp.ecn.maxretries": { standard: 1 },
  "net.inet.tcp.hostcache.purgenow": { standard: 1 },
  "net.inet.tcp.insecure_rst": {
    standard: 0,
    change: (value) => ({ params: { rfc5961: 1 - when(value) } }),
  },
  "net.inet.tcp.insecure_syn": {
    standard: 0,
    change: (value) => ({ params: { rfc5961: 1 - when(value) } }),
  },
  "net.inet.tcp.keepinit": {
    standard: 75000,
    change: (value) => ({ params: { synR2Us: value * MILLISECOND_US } }),
  },
  "net.inet.tcp.msl": {
    standard: 30000,
    change: (value) => ({ params: { mslUs: value * MILLISECOND_US } }),
  },
  "net.inet.tcp.recvspace": {
    standard: 65536,
    always: true,
    change: (value) => ({ buffers: { receiveBuffer: value } }),
  },
  "net.inet.tcp.rexmit_drop_options": { standard: 0 },
  "net.inet.tcp.rexmit_initial": {
    standard: 1000,
    change: (value) => ({ params: { initialRtoUs: value * MILLISECOND_US } }),
  },
  "net.inet.tcp.rexmit_min": {
    standard: 30,
    change: (value) => ({ params: { minRtoUs: value * MILLISECOND_US } }),
  },
  "net.inet.tcp.rexmit_slop": { standard: 200 },
  "net.inet.tcp.rfc1323": {
    standard: 1,
    always: true,
    // FreeBSD, netinet/tcp_subr.c: 2 is window scale alone, 3 timestamps alone.
    change: (value) => ({
      params: {
        windowScale: value === 0 || value === 3 ? -1 : WINDOW_SCALE,
        timestamps: value === 0 || value === 2 ? 0 : 1,
      },
    }),
  },
  "net.inet.tcp.sack.enable": {
    standard: 1,
    always: true,
    change: (value) => ({ params: { sack: when(value) } }),
  },
  "net.inet.tcp.sendspace": {
    standard: 32768,
    always: true,
    change: (value) => ({ buffers: { sendBuffer: value } }),
  },
  "net.inet.tcp.syncookies": { standard: 1 },
  "net.inet.tcp.syncookies_only": { standard: 0 },
  "net.inet.tcp.tolerate_missing_ts": { standard: 0 },
};

/** What a setting changes; or, as a text, why it cannot be made. */
export function settingChange(name: string, text: string): SystemChange | string {
  const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (setting === undefined) return `the settings known are ${Object.keys(SETTINGS).join(", ")}`;
  if (!/^\d+$/.test(text)) return `give ${name} a number`;
  const value = Number(text);
  const { standard, change } = setting;
  if (value !== standard) return change?.(value) ?? `${name} can only be ${standard}`;
  // A switch goes back to its default; a time or a size that is the profile's own stays.
  const set = setting.always === true || standard === 0;
  return set ? (change?.(value) ?? {}) : {};
}
