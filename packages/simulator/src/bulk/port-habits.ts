import type { ProfileName, Source } from "@synfin/core/tcp";
import type { PortOrder } from "./port-pool.ts";

/** How one system chooses the ephemeral port of a `connect`, and who says so. */
export interface PortHabit {
  /** Where the user has not bound. */
  readonly connect: PortOrder;
  /** Where the user has bound to port 0 before. */
  readonly bind: PortOrder;
  /** One port serves one connection only, even where the user has not bound. */
  readonly exclusive: boolean;
  readonly source: Source;
}

/** The habits of each profile. */
export const PORT_HABITS: Readonly<Record<ProfileName, PortHabit>> = {
  rfc9293: {
    connect: "hashed",
    bind: "random",
    exclusive: false,
    source: { text: "RFC 6056 §3.3.3, Algorithm 3; RFC 9293 names no order" },
  },
  linux: {
    connect: "linux-connect",
    bind: "linux-bind",
    exclusive: false,
    source: { text: "Linux, net/ipv4/inet_hashtables.c: __inet_hash_connect, since 5.18" },
  },
  "linux-pre-6.5": {
    connect: "linux-connect-4.2",
    bind: "linux-bind",
    exclusive: false,
    source: {
      text: "Linux 4.2 to 5.17, __inet_hash_connect: no small random increments yet",
      unverified: true,
    },
  },
  freebsd: {
    connect: "random",
    bind: "random",
    exclusive: false,
    source: {
      text: "FreeBSD, netinet/in_pcb.c: in_pcb_lport_dest, net.inet.ip.portrange.randomized = 1",
    },
  },
  macos: {
    connect: "sequential",
    bind: "sequential",
    exclusive: true,
    source: {
      text: "XNU, net.inet.tcp.randomize_ports = 0; that connect binds first is not looked up",
      unverified: true,
    },
  },
  windows: {
    connect: "sequential",
    bind: "sequential",
    exclusive: false,
    source: { text: "not documented; seen to count upwards", unverified: true },
  },
};

/** What a host of this profile is to be made with; see `HostSpec`. */
export function portHabit(
  name: ProfileName,
  bindsFirst = false,
): { readonly portOrder: PortOrder; readonly bindsFirst: boolean } {
  const { connect, bind, exclusive } = PORT_HABITS[name];
  return { portOrder: bindsFirst ? bind : connect, bindsFirst: bindsFirst || exclusive };
}
