import type { TcpParams } from "@synfin/core/tcp";

/** A setting of FreeBSD's kernel: its default, and what another value changes here. */
interface Setting {
  readonly standard: number;
  /** The change of the machine's parameters, or undefined for a value that cannot be had. */
  readonly change?: (value: number) => Partial<TcpParams> | undefined;
}

const MILLISECOND_US = 1000;

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
  "net.inet.tcp.drop_synfin": { standard: 0 },
  "net.inet.tcp.ecn.enable": { standard: 2 },
  "net.inet.tcp.ecn.maxretries": { standard: 1 },
  "net.inet.tcp.hostcache.purgenow": { standard: 1 },
  "net.inet.tcp.insecure_rst": {
    standard: 0,
    change: (value) => ({ rfc5961: 1 - when(value) }),
  },
  "net.inet.tcp.insecure_syn": {
    standard: 0,
    change: (value) => ({ rfc5961: 1 - when(value) }),
  },
  "net.inet.tcp.keepinit": {
    standard: 75000,
    change: (value) => ({ synR2Us: value * MILLISECOND_US }),
  },
  "net.inet.tcp.msl": {
    standard: 30000,
    change: (value) => ({ mslUs: value * MILLISECOND_US }),
  },
  "net.inet.tcp.recvspace": {
    standard: 65536,
    change: (value) => (value <= 65535 ? { receiveBuffer: value } : undefined),
  },
  "net.inet.tcp.rexmit_drop_options": { standard: 0 },
  "net.inet.tcp.rexmit_initial": {
    standard: 1000,
    change: (value) => ({ initialRtoUs: value * MILLISECOND_US }),
  },
  "net.inet.tcp.rexmit_min": {
    standard: 30,
    change: (value) => ({ minRtoUs: value * MILLISECOND_US }),
  },
  "net.inet.tcp.rexmit_slop": { standard: 200 },
  "net.inet.tcp.rfc1323": { standard: 1 },
  "net.inet.tcp.sack.enable": { standard: 1 },
  "net.inet.tcp.sendspace": { standard: 32768 },
  "net.inet.tcp.syncookies": { standard: 1 },
  "net.inet.tcp.syncookies_only": { standard: 0 },
  "net.inet.tcp.tolerate_missing_ts": { standard: 0 },
};

/** What a setting changes; or, as a text, why it cannot be made. */
export function settingChange(name: string, text: string): Partial<TcpParams> | string {
  const setting = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
  if (setting === undefined) return `the settings known are ${Object.keys(SETTINGS).join(", ")}`;
  const value = Number(text);
  if (!/^\d+$/.test(text)) return `give ${name} a number`;
  if (setting.change !== undefined && value !== setting.standard) {
    return setting.change(value) ?? `${name} cannot be ${text}`;
  }
  if (value === setting.standard) return setting.change === undefined ? {} : restored(setting);
  return `${name} can only be ${setting.standard}`;
}

/** A setting of which the default is the profile's own leaves it; a switch goes back. */
function restored({ standard, change }: Setting): Partial<TcpParams> {
  return standard === 0 ? (change?.(0) ?? {}) : {};
}
