#!/bin/sh
# Records real connections of the Linux kernel, for tests to decode.
#
# Two network namespaces of its own are joined by a veth pair with every
# offload off: over loopback, or with offload, captures hold unfinished
# checksums and segments larger than the wire would carry. Nothing else of the
# machine's network is touched, and everything is removed again.
#
# usage: sudo tools/capture/record.sh [FOLDER]
# needs: apt-get install iproute2 ethtool tshark
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../../packages/capture/test/fixtures}
name=linux-connections

for tool in ip ethtool dumpcap editcap node; do
  command -v "$tool" >/dev/null || {
    echo "record.sh: $tool is not installed; apt-get install iproute2 ethtool tshark" >&2
    exit 2
  }
done
[ "$(id -u)" = 0 ] || {
  echo "record.sh: network namespaces need root; run it with sudo" >&2
  exit 2
}

client=synfin-client-$$
server=synfin-server-$$
folder=$(mktemp -d)
chmod 755 "$folder"
pids=""

clean_up() {
  status=$?
  trap - EXIT INT TERM
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  wait
  ip netns del "$client" 2>/dev/null || true
  ip netns del "$server" 2>/dev/null || true
  rm -rf "$folder"
  exit $status
}
trap clean_up EXIT
trap 'exit 1' INT TERM

ip netns add "$client"
ip netns add "$server"
ip link add eth0 netns "$client" type veth peer name eth0 netns "$server"

# An end of the wire: its namespace, and its addresses (RFC 5737, RFC 3849).
set_up() {
  ip -n "$1" address add "$2" dev eth0
  ip -n "$1" address add "$3" dev eth0 nodad
  ip netns exec "$1" ethtool -K eth0 tx off rx off tso off gso off gro off >/dev/null
  ip -n "$1" link set lo up
  ip -n "$1" link set eth0 up
}
set_up "$client" 192.0.2.1/24 2001:db8::1/64
set_up "$server" 192.0.2.2/24 2001:db8::2/64

# Waits, for ten seconds at most, until a command succeeds.
until_true() {
  tries=0
  until "$@" >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { echo "record.sh: gave up waiting for: $*" >&2; exit 1; }
    sleep 0.1
  done
}

# The namespace, the file to write, and dumpcap's options.
capture() {
  netns=$1 file=$folder/$2
  shift 2
  ip netns exec "$netns" dumpcap -q "$@" -w "$file" 2>"$file.log" &
  pids="$pids $!"
  captures="$captures $!"
  until_true test -s "$file"
}
captures=""
capture "$client" ethernet.pcapng -i eth0
capture "$server" cooked.pcap -P -i any -y LINUX_SLL
capture "$server" cooked2.pcapng -i any -y LINUX_SLL2

ip netns exec "$server" node "$here/server.mjs" &
pids="$pids $!"
until_true ip netns exec "$server" sh -c 'ss -Hltn sport = :20004 | grep -q .'

ip netns exec "$client" node "$here/client.mjs" 192.0.2.2
ip netns exec "$client" node "$here/client.mjs" 2001:db8::2

# What is still on its way into the files arrives within a moment.
sleep 1
for pid in $captures; do kill -INT "$pid"; done
for pid in $captures; do wait "$pid" || true; done

# By way of pcap, which has no place for the name of the machine's processor.
mkdir -p "$out"
editcap -F nsecpcap "$folder/ethernet.pcapng" "$out/$name-nanoseconds.pcap"
editcap -F nsecpcap "$folder/cooked2.pcapng" "$folder/cooked2.pcap"
editcap -F pcap "$folder/ethernet.pcapng" "$out/$name.pcap"
editcap -F pcap "$folder/cooked.pcap" "$out/$name-cooked.pcap"
editcap -F pcapng "$out/$name-nanoseconds.pcap" "$out/$name.pcapng"
editcap -F pcapng "$folder/cooked2.pcap" "$out/$name-cooked2.pcapng"
ls -l "$out/$name"*
