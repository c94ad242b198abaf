/** What `synfin tun --help` prints. */
export const TUN_HELP = `usage: synfin tun listen PORT [--echo | --discard | --serve DIR] [OPTIONS]
       synfin tun connect HOST PORT [OPTIONS]
       synfin tun fetch URL [--out FILE] [OPTIONS]

Puts synfin's own TCP behind a Linux TUN interface: the kernel of this machine
is the peer, in real time. Needs root (CAP_NET_ADMIN), socat and iproute2. The
interface is there until the command ends; Ctrl-C ends it.

  listen           takes connections, and prints what comes
    --echo         sends everything back
    --discard      reads everything, keeps nothing
    --serve DIR    serves the files of a folder over HTTP/1.1 (GET, HEAD)
  connect          sends standard input, prints what comes back
  fetch            gets http://HOST[:PORT]/PATH; HOST is an IP address
    --out FILE     writes there and not to standard output

  --address A/N    the address of synfin's end and its prefix length;
                   192.0.2.2/24 by default
  --peer A         the address of the kernel's end; by default the first other
                   one of that network, such as 192.0.2.1
  --netns NAME     puts the interface into this network namespace
  --loss RATIO     loses so many of the packets, both ways: 5%, 0.5%, 1/20
  --duplicate RATIO, --reorder RATIO
  --delay TIME     holds every packet back, both ways: 20ms, 500us, 1s
  --seed N         what loss and the like are drawn from; 1 by default
  --pcapng FILE    captures every packet that synfin sends or receives
  --states         prints every change of state to standard error
  --help           this text

Exits with 0, or 1 where a connection or a request failed, or 2 for bad usage.
`;
