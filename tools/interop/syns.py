"""When SYNs come to a port, by the kernel's own clock.

Runs inside the network namespace of a test: `syns.py 5001`. Prints `ready`,
and then a line for each SYN that arrives on the loopback, with the kernel's
time stamp in seconds. It sees each before the firewall drops it. Ends when it
is told to.
"""

import socket
import struct
import sys

ETH_P_IP = 0x0800
SO_TIMESTAMPNS = 35
SYN, ACK = 0x02, 0x10

port = int(sys.argv[1])
tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_IP))
tap.bind(("lo", ETH_P_IP))
tap.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
print("ready", flush=True)


def is_syn(packet):
    header = 4 * (packet[0] & 0x0F)
    to = struct.unpack_from("!H", packet, header + 2)[0]
    return packet[9] == socket.IPPROTO_TCP and to == port and packet[header + 13] & (SYN | ACK) == SYN


while True:
    packet, [(_level, _type, stamp)], _flags, address = tap.recvmsg(128, 64)
    # The loopback shows everything twice: as it leaves, and as it arrives.
    if address[2] != socket.PACKET_OUTGOING and is_syn(packet):
        seconds, nanoseconds = struct.unpack("qq", stamp)
        print(f"{seconds}.{nanoseconds:09}", flush=True)
